// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/dialler.hpp"

#include "net/address_order.hpp"

#include <mtp/core/as_result.hpp>
#include <mtp/core/timeout.hpp>

#include <asio/error.hpp>
#include <asio/ip/address.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::net {
namespace {

bool is_address(std::string const& host) {
  std::error_code not_an_address;
  asio::ip::make_address(host, not_an_address);
  return !not_an_address;
}

}  // namespace

dialler::attempt::attempt(dialler& of, std::size_t which, dc_endpoint to, dc_endpoint named)
    : of_(of), which_(which), to_(std::move(to)), named_(std::move(named)) {}

bool dialler::attempt::win() {
  of_.race_.on_established(which_);
  of_.wake_.notify();
  return of_.race_.winner() == which_;
}

task<> dialler::attempt::others_ended() {
  while (of_.race_.winner() != which_ || of_.running_ > 1) co_await of_.changed_.wait_next();
}

dialler::dialler(environment& world, asio::any_io_executor const& strand, race_options options,
                 framing_maker make_framing, conversation talk)
    : world_(world),
      strand_(strand),
      options_(options),
      race_(options),
      make_framing_(std::move(make_framing)),
      talk_(std::move(talk)),
      wake_(world, strand_),
      changed_(world, strand_) {}

dialler::~dialler() = default;

void dialler::on_network_restored() {
  race_.on_network_restored(world_.now().steady);
  wake_.notify();
}

dc_endpoint const* dialler::winner() const {
  auto const which = race_.winner();
  return which ? &attempts_[*which]->named_ : nullptr;
}

task<> dialler::run(std::vector<dc_endpoint> addresses, std::size_t reserve) {
  auto start = [this, addresses = std::move(addresses), reserve](task_scope& scope) {
    begin(addresses, reserve, scope);
  };
  return task_scope::run(strand_, std::move(start));
}

void dialler::begin(std::vector<dc_endpoint> const& addresses, std::size_t reserve,
                    task_scope& scope) {
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    auto const& one = addresses[i];
    if (is_address(one.host)) {
      add({one}, nullptr, i >= reserve);
    } else {
      ++lookups_;
      scope.spawn(look_up(one, i >= reserve));
    }
  }
  race_.expect_more(lookups_ > 0);
  scope.spawn(direct(scope));
}

void dialler::add(std::vector<dc_endpoint> const& found, dc_endpoint const* name, bool reserve) {
  for (auto const& one : found) {
    auto const which = attempts_.size();
    attempts_.push_back(std::make_unique<attempt>(*this, which, one, name ? *name : one));
  }
  race_.add(found.size(), reserve);
}

task<> dialler::look_up(dc_endpoint name, bool reserve) {
  std::vector<dc_endpoint> found;
  std::exception_ptr failed;
  try {
    auto asked = with_timeout(world_, world_.resolve(strand_, name.host, name.port),
                              options_.attempt_timeout);
    auto const all = co_await std::move(asked);
    for (auto const& each : all) {
      found.push_back(name);
      found.back().host = each.address().to_string();
    }
  } catch (...) {
    failed = std::current_exception();
  }
  if (failed) note_failure(failed, name);
  add(interleave_families(found), &name, reserve);
  race_.expect_more(--lookups_ > 0);
  wake_.notify();
}

task<> dialler::direct(task_scope& scope) {
  for (;;) {
    auto const action = race_.next(world_.now().steady);
    if (auto const* begun = std::get_if<connect_race::start>(&action)) {
      ++running_;
      auto& one = *attempts_[begun->which];
      one.runs_as_ = scope.spawn(attempt_one(one));
    } else if (auto const* over = std::get_if<connect_race::drop>(&action)) {
      drop(*attempts_[over->which], scope);
    } else if (auto const* later = std::get_if<connect_race::wait>(&action)) {
      co_await wake_.wait_until(later->until.value_or(steady_time::max()));
    } else if (std::holds_alternative<connect_race::won>(action)) {
      co_return;
    } else if (running_ > 0) {
      co_await wake_.wait_until(steady_time::max());  // those that were dropped end
    } else {
      if (!failure_) throw error(asio::error::host_not_found);
      std::rethrow_exception(failure_);
    }
  }
}

/// One that has not begun yet has to, or nobody would hear of its end.
void dialler::drop(attempt& one, task_scope& scope) {
  one.expired_ = !race_.winner();
  one.dropped_ = true;
  if (one.begun_) scope.cancel(one.runs_as_);
}

task<> dialler::attempt_one(attempt& one) {
  std::exception_ptr failed;
  one.begun_ = true;
  try {
    if (!one.dropped_) {
      one.stream_ = std::make_unique<packet_stream>(world_, strand_, make_framing_(one.to_));
      co_await one.stream_->connect(one.to_);
      one.connected_ = true;
      co_await talk_(one);
    }
  } catch (...) {
    failed = std::current_exception();
  }
  if (one.dropped_) failed = nullptr;
  on_ended(one, failed);
  if (failed && race_.winner() == one.which_) std::rethrow_exception(failed);
}

void dialler::on_ended(attempt& one, std::exception_ptr failed) {
  --running_;
  one.stream_.reset();
  bool const late = failed && describe_exception(failed).code == client_errc::timed_out;
  if (late || one.expired_) note_time_up(one);
  if (race_.winner() == one.which_) {
    last_address_ = one.to_;
  } else if (one.expired_) {
    note_failure(std::make_exception_ptr(error(make_error_code(client_errc::timed_out))), one.to_);
  } else if (failed) {
    note_failure(failed, one.to_);
  }
  race_.on_failed(one.which_, world_.now().steady);
  changed_.notify();
  wake_.notify();
}

void dialler::note_time_up(attempt const& one) {
  auto const found = one.connected_ ? ran_out_of_time::talking : ran_out_of_time::connecting;
  ran_out_ = std::max(ran_out_, found);
}

void dialler::note_failure(std::exception_ptr failed, dc_endpoint const& at) {
  int const rank = rank_of_failure(describe_exception(failed).code);
  if (rank < failure_rank_) return;
  failure_rank_ = rank;
  last_address_ = at;
  failure_ = std::move(failed);
}

}  // namespace mtp::MTP_ABI::net
