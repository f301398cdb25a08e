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

connection::connection(target const& to, duration patience)
    : to_(&to), patience_ms_(milliseconds_of(patience)), raw_(nullptr, finish) {
  connect();
}

void connection::finish(pg_conn* raw) { PQfinish(raw); }

int connection::server_process() const { return PQbackendPID(raw_.get()); }

void connection::fail(std::errc why) {
  usable_ = false;
  throw store_error(client_errc::storage, to_->place(), std::make_error_code(why));
}

void connection::wait(short events) {
  pollfd one{.fd = PQsocket(raw_.get()), .events = events, .revents = 0};
  if (one.fd < 0) fail(std::errc::connection_reset);
  int ready = -1;
  do ready = ::poll(&one, 1, patience_ms_);
  while (ready < 0 && errno == EINTR);
  if (ready == 0) fail(std::errc::timed_out);
  if (ready < 0) fail(std::errc::io_error);
}

void connection::connect() {
  std::array<char const*, 4> const words{"dbname", "client_encoding", "fallback_application_name",
                                         nullptr};
  std::array<char const*, 4> const values{to_->connection().c_str(), "UTF8", "mtp", nullptr};
  raw_.reset(PQconnectStartParams(words.data(), values.data(), 1));
  if (!raw_) fail(std::errc::not_enough_memory);
  auto state =
      PQstatus(raw_.get()) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
  while (state != PGRES_POLLING_OK && state != PGRES_POLLING_FAILED) {
    wait(state == PGRES_POLLING_READING ? POLLIN : POLLOUT);
    state = PQconnectPoll(raw_.get());
  }
  if (state == PGRES_POLLING_FAILED)
    throw store_error(client_errc::storage, to_->place(), to_->shown(PQerrorMessage(raw_.get())));
  PQsetNoticeReceiver(raw_.get(), ignore_notice, nullptr);
  PQsetnonblocking(raw_.get(), 1);
  usable_ = true;
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
