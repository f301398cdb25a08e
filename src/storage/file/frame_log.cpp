// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storage/file/frame_log.hpp"

#include <algorithm>
#include <cassert>

namespace mtp::MTP_ABI::detail {
namespace {

constexpr std::size_t window_size = std::size_t{256} << 10;

/// Reads a file from the front through a window.
class window {
 public:
  window(checked_file& file, std::uint64_t size) : file_(file), size_(size) {}

  /// `count` bytes at `at`; fewer, none, when the file ends before. Valid until the next call.
  bytes_view view(std::uint64_t at, std::size_t count) {
    if (count > size_ - std::min(at, size_)) return {};
    if (at < at_ || at + count > at_ + content_.size()) load(at, count);
    return bytes_view(content_).subspan(static_cast<std::size_t>(at - at_), count);
  }

 private:
  void load(std::uint64_t at, std::size_t count) {
    auto const most = std::min<std::uint64_t>(size_ - at, std::max(count, window_size));
    content_ = file_.read(at, static_cast<std::size_t>(most));
    at_ = at;
  }

  checked_file& file_;
  std::uint64_t size_;
  std::uint64_t at_ = 0;
  bytes content_;
};

/// The frame at `at`, whole or not at all.
std::optional<frame_view> frame_at(window& in, std::uint64_t at) {
  auto const head = in.view(at, frame_head_size);
  auto const size = head.empty() ? 0 : frame_size(head);
  auto const whole = size == 0 ? bytes_view() : in.view(at, size);
  if (whole.empty()) return {};
  return decode_frame(whole);
}

}  // namespace

void frame_log::replay(visitor const& visit) {
  auto const size = file_->size();
  if (size < end_) file_->throw_damaged(size);
  window in(*file_, size);
  for (;;) {
    auto const frame = frame_at(in, end_);
    if (!frame || frame->number != next_) break;
    if (!visit(*frame, end_ + frame_head_size)) file_->throw_damaged(end_);
    end_ += frame_head_size + frame->entries.size();
    ++next_;
  }
  if (size > end_) cut(end_, size);
  file_->sync();  // whoever wrote the last ones may have died before
  durable_ = next_ - 1;
}

/// What is behind the last whole frame was never durable, or the file is damaged.
void frame_log::cut(std::uint64_t at, std::uint64_t size) {
  if (has_later_frame(at, size)) file_->throw_damaged(at);
  file_->truncate(at);
  file_->sync();
}

/// Whether a frame of these numbers was written when the one that is read next was durable.
bool frame_log::is_later(frame_numbers of) const {
  return of.number > next_ && of.durable >= next_ && of.durable < of.number;
}

/// Whether there is a frame that was written when the one that should be at `at` was durable.
bool frame_log::has_later_frame(std::uint64_t at, std::uint64_t size) {
  window in(*file_, size);
  for (++at; size - at >= frame_head_size; ++at) {
    auto const head = in.view(at, frame_head_size);
    // Its checksum is looked at last: what was torn may be full of what looks like a head.
    if (frame_size(head) == 0 || !is_later(frame_numbers_of(head))) continue;
    if (frame_at(in, at)) return true;
  }
  return false;
}

std::uint64_t frame_log::append(bytes const& frame, bool sync) {
  repair();
  try {
    torn_ = true;
    file_->write(end_, frame);
    if (sync) sync_file();
  } catch (store_error const&) {
    try_repair();
    throw;
  }
  torn_ = false;
  auto const entries_at = end_ + frame_head_size;
  end_ += frame.size();
  if (sync) durable_ = next_;
  if (!sync) mtp::append(waiting_, frame);
  ++next_;
  return entries_at;
}

/// Makes what was written durable. After a failure the system counts it as written, though it may
/// not be.
void frame_log::sync_file() {
  forgotten_ = true;
  file_->sync();
  forgotten_ = false;
  waiting_.clear();
}

/// Takes back what a failed append() left, and writes anew what a failed sync may have dropped.
/// While that fails too, nothing can be written.
void frame_log::repair() {
  if (!torn_ && !forgotten_) return;
  if (forgotten_) file_->write(end_ - waiting_.size(), waiting_);
  file_->truncate(end_);
  sync_file();
  durable_ = next_ - 1;
  torn_ = false;
}

void frame_log::try_repair() {
  try {
    repair();
  } catch (store_error const&) {
    assert(torn_);  // the next append() tries again
  }
}

void frame_log::move_to(checked_file& file, std::uint64_t end) {
  file_ = &file;
  end_ = end;
  durable_ = next_ - 1;
  waiting_.clear();
  torn_ = forgotten_ = false;
}

void frame_log::sync() {
  if (is_durable()) return;
  repair();
  sync_file();
  durable_ = next_ - 1;
  note_durable();
}

/// An empty frame says that all before were durable, so that damage to them is not taken for what
/// a power cut left. They are durable also when it cannot be written.
void frame_log::note_durable() {
  try {
    append(encode_frame(next_, durable_, {}), true);
  } catch (store_error const&) {
    assert(durable_ + 1 == next_);
  }
}

}  // namespace mtp::MTP_ABI::detail
