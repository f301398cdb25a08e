// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>

#include <memory>
#include <utility>

namespace mtp::MTP_ABI {

namespace detail {
struct typing_state;
}

/// What the others in a conversation see one doing.
enum class typing_kind {
  text,
  recording_voice,
  recording_video,
  recording_round,
  sending_photo,
  sending_video,
  sending_voice,
  sending_file,
  choosing_place,
  choosing_contact,
  choosing_sticker,
  playing,
};

/// Shows that one is typing while it lives. The servers show that for six seconds, so it is said
/// anew every five; within a second of the guard's end it is taken back.
///
/// Lifetime: may outlive its client. Threads: distinct ones may be used and dropped on any thread.
class MTP_API typing_guard {
 public:
  /// Shows nothing.
  typing_guard() = default;
  explicit typing_guard(std::shared_ptr<detail::typing_state> state) : state_(std::move(state)) {}
  typing_guard(typing_guard&&) noexcept = default;
  typing_guard& operator=(typing_guard&& other) noexcept;
  ~typing_guard() { close(); }

  /// Shows it no longer, as its end does.
  void close() noexcept;
  /// False once it was closed, the server refused it, or the client ended.
  bool is_shown() const noexcept;

 private:
  std::shared_ptr<detail::typing_state> state_;
};

}  // namespace mtp::MTP_ABI
