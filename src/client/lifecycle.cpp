// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/lifecycle.hpp"

#include <mtp/core/error.hpp>

#include <algorithm>

namespace mtp::MTP_ABI {

std::string_view name_of(client_status status) noexcept {
  switch (status) {
    case client_status::offline: return "offline";
    case client_status::connecting: return "connecting";
    case client_status::updating: return "updating";
    case client_status::ready: return "ready";
    case client_status::suspended: return "suspended";
    case client_status::signed_out: return "signed out";
    case client_status::frozen: return "frozen";
  }
  return "unknown";
}

namespace detail {

void lifecycle::on_connecting() {
  connection_ = connection::connecting;
  settle();
}

void lifecycle::on_established() {
  connection_ = connection::established;
  connection_error_ = {};
  settle();
}

void lifecycle::on_disconnected(std::error_code why) {
  connection_ = connection::offline;
  connection_error_ = why;
  settle();
}

void lifecycle::on_suspended(std::error_code why) {
  connection_ = connection::suspended;
  connection_error_ = why;
  settle();
}

void lifecycle::on_key_suspect(bool suspect) {
  key_suspect_ = suspect;
  settle();
}

void lifecycle::on_signed_in() {
  signed_out_ = false;
  thaw();
  login_error_ = {};
  settle();
}

void lifecycle::on_signed_out(std::error_code why) {
  bool const known = signed_out_ && login_error_ == client_errc::key_duplicated;
  signed_out_ = true;
  if (!known) login_error_ = why;
  settle();
}

void lifecycle::on_key_duplicated() { on_signed_out(make_error_code(client_errc::key_duplicated)); }

/// Other refusals of this kind are about an argument: the method itself may work.
void lifecycle::on_frozen(std::string_view method, refusal_reason why) {
  frozen_ = true;
  if (why == refusal_reason::method_frozen) frozen_methods_.insert(method);
  settle();
}

void lifecycle::on_answered(std::string_view method) {
  if (!frozen_methods_.contains(method)) return;
  thaw();
  settle();
}

void lifecycle::thaw() {
  frozen_ = false;
  frozen_methods_.clear();
}

void lifecycle::on_updating(bool updating) {
  updating_ = updating;
  settle();
}

client_status lifecycle::derive() const {
  switch (connection_) {
    case connection::offline: return client_status::offline;
    case connection::connecting: return client_status::connecting;
    case connection::suspended: return client_status::suspended;
    case connection::established: break;
  }
  if (signed_out_) return client_status::signed_out;
  if (frozen_) return client_status::frozen;
  return updating_ ? client_status::updating : client_status::ready;
}

/// Keeps a change when there is one.
void lifecycle::settle() {
  status_change next{.status = derive(), .key_suspect = key_suspect_};
  next.why = connection_error_;
  if (next.status == client_status::signed_out) next.why = login_error_;
  if (next == now_) return;
  now_ = next;
  changes_.push_back(next);
  if (changes_.size() <= max_kept) return;
  changes_.erase(changes_.begin());
  ++first_;
}

std::optional<status_change> lifecycle::take(std::uint64_t& number) const {
  number = std::max(number, first_);
  if (number >= next_number()) return std::nullopt;
  return changes_[static_cast<std::size_t>(number++ - first_)];
}

}  // namespace detail
}  // namespace mtp::MTP_ABI
