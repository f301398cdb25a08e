// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/status_board.hpp"

#include <mtp/core/error.hpp>

namespace mtp::MTP_ABI::detail {

status_board::status_board(client_context& context, client_run& run)
    : run_(run), changed_(context.world(), context.strand()) {}

void status_board::publish() {
  auto const number = machine_.next_number();
  if (number == next_number_) return;
  next_number_ = number;
  now_ = machine_.now().status;
  changed_.notify();
  if (listener_) listener_();
}

void status_board::end() {
  machine_.on_disconnected(make_error_code(client_errc::closed));
  publish();
}

task<std::optional<status_change>> status_board::next(std::uint64_t& number) {
  client_run::waiter const here(run_);
  for (;;) {
    auto change = machine_.take(number);
    if (change || run_.is_over()) co_return change;
    co_await changed_.wait_next();
  }
}

}  // namespace mtp::MTP_ABI::detail
