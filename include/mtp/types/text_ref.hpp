// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/text/formatted_text.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/list.hpp>

#include <concepts>
#include <string_view>
#include <type_traits>

namespace mtp::MTP_ABI {

/// What a message says: a plain text, or a formatted one. Made to be an argument.
///
/// Lifetime: refers to the text; operations copy it before they return. Threads: a value.
class MTP_API text_ref {
 public:
  text_ref() = default;
  template <std::convertible_to<std::string_view> Text>
  text_ref(Text const& text) : text_(text) {}
  text_ref(formatted_text const& text) : text_(text.text()), formatted_(&text) {}

  std::string_view text() const noexcept { return text_; }
  bool empty() const noexcept { return text_.empty(); }
  /// Of a formatted text; of a plain one `otherwise`, and none when that is null.
  tl::list<tl::MessageEntity> entities(
      tl::list<tl::MessageEntity> const* otherwise = nullptr) const;

 private:
  std::string_view text_ = {};
  formatted_text const* formatted_ = nullptr;
};
static_assert(std::is_trivially_destructible_v<text_ref>);

}  // namespace mtp::MTP_ABI
