// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// Metrics in the text format of Prometheus, in which all samples of a metric stand together, below
/// one line that explains it.
class metric_text {
 public:
  using labels = std::vector<std::pair<std::string_view, std::string>>;

  /// `name` and the names of labels are identifiers; the values of labels may be anything.
  template <class Number>
  void gauge(std::string_view name, std::string_view help, labels const& of, Number value) {
    add(name, help, of, static_cast<double>(value));
  }
  std::string text() const;

 private:
  struct metric {
    std::string_view name;
    std::string head;
    std::string samples;
  };
  void add(std::string_view name, std::string_view help, labels const& of, double value);
  metric& find(std::string_view name, std::string_view help);

  std::vector<metric> metrics_;
};

}  // namespace mtp::MTP_ABI::detail
