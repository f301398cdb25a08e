// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/transfer_board.hpp"

#include "client/client_core.hpp"

#include <mtp/core/error.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

std::exception_ptr reason_of_end(client_run const& of) {
  if (of.failure()) return of.failure();
  return std::make_exception_ptr(client_closed());
}

}  // namespace

void transfer_board::add(std::shared_ptr<transfer_job> job) {
  jobs_.push_back(job);
  if (core_.running().is_over()) return job->finish(reason_of_end(core_.running()));
  if (core_.running().is_running()) begin(job);
}

void transfer_board::begin(std::shared_ptr<transfer_job> const& job) {
  job->set_child(core_.running().spawn(job->run()));
}

void transfer_board::remove(transfer_job const& job) {
  auto const is_it = [&](auto const& one) {
    auto const alive = one.lock();
    return !alive || alive.get() == &job;
  };
  std::erase_if(jobs_, is_it);
}

void transfer_board::start() {
  auto const waiting = jobs_;
  for (auto const& one : waiting) {
    if (auto const job = one.lock()) begin(job);
  }
}

void transfer_board::end() {
  auto const all = std::exchange(jobs_, {});
  for (auto const& one : all) {
    if (auto const job = one.lock()) job->finish(reason_of_end(core_.running()));
  }
}

}  // namespace mtp::MTP_ABI::detail
