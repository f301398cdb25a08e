// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>

namespace mtp::MTP_ABI {

/// What a transfer is doing.
enum class transfer_state : std::uint8_t {
  running,
  waiting,    ///< the server set a pace (FLOOD_WAIT, FLOOD_PREMIUM_WAIT); it goes on by itself
  finished,   ///< all bytes are where they were to go
  paused,     ///< by the program
  failed,     ///< with an error
  cancelled,  ///< by the program
};

/// How far a transfer is.
struct transfer_progress {
  std::uint64_t done = 0;                         ///< bytes
  std::optional<std::uint64_t> total = {};        ///< empty while that is not known
  double rate = 0;                                ///< bytes a second, of the last few seconds
  std::optional<std::chrono::seconds> left = {};  ///< at that rate
  duration elapsed = {};                          ///< since it began
  transfer_state state = transfer_state::running;

  bool operator==(transfer_progress const&) const = default;
};

/// Whom to tell how a transfer goes on: refers to a function object, a progress_bar for instance,
/// or to nobody. Made to be an option.
///
/// Lifetime: what it refers to outlives the transfer; so it takes no temporaries. Threads: a value;
/// what it refers to is called on the strand of the client. Errors: what that throws ends the
/// transfer, which throws it on.
class MTP_API progress_ref {
 public:
  progress_ref() = default;
  template <class F>
    requires(!std::same_as<F, progress_ref> && !std::same_as<F, progress_ref const> &&
             std::invocable<F&, transfer_progress const&>)
  progress_ref(F& tell)
      : target_(const_cast<void*>(static_cast<void const*>(std::addressof(tell)))),
        call_([](void* target, transfer_progress const& now) { (*static_cast<F*>(target))(now); }) {
  }

  explicit operator bool() const noexcept { return call_ != nullptr; }
  void operator()(transfer_progress const& now) const {
    if (call_ != nullptr) call_(target_, now);
  }

 private:
  void* target_ = nullptr;
  void (*call_)(void* target, transfer_progress const& now) = nullptr;
};
static_assert(std::is_trivially_destructible_v<progress_ref>);

}  // namespace mtp::MTP_ABI
