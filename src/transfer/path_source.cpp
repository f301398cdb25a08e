// SPDX-License-Identifier: MIT OR Apache-2.0
#include "transfer/path_source.hpp"

#include <mtp/transfer/transfer_error.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::transfer {

path_source::path_source(std::filesystem::path path, file_system& in)
    : source(path.filename().string()), path_(std::move(path)), in_(in) {}

void path_source::fail(std::error_code why) const { throw error(why, path_.string()); }

task<std::optional<std::uint64_t>> path_source::open(environment& world,
                                                     asio::any_io_executor strand) {
  world_ = &world;
  strand_ = std::move(strand);
  std::function<void()> work = [this] { open_here(); };
  co_await world_->run_on_worker(strand_, std::move(work));
  co_return size_;
}

void path_source::open_here() {
  auto opened = in_.open_to_read(path_);
  if (!opened) fail(opened.error());
  file_ = *std::move(opened);
  auto const size = file_->size();
  if (!size) fail(size.error());
  size_ = *size;
  changed_ = file_->change_time();
  at_ = 0;
}

std::optional<source_identity> path_source::identity() const {
  if (!changed_) return std::nullopt;
  std::error_code ignored;
  auto const whole = std::filesystem::absolute(path_, ignored);
  return source_identity{(ignored ? path_ : whole).lexically_normal().string(), *changed_};
}

task<std::size_t> path_source::read(mutable_bytes into) {
  auto const here = std::min<std::uint64_t>(into.size(), size_ - at_);
  into = into.first(static_cast<std::size_t>(here));
  std::function<void()> work = [this, into] { read_here(into); };
  co_await world_->run_on_worker(strand_, std::move(work));
  at_ += into.size();
  co_return into.size();
}

void path_source::read_here(mutable_bytes into) {
  auto const size = file_->size();
  if (!size) fail(size.error());
  if (*size < at_ + into.size()) fail(make_error_code(transfer_errc::file_changed));
  auto const done = file_->read(at_, into);
  if (!done) fail(done.error());
}

task<> path_source::check() {
  std::function<void()> work = [this] { check_here(); };
  co_await world_->run_on_worker(strand_, std::move(work));
}

void path_source::check_here() {
  auto const size = file_->size();
  if (!size) fail(size.error());
  bool const same = *size == size_ && file_->change_time() == changed_;
  if (!same) fail(make_error_code(transfer_errc::file_changed));
}

}  // namespace mtp::MTP_ABI::transfer
