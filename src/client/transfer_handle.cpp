// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/client/transfer_handle.hpp>

#include "client/start.hpp"
#include "client/transfer_job.hpp"

#include <utility>

namespace mtp::MTP_ABI {
namespace {

using job_ref = std::shared_ptr<detail::transfer_job>;

task<uploaded_file> uploaded_by(detail::client_core&, job_ref job) {
  co_await detail::transfer_job::ended(job);
  co_return job->uploaded;
}

task<std::uint64_t> downloaded_by(detail::client_core&, job_ref job) {
  co_await detail::transfer_job::ended(job);
  co_return job->size;
}

task<std::optional<transfer_progress>> news_of(detail::client_core&, job_ref job) {
  return detail::transfer_job::next_progress(std::move(job));
}

}  // namespace

transfer_handle::transfer_handle(std::shared_ptr<detail::transfer_job> job)
    : job_(std::move(job)) {}

transfer_handle& transfer_handle::operator=(transfer_handle&& other) noexcept {
  if (job_ && job_ != other.job_) job_->cancel();
  job_ = std::move(other.job_);
  return *this;
}

transfer_handle::~transfer_handle() {
  if (job_) job_->cancel();
}

transfer_state transfer_handle::state() const noexcept { return job_->state(); }
void transfer_handle::pause() { job_->pause(); }
void transfer_handle::resume() { job_->resume(); }
void transfer_handle::cancel() { job_->cancel(); }

task<std::optional<transfer_progress>> transfer_handle::next_progress() {
  return detail::start(job_->core(), news_of, job_);
}

upload_handle::upload_handle(std::shared_ptr<detail::transfer_job> job)
    : transfer_handle(std::move(job)) {}

task<uploaded_file> upload_handle::result() {
  return detail::start(job_->core(), uploaded_by, job_);
}

download_handle::download_handle(std::shared_ptr<detail::transfer_job> job)
    : transfer_handle(std::move(job)) {}

task<std::uint64_t> download_handle::result() {
  return detail::start(job_->core(), downloaded_by, job_);
}

}  // namespace mtp::MTP_ABI
