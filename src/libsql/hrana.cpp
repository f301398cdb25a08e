// SPDX-License-Identifier: MIT OR Apache-2.0
#include "libsql/hrana.hpp"

#include "libsql/hrana_json.hpp"

#include <mtp/core/error.hpp>
#include <mtp/storage/store_error.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>
#include <utility>

namespace mtp::MTP_ABI::libsql {
namespace {

[[noreturn]] void fail_for(target const& at, std::errc why) {
  throw store_error(client_errc::storage, at.place(), std::make_error_code(why));
}

/// SQLite's names; longer ones that begin so are kinds of them.
constexpr std::string_view busy = "SQLITE_BUSY";
constexpr std::string_view locked = "SQLITE_LOCKED";
constexpr std::string_view corrupt = "SQLITE_CORRUPT";
constexpr std::string_view no_database = "SQLITE_NOTADB";

/// What the system would say, for codes of the server that mean the same.
std::error_code reason_in(std::string_view code) {
  constexpr std::array<std::pair<std::string_view, std::errc>, 8> known{
      {{busy, std::errc::device_or_resource_busy},
       {locked, std::errc::device_or_resource_busy},
       {"SQLITE_FULL", std::errc::no_space_on_device},
       {"SQLITE_NOMEM", std::errc::not_enough_memory},
       {"SQLITE_READONLY", std::errc::read_only_file_system},
       {"SQLITE_IOERR", std::errc::io_error},
       {"SQLITE_AUTH", std::errc::permission_denied},
       {"BLOCKED", std::errc::permission_denied}}};
  for (auto const& [word, why] : known)
    if (code.starts_with(word)) return std::make_error_code(why);
  return {};
}

/// Tables that somebody else made or changed, or that are damaged.
bool tells_of_damage(refusal const& why) {
  bool const damaged = why.code.starts_with(corrupt) || why.code.starts_with(no_database);
  return damaged || why.message.find("no such table") != std::string::npos ||
         why.message.find("no such column") != std::string::npos ||
         why.message.find("has no column") != std::string::npos;
}

/// Host, port and path, and nothing that means something else to who reads it otherwise.
bool is_plain(std::string_view url) {
  return std::ranges::all_of(url, [](char c) {
    return c > ' ' && c < 0x7f && std::string_view("@?#\\").find(c) == std::string_view::npos;
  });
}

/// What a server says that does not execute anything.
void require_good(target const& at, http_answer const& said) {
  switch (said.status) {
    case 200: return;
    case 401:
    case 403: fail_for(at, std::errc::permission_denied);
    case 408:
    case 504: fail_for(at, std::errc::timed_out);
    case 413: fail_for(at, std::errc::message_size);
    default: break;
  }
  auto const message = message_in(said.body.reveal());
  throw store_error(client_errc::storage, at.place(),
                    "the server answered " + std::to_string(said.status) +
                        (message.empty() ? "" : ": " + at.shown(message)));
}

}  // namespace

cell blob_cell(bytes_view value) { return secret<bytes>(bytes(value.begin(), value.end())); }

bool is_busy(refusal const& why) {
  return why.code.starts_with(busy) || why.code.starts_with(locked);
}

void fail_with(target const& at, refusal const& why) {
  if (tells_of_damage(why))
    throw store_error(client_errc::bad_session_file, at.place(), at.shown(why.message));
  if (auto const reason = reason_in(why.code))
    throw store_error(client_errc::storage, at.place(), reason);
  throw store_error(client_errc::storage, at.place(), at.shown(why.message));
}

// --- Outcomes

cell const* outcome::find(std::size_t row, std::size_t column) const {
  return row < rows_.size() && column < rows_[row].size() ? &rows_[row][column] : nullptr;
}

bool outcome::is_null(std::size_t row, std::size_t column) const {
  auto const* const found = find(row, column);
  return !found || std::holds_alternative<std::monostate>(*found);
}

std::int64_t outcome::integer(std::size_t row, std::size_t column) const {
  auto const* const found = find(row, column);
  auto const* const number = found ? std::get_if<std::int64_t>(found) : nullptr;
  return number ? *number : 0;
}

std::string outcome::text(std::size_t row, std::size_t column) const {
  auto const* const found = find(row, column);
  auto const* const text = found ? std::get_if<std::string>(found) : nullptr;
  return text ? *text : std::string();
}

bytes_view outcome::blob(std::size_t row, std::size_t column) const {
  auto const* const found = find(row, column);
  auto const* const blob = found ? std::get_if<secret<bytes>>(found) : nullptr;
  return blob ? bytes_view(blob->reveal()) : bytes_view();
}

// --- Streams

/// What it left open is rolled back.
stream::~stream() {
  if (!baton_) return;
  try {
    by_.post(url(), encode_request(baton_, {}, stream_end::now));
  } catch (...) {
    baton_.reset();  // the server ends it by itself
  }
}

std::string stream::url() const { return (base_.empty() ? to_.address() : base_) + "/v2/pipeline"; }

/// A server that is reached encrypted cannot ask for less.
void stream::follow(std::string base) {
  while (base.ends_with('/')) base.pop_back();
  if (base.empty()) return;
  bool const encrypted = base.starts_with("https://");
  bool const allowed = encrypted || (!to_.is_encrypted() && base.starts_with("http://"));
  if (!allowed || !is_plain(base)) fail_for(to_, std::errc::bad_message);
  base_ = std::move(base);
}

std::vector<outcome> stream::run(std::vector<step> const& steps, stream_end when) {
  auto const request = encode_request(baton_, steps, when);
  baton_.reset();
  auto const said = by_.post(url(), request);
  require_good(to_, said);
  auto found = decode_answer(said.body.reveal(), steps.size());
  if (!found) fail_for(to_, std::errc::bad_message);
  if (when == stream_end::later) {
    if (!found->baton) fail_for(to_, std::errc::bad_message);
    baton_ = std::move(found->baton);
    follow(std::move(found->base));
  }
  if (found->refused) fail_with(to_, *found->refused);
  return std::move(found->outcomes);
}

}  // namespace mtp::MTP_ABI::libsql
