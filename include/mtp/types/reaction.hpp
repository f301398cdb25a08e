// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>
#include <mtp/tl/forward.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace mtp::MTP_ABI {

/// What somebody thinks of a message: an emoji, a custom one by its number, or Stars.
///
/// Threads: a value.
class MTP_API reaction {
 public:
  /// None.
  reaction() = default;
  reaction(char const* emoji) : emoji_(emoji) {}
  reaction(std::string_view emoji) : emoji_(emoji) {}
  reaction(std::string emoji) : emoji_(std::move(emoji)) {}
  /// A kind that this version does not know is none.
  explicit reaction(tl::Reaction const& from);
  static reaction custom(std::int64_t document);
  static reaction stars();

  std::string const& emoji() const noexcept { return emoji_; }  ///< empty for the others
  std::int64_t document() const noexcept { return document_; }  ///< of a custom one, else 0
  bool is_paid() const noexcept { return paid_; }
  bool is_none() const noexcept { return emoji_.empty() && document_ == 0 && !paid_; }
  tl::Reaction to_tl() const;

  bool operator==(reaction const&) const = default;

 private:
  std::string emoji_;
  std::int64_t document_ = 0;
  bool paid_ = false;
};

}  // namespace mtp::MTP_ABI
