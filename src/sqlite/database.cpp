// SPDX-License-Identifier: MIT OR Apache-2.0
#include "sqlite/database.hpp"

#include "sessions/failed.hpp"

#include <mtp/storage/file_system.hpp>

#include <sqlite3.h>

#include <limits>

namespace mtp::MTP_ABI::sqlite {
namespace {

using sessions::failed;

/// Long enough for a million peers; a query without an end comes to it in seconds.
constexpr int steps_per_check = 1'000'000;
constexpr int max_checks = 2'000;
/// No library keeps a longer value of those that are read here.
constexpr int max_value = 1 << 20;
/// How long somebody else may write, in milliseconds.
constexpr int max_wait = 5'000;

std::error_code error_of(int code) {
  switch (code & 0xff) {
    case SQLITE_NOTADB:
    case SQLITE_ERROR: return portable_errc::wrong_format;  // no such table or column
    case SQLITE_CORRUPT: return portable_errc::bad_checksum;
    case SQLITE_TOOBIG:
    case SQLITE_INTERRUPT: return portable_errc::bad_value;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return std::make_error_code(std::errc::device_or_resource_busy);
    case SQLITE_NOMEM: return std::make_error_code(std::errc::not_enough_memory);
    case SQLITE_FULL: return std::make_error_code(std::errc::no_space_on_device);
    case SQLITE_PERM:
    case SQLITE_READONLY: return std::make_error_code(std::errc::permission_denied);
    default: return std::make_error_code(std::errc::io_error);
  }
}

int count_checks(void* left) { return --*static_cast<int*>(left) <= 0; }

/// The schema of a file may hold what its reader would execute: nothing of that is trusted.
void distrust(sqlite3* raw) {
  sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  sqlite3_limit(raw, SQLITE_LIMIT_LENGTH, max_value);
}

}  // namespace

// --- Statements

void statement::finalize(sqlite3_stmt* raw) { sqlite3_finalize(raw); }

result<bool> statement::step() {
  int const code = sqlite3_step(raw_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return failure{error_of(code)};
}

bool statement::is_null(int column) const {
  return sqlite3_column_type(raw_.get(), column) == SQLITE_NULL;
}

std::int64_t statement::integer(int column) const {
  return sqlite3_column_int64(raw_.get(), column);
}

std::int32_t statement::small(int column) const {
  auto const value = integer(column);
  bool const fits = value >= 0 && value <= std::numeric_limits<std::int32_t>::max();
  return fits ? static_cast<std::int32_t>(value) : 0;
}

std::string_view statement::text(int column) const { return as_text(blob(column)); }

bytes_view statement::blob(int column) const {
  auto const* data = static_cast<std::uint8_t const*>(sqlite3_column_blob(raw_.get(), column));
  auto const size = sqlite3_column_bytes(raw_.get(), column);
  return data ? bytes_view(data, static_cast<std::size_t>(size)) : bytes_view();
}

std::size_t statement::size() const {
  std::size_t sum = 0;
  for (int i = 0; i < sqlite3_data_count(raw_.get()); ++i) {
    int const kind = sqlite3_column_type(raw_.get(), i);
    if (kind != SQLITE_TEXT && kind != SQLITE_BLOB) continue;
    sum += static_cast<std::size_t>(sqlite3_column_bytes(raw_.get(), i));
  }
  return sum;
}

statement& statement::bind(int at, std::int64_t value) {
  sqlite3_bind_int64(raw_.get(), at + 1, value);
  return *this;
}

statement& statement::bind(int at, std::string_view value) {
  sqlite3_bind_text64(raw_.get(), at + 1, value.data(), value.size(), SQLITE_TRANSIENT,
                      SQLITE_UTF8);
  return *this;
}

statement& statement::bind(int at, bytes_view value) {
  sqlite3_bind_blob64(raw_.get(), at + 1, value.data(), value.size(), SQLITE_TRANSIENT);
  return *this;
}

std::error_code statement::run() {
  auto const done = step();
  reset();
  return done ? std::error_code() : done.error();
}

void statement::reset() {
  sqlite3_reset(raw_.get());
  sqlite3_clear_bindings(raw_.get());
}

// --- Databases

void database::close(sqlite3* raw) { sqlite3_close_v2(raw); }

result<database> database::open_as_it_is(std::filesystem::path const& file, int flags) {
  sqlite3* raw = nullptr;
  int const code = sqlite3_open_v2(file.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  database out(raw);
  if (code != SQLITE_OK) return failure{error_of(code)};
  return out;
}

result<database> database::open(std::filesystem::path const& file, int flags) {
  auto out = open_as_it_is(file, flags);
  if (out) distrust(out->raw());
  return out;
}

result<database> database::open_own(std::filesystem::path const& file) {
  auto out = open_as_it_is(file, SQLITE_OPEN_READWRITE);
  if (out) sqlite3_busy_timeout(out->raw(), max_wait);
  return out;
}

result<database> database::open(std::filesystem::path const& file) {
  std::error_code problem;
  if (!std::filesystem::exists(file, problem)) {
    return problem ? failure{problem} : failed(portable_errc::missing_file);
  }
  auto out = open(file, SQLITE_OPEN_READONLY);
  if (!out) return out;
  out->budget_ = std::make_unique<int>(max_checks);
  sqlite3_progress_handler(out->raw_.get(), steps_per_check, count_checks, out->budget_.get());
  return out;
}

result<database> database::create(std::filesystem::path const& file) {
  std::error_code problem;
  if (std::filesystem::exists(file, problem))
    return failure{std::make_error_code(std::errc::file_exists)};
  if (auto const made = local_files().create(file); !made) return failure{made.error()};
  auto out = open(file, SQLITE_OPEN_READWRITE);
  if (!out) return out;
  if (auto const begun = out->run("begin")) return failure{begun};
  return out;
}

std::error_code database::too_much() { return portable_errc::bad_value; }

std::error_code database::run(char const* statements) {
  int const code = sqlite3_exec(raw_.get(), statements, nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? std::error_code() : error_of(code);
}

result<statement> database::prepare(std::string_view text) {
  sqlite3_stmt* raw = nullptr;
  int const code =
      sqlite3_prepare_v2(raw_.get(), text.data(), static_cast<int>(text.size()), &raw, nullptr);
  if (code != SQLITE_OK) return failure{error_of(code)};
  return statement(raw);
}

result<std::optional<std::int64_t>> database::number(std::string_view text) {
  auto rows = prepare(text);
  if (!rows) return failure{rows.error()};
  auto const found = rows->step();
  if (!found) return failure{found.error()};
  if (!*found || rows->is_null(0)) return std::optional<std::int64_t>();
  return std::optional<std::int64_t>(rows->integer(0));
}

}  // namespace mtp::MTP_ABI::sqlite
