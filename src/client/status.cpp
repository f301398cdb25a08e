// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The part of a client's core that says what becomes of it.
#include "client/client_core.hpp"

#include <mtp/core/error.hpp>

namespace mtp::detail {

/// Tells those who ask, and those who wait, when there is something new.
void client_core::publish_status() {
  auto const number = life_.next_number();
  if (number == next_status_number_) return;
  next_status_number_ = number;
  status_ = life_.now().status;
  life_changed_.notify();
}

task<std::optional<status_change>> client_core::next_status(
    [[maybe_unused]] std::shared_ptr<client_core> keep, std::uint64_t& number) {
  waiting const here(*this);
  for (;;) {
    auto change = life_.take(number);
    if (change || over_) co_return change;
    co_await life_changed_.wait_next();
  }
}

void client_core::set_updating(bool updating) {
  life_.on_updating(updating);
  publish_status();
}

void client_core::set_signed_out(std::error_code why) {
  life_.on_signed_out(why);
  publish_status();
}

/// What an answer says of the account.
void client_core::note_answer(raw_request const& request) {
  life_.on_answered(request.method);
  publish_status();
}

/// What a refusal says of the account.
void client_core::note_refusal(rpc_failure const& why, raw_request const& request) {
  if (why.name.starts_with("FROZEN_")) {
    life_.on_frozen(request.method, why.name == "FROZEN_METHOD_INVALID");
    publish_status();
    return;
  }
  bool const of_home = request.dc == 0 || request.dc == home_dc();
  bool const lost = why.code == 401 && why.name != "SESSION_PASSWORD_NEEDED";
  if (lost && of_home && !request.signs_in && !signs_in_again(why))
    set_signed_out(rpc_error(why).code());
}

}  // namespace mtp::detail
