// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace mtp::bench {

/// The figures of one benchmark: shown as lines of text, then as one line of JSON.
class figures {
 public:
  void add(std::string name, double value) { all_.emplace_back(std::move(name), value); }
  void show() const {
    for (auto const& [name, value] : all_) std::printf("%-28s %12.3f\n", name.c_str(), value);
    char const* between = "{";
    for (auto const& [name, value] : all_) {
      std::printf(R"(%s"%s": %.3f)", between, name.c_str(), value);
      between = ", ";
    }
    std::printf("}\n");
  }

 private:
  std::vector<std::pair<std::string, double>> all_;
};

}  // namespace mtp::bench
