// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/client_set_member.hpp"

#include "client/on_strand.hpp"

#include <mtp/core/deadline.hpp>
#include <mtp/core/environment.hpp>
#include <mtp/storage/memory_records.hpp>

#include <asio/error.hpp>
#include <asio/post.hpp>
#include <fmt/format.h>

#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

/// A session in memory outlives the clients that use it one after the other.
client_config with_store(client_config config) {
  if (!config.records && !config.store && config.session.empty()) config.records = memory_records();
  return config;
}

std::string seconds(duration span) {
  return fmt::format("{:.1f} s", std::chrono::duration<double>(span).count());
}

}  // namespace

client_set_member::client_set_member(client_set_surroundings const& around, std::string name,
                                     client_config config, client_set::program what)
    : around_(around),
      config_(with_store(std::move(config))),
      what_(std::move(what)),
      restarts_(around.options.restart, around.world.random()),
      wish_(around.world, around.strand),
      health_{.name = std::move(name)} {}

task<> client_set_member::supervise(std::shared_ptr<client_set_member> one) {
  while (!one->leaving_) {
    one->again_ = false;
    one->restarts_.on_begun(one->around_.world.now().steady);
    auto const failed = co_await one->run_once();
    auto const now = co_await asio::this_coro::cancellation_state;
    if (now.cancelled() != asio::cancellation_type::none) one->leaving_ = true;
    auto const next = one->after(failed);
    if (!one->is_wanted_anew()) co_await one->wait(next);
  }
  one->set_phase(account_phase::ended);
}

void client_set_member::leave() {
  leaving_ = true;
  ask_to_end();
}

void client_set_member::leave_forgotten() {
  to_be_forgotten_ = true;
  leave();
}

void client_set_member::restart() {
  again_ = true;
  restarts_.on_restarted();
  {
    std::lock_guard const lock(mutex_);
    health_.failures = 0;
  }
  ask_to_end();
}

void client_set_member::ask_to_end() {
  wish_.notify();
  if (!running_) return;
  auto const strand = running_->handle().get_executor();
  asio::post(strand, [one = running_] { one->ask_to_end(); });
}

/// Runs client and program once. Why that failed.
task<std::optional<error_info>> client_set_member::run_once() {
  std::exception_ptr failed;
  try {
    set_running(std::make_shared<client_program>(around_.executor, config_, what_,
                                                 around_.options.time_to_finish));
    set_phase(account_phase::running);
    auto const strand = running_->handle().get_executor();
    auto work = client_program::run(running_);
    co_await on_strand(strand, std::move(work));
  } catch (...) {
    failed = std::current_exception();
  }
  set_running(nullptr);
  config_.drop_pending = false;  // a decision of the first start only
  std::optional<error_info> out;
  if (failed) out = describe_exception(failed);
  co_return out;
}

/// What becomes of it: how long it waits before it begins again; empty: until somebody wants that.
std::optional<duration> client_set_member::after(std::optional<error_info> const& failed) {
  bool const told_to = is_wanted_anew();
  if (!failed || (told_to && failed->code == client_errc::closed)) {
    if (!told_to) set_phase(account_phase::ended);
    return {};
  }
  if (told_to && failed->code == asio::error::operation_aborted) return {};
  auto const next = restarts_.on_failed(*failed, around_.world.now().steady);
  set_failure(*failed);
  set_phase(next ? account_phase::waiting : account_phase::ended);
  log_failure(*failed, next);
  return next;
}

task<> client_set_member::wait(std::optional<duration> span) {
  auto const deadline =
      span ? deadline_after(around_.world.now().steady, *span) : steady_time::max();
  try {
    while (!is_wanted_anew() && around_.world.now().steady < deadline)
      co_await wish_.wait_until(deadline);
  } catch (std::system_error const&) {  // cancelled
    leaving_ = true;
  }
}

void client_set_member::set_running(std::shared_ptr<client_program> one) {
  std::lock_guard const lock(mutex_);
  std::swap(running_, one);
}

void client_set_member::set_phase(account_phase phase) {
  {
    std::lock_guard const lock(mutex_);
    if (std::exchange(health_.phase, phase) == phase) return;
  }
  tell();
}

void client_set_member::set_failure(error_info const& failed) {
  std::lock_guard const lock(mutex_);
  ++health_.failures;
  health_.why = failed.code;
  health_.text = failed.text;
}

void client_set_member::tell() const {
  if (!around_.options.on_change) return;
  try {
    around_.options.on_change(health());
  } catch (...) {  // its own matter
  }
}

void client_set_member::log_failure(error_info const& failed, std::optional<duration> next) const {
  if (!around_.options.log) return;
  auto const then =
      next ? "begins again in " + seconds(*next) : std::string("does not begin again");
  try {
    around_.options.log(log_level::error,
                        fmt::format("accounts: {} {}: {}", health_.name, then, failed.text));
  } catch (...) {  // its own matter
  }
}

std::shared_ptr<client> client_set_member::find() const {
  std::lock_guard const lock(mutex_);
  return running_ ? std::shared_ptr<client>(running_, &running_->handle()) : nullptr;
}

account_health client_set_member::health() const {
  std::lock_guard const lock(mutex_);
  account_health out = health_;
  if (running_) out.status = running_->handle().status();
  return out;
}

}  // namespace mtp::MTP_ABI::detail
