// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/life_cycle_reader.hpp"

#include <mtp/core/error.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

using kinds = client_change_kind;

bool is_connected(client_status status) {
  switch (status) {
    case client_status::offline:
    case client_status::connecting:
    case client_status::suspended: return false;
    default: return true;
  }
}

/// The program signs out without a reason, or with this one.
kinds end_of_login(std::error_code why) {
  if (why == client_errc::key_duplicated) return kinds::key_duplicated;
  bool const is_own = !why || why == client_errc::not_signed_in;
  return is_own ? kinds::signed_out : kinds::revoked;
}

}  // namespace

life_cycle_reader::life_cycle_reader(status_change const& now)
    : last_(now.status), key_suspect_(now.key_suspect) {
  note_login(now);
  events_.clear();
}

void life_cycle_reader::on_change(status_change const& now) {
  note_key(now.key_suspect);
  note_connection(now);
  note_login(now);
  last_ = now.status;
}

std::optional<life_cycle_reader::event> life_cycle_reader::take() {
  if (events_.empty()) return {};
  auto const out = events_.front();
  events_.pop_front();
  return out;
}

void life_cycle_reader::note_key(bool suspect) {
  if (std::exchange(key_suspect_, suspect) == suspect) return;
  add(suspect ? kinds::key_suspect : kinds::key_trusted);
}

void life_cycle_reader::note_connection(status_change const& now) {
  bool const was = is_connected(last_);
  bool const is = is_connected(now.status);
  if (is && !was) add(kinds::connected);
  if (was && !is) add(kinds::disconnected, now.why);
  bool const is_sent_away = now.status == client_status::suspended && last_ != now.status;
  if (is_sent_away) add(kinds::kept_away, now.why);
  bool const is_behind = last_ == client_status::updating;
  if (is_behind && now.status == client_status::ready) add(kinds::caught_up);
}

/// Only a connected client knows about its login.
void life_cycle_reader::note_login(status_change const& now) {
  if (!is_connected(now.status)) return;
  bool const is_good = now.status != client_status::signed_out;
  auto const before = std::exchange(login_, is_good ? login::good : login::none);
  if (is_good && before == login::none) add(kinds::signed_in);
  if (!is_good) return note_end_of_login(before, now.why);
  bool const is_frozen = now.status == client_status::frozen;
  if (std::exchange(frozen_, is_frozen) == is_frozen) return;
  add(is_frozen ? kinds::frozen : kinds::unfrozen);
}

/// A client that never had a login has lost none.
void life_cycle_reader::note_end_of_login(login before, std::error_code why) {
  frozen_ = false;
  auto const kind = end_of_login(why);
  bool const had_one = before == login::good || kind != kinds::signed_out;
  if (before != login::none && had_one) add(kind, why);
}

}  // namespace mtp::MTP_ABI::detail
