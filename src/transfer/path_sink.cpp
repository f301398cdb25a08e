// SPDX-License-Identifier: MIT OR Apache-2.0
#include "transfer/path_sink.hpp"

#include <mtp/core/error.hpp>

#include <utility>

namespace mtp::MTP_ABI::transfer {
namespace {

std::filesystem::path beside(std::filesystem::path name) {
  name += ".part";
  return name;
}

std::filesystem::path folder_of(std::filesystem::path const& name) {
  auto const folder = name.parent_path();
  return folder.empty() ? std::filesystem::path(".") : folder;
}

}  // namespace

path_sink::path_sink(std::filesystem::path path, file_system& in)
    : path_(std::move(path)), partial_(beside(path_)), in_(in) {}

/// Errors: what `step` returns, with the name of the file.
task<> path_sink::run(std::function<result<void>()> step) {
  result<void> outcome;
  std::function<void()> work = [&] { outcome = step(); };
  co_await world_->run_on_worker(strand_, std::move(work));
  if (!outcome) throw error(outcome.error(), path_.string());
}

task<> path_sink::open(environment& world, asio::any_io_executor strand) {
  world_ = &world;
  strand_ = std::move(strand);
  at_ = 0;
  std::function<result<void>()> step = [this] { return create_here(); };
  co_await run(std::move(step));
}

result<void> path_sink::create_here() {
  auto made = in_.create(partial_);
  if (!made) return failure{made.error()};
  file_ = *std::move(made);
  return {};
}

std::string path_sink::place() const {
  std::error_code ignored;
  auto const whole = std::filesystem::absolute(path_, ignored);
  return (ignored ? path_ : whole).lexically_normal().string();
}

task<std::uint64_t> path_sink::reopen(environment& world, asio::any_io_executor strand) {
  world_ = &world;
  strand_ = std::move(strand);
  std::uint64_t there = 0;
  std::function<result<void>()> step = [this, &there] { return reopen_here(there); };
  co_await run(std::move(step));
  at_ = there;
  co_return there;
}

result<void> path_sink::reopen_here(std::uint64_t& there) {
  auto found = in_.open(partial_);
  if (!found && found.error() == std::errc::no_such_file_or_directory) return create_here();
  if (!found) return failure{found.error()};
  file_ = *std::move(found);
  auto const size = file_->size();
  if (!size) return failure{size.error()};
  there = *size;
  return {};
}

task<> path_sink::read_back(std::uint64_t at, mutable_bytes into) {
  std::function<result<void>()> step = [this, at, into] { return file_->read(at, into); };
  co_await run(std::move(step));
}

task<> path_sink::cut(std::uint64_t size) {
  std::function<result<void>()> step = [this, size] { return file_->truncate(size); };
  co_await run(std::move(step));
  at_ = size;
}

task<> path_sink::write(bytes_view part) {
  std::function<result<void>()> step = [this, part] { return file_->write(at_, part); };
  co_await run(std::move(step));
  at_ += part.size();
}

task<> path_sink::finish() {
  std::function<result<void>()> step = [this] { return finish_here(); };
  co_await run(std::move(step));
  file_.reset();
}

/// In this order a power cut leaves the whole file under its name, or none.
result<void> path_sink::finish_here() {
  if (auto const done = file_->sync(); !done) return done;
  if (auto const done = in_.rename(partial_, path_); !done) return done;
  return in_.sync_folder(folder_of(path_));
}

void path_sink::abandon() noexcept {
  if (!file_) return;
  file_.reset();
  in_.remove(partial_);
}

}  // namespace mtp::MTP_ABI::transfer
