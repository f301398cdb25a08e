// SPDX-License-Identifier: MIT OR Apache-2.0
#include "transfer/upload_machine.hpp"

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::transfer {
namespace {

/// One part is held back while the size is not known, and another must go meanwhile.
constexpr int least_held = 2;

}  // namespace

upload_machine::upload_machine(upload_plan plan, int max_held, patience_limits patience,
                               std::vector<bool> saved)
    : plan_(plan),
      patience_(patience),
      max_held_(std::max(max_held, least_held)),
      total_(plan.parts()),
      earlier_(std::move(saved)) {}

upload_machine::action upload_machine::next() {
  if (failed_) return fail{*failed_};
  if (!ready_.empty()) {
    auto const part = ready_.front();
    ready_.pop_front();
    // Of a file whose size was not known, only the last part says how many there are.
    bool const says_total = plan_.size || (total_ && part + 1 == *total_);
    return send{part, says_total ? *total_ : unknown_total};
  }
  if (is_whole()) return done{};
  bool const room = held_ < max_held_;
  if (reading_ || is_all_read() || !room) return wait{};
  if (read_ > 0 && is_saved(read_)) return pass{plan_.size_of(read_++)};
  reading_ = true;
  return read{plan_.size_of(read_)};
}

void upload_machine::on_read(std::size_t size) {
  reading_ = false;
  if (failed_) return;
  if (plan_.size) {
    on_known(size);
  } else {
    on_unknown(size);
  }
}

void upload_machine::on_known(std::size_t size) {
  if (size != plan_.size_of(read_)) return give_up(transfer_errc::file_changed);
  auto const part = read_++;
  if (is_saved(part)) return;
  ++held_;
  ready_.push_back(part);
}

void upload_machine::on_unknown(std::size_t size) {
  if (size == 0) return end_after(0);
  if (read_ == plan_.max_parts) return give_up(transfer_errc::file_too_large);
  release_held_back();
  held_back_ = read_++;
  ++held_;
  if (size < plan_.part_size) end_after(size);
}

/// The source has ended.
void upload_machine::end_after(std::size_t size_of_last) {
  if (read_ == 0) return give_up(transfer_errc::empty_file);
  total_ = read_;
  // One part that has not gone yet is a small file like any other.
  if (read_ == 1) plan_.size = size_of_last == 0 ? plan_.part_size : size_of_last;
  release_held_back();
}

void upload_machine::release_held_back() {
  if (held_back_) ready_.push_back(*held_back_);
  held_back_.reset();
}

void upload_machine::give_up(transfer_errc why) {
  failed_ = why;
  ready_.clear();
}

void upload_machine::on_saved(std::int32_t) {
  --held_;
  patience_.on_progress();
}

part_patience::verdict upload_machine::on_refused(rpc_failure const& why, int asked, int current) {
  return patience_.refused(why, asked, current);
}

}  // namespace mtp::MTP_ABI::transfer
