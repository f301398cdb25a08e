// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace demo {

/// Shows a conversation on standard output, in colour where that is a terminal.
class stage {
 public:
  stage();
  void title(std::string_view text) const;
  void fact(std::string_view name, std::string_view text) const;
  void line(std::string_view who, std::string_view text, bool answer,
            std::string_view remark = {}) const;
  void event(std::string_view text) const;

 private:
  std::string paint(int colour, std::string_view text) const;
  bool colours_;
};

}  // namespace demo
