// SPDX-License-Identifier: MIT OR Apache-2.0
#include "postgres/connection.hpp"

#include <mtp/storage/store_error.hpp>

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <string_view>
#include <utility>

namespace mtp::MTP_ABI::postgres {
namespace {

int milliseconds_of(duration span) {
  auto const count = std::chrono::ceil<std::chrono::milliseconds>(span).count();
  using limit = std::numeric_limits<int>;
  return static_cast<int>(std::clamp<std::int64_t>(count, 1, limit::max()));
}

std::string seconds_of(duration span) {
  return std::to_string(
      std::max<std::int64_t>(std::chrono::ceil<std::chrono::seconds>(span).count(), 1));
}

/// libpq would print them.
void ignore_notice(void*, PGresult const*) {}

std::string field_of(PGresult const* result, int field) {
  auto const* text = PQresultErrorField(result, field);
  return text ? text : "";
}

/// The server ended the connection, or is about to.
bool ends_connection(std::string_view state) {
  return state.starts_with("08") || state.starts_with("57P0");
}

/// Tables that were changed by somebody else, or are damaged.
bool is_damage(std::string_view state) {
  return state.starts_with("XX") || state == "42P01" || state == "42703" || state == "42804";
}

/// What the system would say, for codes of the server that mean the same.
std::error_code system_reason(std::string_view state) {
  constexpr std::array<std::pair<std::string_view, std::errc>, 5> known{
      {{"53100", std::errc::no_space_on_device},
       {"53200", std::errc::not_enough_memory},
       {"42501", std::errc::permission_denied},
       {"25006", std::errc::read_only_file_system},
       {"55P03", std::errc::timed_out}}};
  for (auto const& [code, why] : known)
    if (code == state) return std::make_error_code(why);
  return {};
}

}  // namespace

// --- Rows

void rows::free(pg_result* raw) { PQclear(raw); }

int rows::size() const { return PQntuples(raw_.get()); }

bytes_view rows::blob(int row, int column) const {
  if (row >= size() || column >= PQnfields(raw_.get())) return {};
  auto const* data = reinterpret_cast<std::uint8_t const*>(PQgetvalue(raw_.get(), row, column));
  return {data, static_cast<std::size_t>(PQgetlength(raw_.get(), row, column))};
}

std::string rows::text(int row, int column) const {
  return std::string(as_text(blob(row, column)));
}

std::int64_t rows::integer(int row, int column) const {
  std::uint64_t value = 0;
  for (auto const one : blob(row, column)) value = value << 8 | one;
  return static_cast<std::int64_t>(value);
}

// --- Connections

keepalives::keepalives(duration vanished)
    : idle(seconds_of(vanished * 2 / 5)),
      interval(seconds_of(vanished / 5)),
      user_timeout(std::to_string(milliseconds_of(vanished))) {}

connection::connection(target const& to, postgres_options const& how)
    : to_(&to), patience_ms_(milliseconds_of(how.patience)), raw_(nullptr, finish) {
  connect(how);
}

void connection::finish(pg_conn* raw) { PQfinish(raw); }

int connection::server_process() const { return PQbackendPID(raw_.get()); }

void connection::fail(std::errc why) {
  usable_ = false;
  throw store_error(client_errc::storage, to_->place(), std::make_error_code(why));
}

void connection::wait(short events, int patience_ms) {
  pollfd one{.fd = PQsocket(raw_.get()), .events = events, .revents = 0};
  if (one.fd < 0) fail(std::errc::connection_reset);
  int ready = -1;
  do ready = ::poll(&one, 1, patience_ms);
  while (ready < 0 && errno == EINTR);
  if (ready == 0) fail(std::errc::timed_out);
  if (ready < 0) fail(std::errc::io_error);
}

/// What stands behind others in the list counts more than these.
void connection::connect(postgres_options const& how) {
  keepalives const times(how.vanished);
  std::array<char const*, 9> const words{
      "keepalives_idle", "keepalives_interval", "keepalives_count",          "tcp_user_timeout",
      "dbname",          "client_encoding",     "fallback_application_name", nullptr};
  std::array<char const*, 9> const values{times.idle.c_str(),
                                          times.interval.c_str(),
                                          "3",
                                          times.user_timeout.c_str(),
                                          to_->connection().c_str(),
                                          "UTF8",
                                          "mtp",
                                          nullptr};
  raw_.reset(PQconnectStartParams(words.data(), values.data(), 1));
  if (!raw_) fail(std::errc::not_enough_memory);
  await_connection(milliseconds_of(std::min(how.connect_patience, how.patience)));
  PQsetNoticeReceiver(raw_.get(), ignore_notice, nullptr);
  PQsetnonblocking(raw_.get(), 1);
  usable_ = true;
}

void connection::await_connection(int patience_ms) {
  auto state =
      PQstatus(raw_.get()) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
  while (state != PGRES_POLLING_OK && state != PGRES_POLLING_FAILED) {
    wait(state == PGRES_POLLING_READING ? POLLIN : POLLOUT, patience_ms);
    state = PQconnectPoll(raw_.get());
  }
  if (state == PGRES_POLLING_FAILED)
    throw store_error(client_errc::storage, to_->place(), to_->shown(PQerrorMessage(raw_.get())));
}

void connection::require_transaction() {
  if (PQstatus(raw_.get()) != CONNECTION_OK) fail(std::errc::connection_reset);
  auto const state = PQtransactionStatus(raw_.get());
  if (state == PQTRANS_INTRANS) return;
  if (state != PQTRANS_INERROR && state != PQTRANS_IDLE) usable_ = false;
  throw store_error(client_errc::storage, to_->place(),
                    state == PQTRANS_INERROR ? "a statement of the program's own write failed"
                                             : "the program's own write ended the transaction");
}

void connection::leave_transaction() {
  auto const state = PQtransactionStatus(raw_.get());
  if (state == PQTRANS_INTRANS || state == PQTRANS_INERROR) run("rollback");
  if (state == PQTRANS_ACTIVE || state == PQTRANS_UNKNOWN) usable_ = false;
}

rows connection::run(char const* statement, parameters const& with) {
  if (!usable_) fail(std::errc::connection_reset);
  usable_ = false;  // until the whole answer is here
  send(statement, with);
  auto found = receive();
  usable_ = PQstatus(raw_.get()) == CONNECTION_OK;
  check(found);
  return found;
}

void connection::send(char const* statement, parameters const& with) {
  auto const addresses = with.addresses();
  auto const lengths = with.lengths();
  std::vector<int> const binary(addresses.size(), 1);
  int const sent = PQsendQueryParams(raw_.get(), statement, with.size(), nullptr, addresses.data(),
                                     lengths.data(), binary.data(), 1);
  if (!sent) fail(std::errc::connection_reset);
  flush();
}

/// The server may stop reading until somebody reads what it has to say.
void connection::flush() {
  for (;;) {
    int const left = PQflush(raw_.get());
    if (left == 0) return;
    if (left < 0) fail(std::errc::connection_reset);
    wait(POLLIN | POLLOUT);
    if (!PQconsumeInput(raw_.get())) fail(std::errc::connection_reset);
  }
}

rows connection::next_result() {
  while (PQisBusy(raw_.get())) {
    wait(POLLIN);
    if (!PQconsumeInput(raw_.get())) fail(std::errc::connection_reset);
  }
  return rows(PQgetResult(raw_.get()));
}

rows connection::receive() {
  auto first = next_result();
  if (!first.raw()) fail(std::errc::connection_reset);
  while (PQstatus(raw_.get()) == CONNECTION_OK && next_result().raw()) {}
  return first;
}

void connection::check(rows const& found) {
  auto const how = PQresultStatus(found.raw());
  if (how == PGRES_TUPLES_OK || how == PGRES_COMMAND_OK) return;
  auto const state = field_of(found.raw(), PG_DIAG_SQLSTATE);
  if (!usable_ || ends_connection(state)) fail(std::errc::connection_reset);
  if (auto const reason = system_reason(state))
    throw store_error(client_errc::storage, to_->place(), reason);
  throw store_error(is_damage(state) ? client_errc::bad_session_file : client_errc::storage,
                    to_->place(), to_->shown(field_of(found.raw(), PG_DIAG_MESSAGE_PRIMARY)));
}

// --- Transactions

transaction::~transaction() {
  if (done_ || !at_.is_usable()) return;
  try {
    at_.run("rollback");
  } catch (...) {
    done_ = true;  // the connection broke, and the server rolls back by itself
  }
}

void transaction::commit() {
  at_.run("commit");
  done_ = true;
}

}  // namespace mtp::MTP_ABI::postgres
