// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/metric_text.hpp"

#include <mtp/core/config.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace mtp::MTP_ABI::detail {
namespace {

/// What would end a value, or its line.
std::string escaped(std::string_view value) {
  std::string out;
  for (char const each : value) {
    if (each == '\\' || each == '"') out += '\\';
    out += each == '\n' ? std::string("\\n") : std::string(1, each);
  }
  return out;
}

std::string text_of_labels(metric_text::labels const& all) {
  std::string out;
  for (auto const& [name, value] : all)
    out += fmt::format("{}{}=\"{}\"", out.empty() ? "" : ",", name, escaped(value));
  return out.empty() ? out : "{" + out + "}";
}

}  // namespace

metric_text::metric& metric_text::find(std::string_view name, std::string_view help) {
  auto const found = std::ranges::find(metrics_, name, &metric::name);
  if (found != metrics_.end()) return *found;
  auto head = fmt::format("# HELP {} {}\n# TYPE {} gauge\n", name, help, name);
  metrics_.push_back({.name = name, .head = std::move(head), .samples = {}});
  return metrics_.back();
}

void metric_text::add(std::string_view name, std::string_view help, labels const& of,
                      double value) {
  find(name, help).samples += fmt::format("{}{} {}\n", name, text_of_labels(of), value);
}

std::string metric_text::text() const {
  std::string out;
  for (auto const& one : metrics_) out += one.head + one.samples;
  return out;
}

}  // namespace mtp::MTP_ABI::detail
