// SPDX-License-Identifier: MIT OR Apache-2.0
#include "transfer/download_machine.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::transfer {

download_machine::download_machine(download_plan plan, int max_held, patience_limits patience,
                                   std::int64_t first)
    : plan_(plan),
      patience_(patience),
      max_held_(static_cast<std::size_t>(std::max(max_held, 1))),
      first_(first),
      end_(plan.size),
      least_size_(plan.offset_of(first)) {}

download_machine::action download_machine::next() {
  if (failed_) return fail{*failed_};
  if (!writing_ && !parts_.empty() && parts_.front()) {
    writing_ = true;
    return write{first_};
  }
  if (parts_.empty() && is_asked_enough()) return done{};
  if (is_asked_enough() || parts_.size() >= max_held_) return wait{};
  auto const part = first_ + static_cast<std::int64_t>(parts_.size());
  if (part >= max_premium_parts && !plan_.size) return fail{transfer_errc::file_too_large};
  parts_.emplace_back();
  return ask{part, plan_.offset_of(part), plan_.part_size};
}

/// Whether what has been asked for reaches to the end of the file.
bool download_machine::is_asked_enough() const {
  auto const next = first_ + static_cast<std::int64_t>(parts_.size());
  return end_ && plan_.offset_of(next) >= *end_;
}

void download_machine::on_part(std::int64_t part, std::uint64_t size) {
  auto const at = part - first_;
  bool const expected = at >= 0 && at < static_cast<std::int64_t>(parts_.size());
  if (!expected || parts_[static_cast<std::size_t>(at)]) return;
  if (!fits(part, size)) {
    failed_ = transfer_errc::bad_file_part;
    return;
  }
  parts_[static_cast<std::size_t>(at)] = size;
  note_size(plan_.offset_of(part) + size, size);
  patience_.on_progress();
}

/// A part that is cut short, or empty, tells that nothing lies behind it; the first of them is
/// where the file ends.
void download_machine::note_size(std::uint64_t end, std::uint64_t size) {
  if (size != 0) least_size_ = std::max(least_size_, end);
  if (plan_.size || size == plan_.part_size) return;
  end_ = std::min(end_.value_or(end), end);
}

/// Whether the part agrees with those that are here.
bool download_machine::fits(std::int64_t part, std::uint64_t size) const {
  if (auto const wanted = plan_.size_of(part)) return size == *wanted;
  auto const end = plan_.offset_of(part) + size;
  if (size > plan_.part_size) return false;
  if (size < plan_.part_size && end < least_size_) return false;
  return size == 0 || !end_ || end <= *end_;
}

void download_machine::on_written() {
  writing_ = false;
  parts_.pop_front();
  ++first_;
}

part_patience::verdict download_machine::on_refused(rpc_failure const& why, int asked,
                                                    int current) {
  return patience_.refused(why, asked, current);
}

}  // namespace mtp::MTP_ABI::transfer
