// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/forward.hpp>

#include <concepts>
#include <memory>
#include <type_traits>

namespace mtp::MTP_ABI {

template <class T>
concept keyboard_like = requires(T const& keyboard) {
  { keyboard.markup() } -> std::same_as<tl::ReplyMarkup>;
};

/// The keyboard of a message that is sent: an inline_keyboard, a reply_keyboard, force_reply,
/// hide_keyboard, or what the API has. Made to be an argument.
///
/// Lifetime: refers to the keyboard; operations read it before they return. Threads: a value.
class MTP_API keyboard_ref {
 public:
  /// None.
  keyboard_ref() = default;
  template <keyboard_like T>
  keyboard_ref(T const& keyboard) : what_(std::addressof(keyboard)), make_(&made_of<T>) {}
  keyboard_ref(tl::ReplyMarkup const& markup) : what_(std::addressof(markup)), make_(&copy_of) {}
  /// None when it is null.
  keyboard_ref(tl::ReplyMarkup const* markup) : what_(markup), make_(&copy_of) {}

  bool has_value() const noexcept { return what_ != nullptr; }
  explicit operator bool() const noexcept { return has_value(); }
  /// Empty without one. Errors: those of what it refers to.
  tl::ReplyMarkup markup() const { return what_ ? make_(what_) : tl::ReplyMarkup(); }
  tl::ReplyMarkup operator*() const { return markup(); }

 private:
  template <class T>
  static tl::ReplyMarkup made_of(void const* what) {
    return static_cast<T const*>(what)->markup();
  }
  static tl::ReplyMarkup copy_of(void const* what) {
    return *static_cast<tl::ReplyMarkup const*>(what);
  }

  void const* what_ = nullptr;
  tl::ReplyMarkup (*make_)(void const*) = nullptr;
};
static_assert(std::is_trivially_destructible_v<keyboard_ref>);

}  // namespace mtp::MTP_ABI
