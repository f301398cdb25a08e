// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Hrana 2 over HTTP, as the document "HRANA_2_SPEC" of libSQL has it: requests in JSON, sent one
// after the other to a stream that the server remembers by a "baton".
#pragma once

#include "libsql/http.hpp"

#include <mtp/core/bytes.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace mtp::MTP_ABI::libsql {

/// A value of SQL: null, a number, a text, a blob.
using cell = std::variant<std::monostate, std::int64_t, std::string, secret<bytes>>;

cell blob_cell(bytes_view value);

/// One step of a batch: a statement, and after which step it is executed. Steps count from 0.
struct step {
  std::string sql = {};
  std::vector<cell> values = {};  ///< of ?1, ?2, ...
  /// Only when that step was done, or, when `unless` says so, was not.
  std::optional<std::size_t> after = {};
  bool unless = false;
};

/// Why a statement was not executed, in the words of the server.
struct refusal {
  std::string code = {};
  std::string message = {};
};

/// What became of a step. Rows are read as far as they go: what is not there is null.
class outcome {
 public:
  bool is_done() const noexcept { return done_; }
  std::optional<refusal> const& refused() const noexcept { return refused_; }
  std::int64_t changed() const noexcept { return changed_; }
  std::size_t size() const noexcept { return rows_.size(); }

  bool is_null(std::size_t row, std::size_t column) const;
  std::int64_t integer(std::size_t row, std::size_t column) const;
  std::string text(std::size_t row, std::size_t column) const;
  bytes_view blob(std::size_t row, std::size_t column) const;

 private:
  friend class answer_reader;
  cell const* find(std::size_t row, std::size_t column) const;

  bool done_ = false;
  std::optional<refusal> refused_ = {};
  std::int64_t changed_ = 0;
  std::vector<std::vector<cell>> rows_ = {};
};

/// Whether a stream goes on.
enum class stream_end { now, later };

/// A stream of a server, which ends with its last batch, by itself after some seconds without one,
/// or when it goes.
///
/// Lifetime: what it was made of outlives it. Errors: throws store_error. Threads: as http.
class stream {
 public:
  stream(target const& to, http& by) : to_(to), by_(by) {}
  stream(stream const&) = delete;
  stream& operator=(stream const&) = delete;
  ~stream();

  /// Executes the steps; an outcome for each.
  std::vector<outcome> run(std::vector<step> const& steps, stream_end when = stream_end::now);

 private:
  std::string url() const;
  void follow(std::string base);

  target const& to_;
  http& by_;
  std::optional<std::string> baton_ = {};
  std::string base_ = {};  ///< where the server wants the rest of the stream
};

/// Whether somebody else's transaction was in the way.
bool is_busy(refusal const& why);
/// Throws what a refusal comes to. Errors: throws store_error.
[[noreturn]] void fail_with(target const& at, refusal const& why);

}  // namespace mtp::MTP_ABI::libsql
