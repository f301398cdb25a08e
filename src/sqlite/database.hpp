// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/result.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace mtp::MTP_ABI::sqlite {

/// One statement, with its values and its current row. Columns and values are counted from 0.
///
/// Lifetime: the database outlives it, and what it returns goes with the next step.
/// Threads: an owner at a time.
class statement {
 public:
  explicit statement(sqlite3_stmt* raw) : raw_(raw, finalize) {}

  /// The next row, if there is one.
  result<bool> step();
  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  /// An integer that has no sign and 31 bits; 0 for any other.
  std::int32_t small(int column) const;
  std::string_view text(int column) const;
  bytes_view blob(int column) const;
  /// How many bytes the texts and blobs of the row have.
  std::size_t size() const;

  statement& bind(int at, std::int64_t value);
  statement& bind(int at, std::string_view value);
  statement& bind(int at, bytes_view value);
  /// Executes it with the values that were bound, which are forgotten then. One that was not is
  /// null.
  std::error_code run();
  /// Ends its use: it holds no lock any more, and what was bound is forgotten.
  void reset();

 private:
  static void finalize(sqlite3_stmt* raw);
  std::unique_ptr<sqlite3_stmt, void (*)(sqlite3_stmt*)> raw_;
};

/// How much may be read of a file that somebody else wrote: some million peers.
struct row_limits {
  std::size_t rows = std::size_t{4} << 20;
  std::size_t bytes_in_all = std::size_t{256} << 20;

  bool take(std::size_t size) {
    if (rows == 0 || size > bytes_in_all) return false;
    --rows;
    bytes_in_all -= size;
    return true;
  }
};

/// A database in a file that somebody else wrote, or in a new one.
///
/// Errors of all members: portable_errc::wrong_format when it is no database or lacks a table;
/// bad_checksum when it is damaged; std::errc::device_or_resource_busy while somebody writes;
/// std::errc::io_error.
/// Threads: an owner at a time.
class database {
 public:
  /// Opens a file that is there, for reading. A file made to keep its reader busy is given up.
  static result<database> open(std::filesystem::path const& file);
  /// Makes a new file that only its owner may read, and begins a transaction.
  static result<database> create(std::filesystem::path const& file);
  /// Opens a database of the program's own, to read and write it. What others write is waited for.
  static result<database> open_own(std::filesystem::path const& file);

  /// Executes statements without values.
  std::error_code run(char const* statements);
  result<statement> prepare(std::string_view text);
  /// Calls `row` with a statement that stands at a row, for each one. A file that has more of them
  /// than `left` is portable_errc::bad_value.
  template <class Row>
  std::error_code each(std::string_view text, Row row, row_limits left = {}) {
    auto rows = prepare(text);
    if (!rows) return rows.error();
    for (;;) {
      auto const more = rows->step();
      if (!more) return more.error();
      if (!*more) return {};
      if (!left.take(rows->size())) return too_much();
      row(*rows);
    }
  }
  /// The integer in the first column of the first row.
  result<std::optional<std::int64_t>> number(std::string_view text);
  sqlite3* raw() const noexcept { return raw_.get(); }

 private:
  explicit database(sqlite3* raw) : raw_(raw, close) {}
  static result<database> open_as_it_is(std::filesystem::path const& file, int flags);
  static result<database> open(std::filesystem::path const& file, int flags);
  static std::error_code too_much();
  static void close(sqlite3* raw);

  std::unique_ptr<int> budget_;  // how often a reader may still come by
  std::unique_ptr<sqlite3, void (*)(sqlite3*)> raw_;
};

/// Makes a new database of what `fill`, which is called with it, puts there: as a whole, or no file
/// is left.
template <class Fill>
result<void> make_database(std::filesystem::path const& file, Fill fill) {
  auto made = database::create(file);
  if (!made) return failure{made.error()};
  std::error_code problem = fill(*made);
  if (!problem) problem = made->run("commit");
  if (!problem) return {};
  made = failure{problem};  // closes it
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  return failure{problem};
}

}  // namespace mtp::MTP_ABI::sqlite
