// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/home_link.hpp"

namespace mtp::MTP_ABI::detail {

home_link::home_link(client_context& context, client_run& run, dc_addresses& addresses,
                     link_factory& links)
    : run_(run),
      addresses_(addresses),
      links_(links),
      changed_(context.world(), context.strand()) {}

void home_link::start() { part_ = run_.spawn(run_link()); }

/// Runs one link. When the account has moved, its calls go on with the next; otherwise they end.
task<> home_link::run_link() {
  auto const link = links_.make_home();
  link_ = link;
  changed_.notify();
  std::exception_ptr failed;
  try {
    co_await link->run();
  } catch (...) {
    failed = std::current_exception();
  }
  if (link_ == link) link_.reset();
  bool const moved = std::exchange(moved_, false);
  bool const goes_on = !run_.is_stopped() && (moved || !failed);
  goes_on ? link->hand_over() : link->close();
  if (goes_on) {
    start();
  } else if (failed) {
    std::rethrow_exception(failed);
  }
}

void home_link::move_to(int dc) {
  bool const runs = std::exchange(link_, nullptr) != nullptr;  // calls wait for the next
  addresses_.set_home(dc);
  if (!runs) return;
  moved_ = true;
  run_.cancel(part_);
}

void home_link::end() {
  link_.reset();
  changed_.notify();
}

task<std::shared_ptr<net::link>> home_link::current() {
  client_run::waiter const here(run_);
  run_.throw_if_over();
  while (!link_) {
    co_await changed_.wait_next();
    run_.throw_if_over();
  }
  co_return link_;
}

void home_link::update_endpoints() {
  if (link_) link_->set_endpoints(addresses_.endpoints_of(addresses_.home()));
}

void home_link::on_network_restored() {
  if (link_) link_->on_network_restored();
}

}  // namespace mtp::MTP_ABI::detail
