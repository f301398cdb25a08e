// SPDX-License-Identifier: MIT OR Apache-2.0
#include "libsql/remote_records.hpp"

#include <mtp/core/error.hpp>
#include <mtp/storage/store_error.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::libsql {
namespace {

/// Servers refuse to answer with more than some megabytes.
constexpr std::int64_t max_piece = std::int64_t{2} << 20;
constexpr std::int64_t max_in_page = std::int64_t{16} << 10;
constexpr std::size_t most_in_page = 200;
constexpr std::size_t keys_at_once = 100;

constexpr char const* look = "select fence from mtp_accounts where number = ?1";

/// Rows of an id, the size of its value, and the value unless it is large.
constexpr char const* read_value = R"(
select id, length(value), case when length(value) <= ?4 then value end
from mtp_records where account = ?1 and space = ?2 and id = ?3
)";

constexpr char const* read_piece = R"(
select substr(value, ?4, ?5) from mtp_records where account = ?1 and space = ?2 and id = ?3
)";

constexpr char const* read_page = R"(
select id, length(value), case when length(value) <= ?5 then value end from mtp_records
where account = ?1 and space = ?2 and id >= ?3 and (?4 is null or id < ?4) order by id limit ?6
)";

constexpr char const* read_spaces =
    "select distinct space from mtp_records where account = ?1 order by space";

std::int64_t number_of(record_space space) { return static_cast<std::int64_t>(space); }

bytes copied(bytes_view from) { return bytes(from.begin(), from.end()); }

/// Whether it comes behind the one before, or is the first, and lies where it was looked for.
bool is_in_order(bytes_view id, bytes_view before, bool first, detail::id_bounds const& bounds) {
  bool const behind = first ? as_text(id) >= as_text(before) : as_text(id) > as_text(before);
  return behind && id.size() <= max_record_id &&
         (!bounds.below || as_text(id) < as_text(*bounds.below));
}

[[noreturn]] void fail_for_nonsense(target const& at) {
  throw store_error(client_errc::storage, at.place(), std::make_error_code(std::errc::bad_message));
}

}  // namespace

/// Reads, unless somebody else has the lease.
std::vector<outcome> remote_records::read_checked(std::vector<step> steps) {
  steps.insert(steps.begin(), step{.sql = look, .values = {account_.number}});
  auto found = read(to_, by_, steps);
  if (found[0].size() == 0 || found[0].integer(0, 0) != account_.fence) lose();
  found.erase(found.begin());
  return found;
}

bytes remote_records::value_in(outcome const& from, std::size_t row, record_space space) {
  auto const size = from.integer(row, 1);
  if (size < 0 || size > static_cast<std::int64_t>(max_record_value))
    throw store_error(client_errc::bad_session_file, to_.place());
  if (from.is_null(row, 2)) return read_in_pieces(space, from.blob(row, 0), size);
  auto const value = from.blob(row, 2);
  if (value.size() != static_cast<std::size_t>(size)) fail_for_nonsense(to_);
  return copied(value);
}

/// A value too large for one answer.
bytes remote_records::read_in_pieces(record_space space, bytes_view id, std::int64_t size) {
  bytes out;
  out.reserve(static_cast<std::size_t>(size));
  while (static_cast<std::int64_t>(out.size()) < size) {
    auto const next = static_cast<std::int64_t>(out.size()) + 1;
    step one{.sql = read_piece,
             .values = {account_.number, number_of(space), blob_cell(id), next, max_piece}};
    auto const found = read_checked({std::move(one)});
    auto const piece = found[0].blob(0, 0);
    auto const wanted = std::min(max_piece, size - static_cast<std::int64_t>(out.size()));
    if (static_cast<std::int64_t>(piece.size()) != wanted) fail_for_nonsense(to_);
    out.insert(out.end(), piece.begin(), piece.end());
  }
  return out;
}

std::optional<bytes> remote_records::get(record_key const& key) {
  return std::move(get_all({key}).front());
}

std::vector<std::optional<bytes>> remote_records::get_all(std::vector<record_key> const& keys) {
  ready();
  std::vector<std::optional<bytes>> out;
  while (out.size() < keys.size()) {
    auto const count = std::min(keys.size() - out.size(), keys_at_once);
    auto const at_most = count == 1 ? max_piece : max_in_page;
    std::vector<step> steps;
    for (auto i = out.size(); i < out.size() + count; ++i)
      steps.push_back(
          {.sql = read_value,
           .values = {account_.number, number_of(keys[i].space), blob_cell(keys[i].id), at_most}});
    for (auto const& one : read_checked(std::move(steps))) {
      auto const& key = keys[out.size()];
      out.push_back(one.size() == 0 ? std::nullopt : std::optional(value_in(one, 0, key.space)));
    }
  }
  return out;
}

std::vector<record> remote_records::scan(record_range const& range) {
  ready();
  auto bounds = detail::bounds_of(range);
  std::vector<record> out;
  for (;;) {
    auto const most = std::min(range.limit - out.size(), most_in_page);
    auto const before = out.size();
    if (most == 0) return out;
    add_page(range.space, bounds, most, out);  // goes on behind the last, so this comes to an end
    if (out.size() - before < most) return out;
    bounds.from = out.back().id;
    bounds.from.push_back(0);  // nothing lies between the two
  }
}

void remote_records::add_page(record_space space, detail::id_bounds const& bounds, std::size_t most,
                              std::vector<record>& out) {
  step one{.sql = read_page,
           .values = {account_.number, number_of(space), blob_cell(bounds.from),
                      bounds.below ? blob_cell(*bounds.below) : cell(), max_in_page,
                      static_cast<std::int64_t>(most)}};
  auto const found = read_checked({std::move(one)});
  if (found[0].size() > most) fail_for_nonsense(to_);
  bytes_view from = bounds.from;
  for (std::size_t i = 0; i < found[0].size(); ++i) {
    auto const id = found[0].blob(i, 0);
    if (!is_in_order(id, from, i == 0, bounds)) fail_for_nonsense(to_);
    out.emplace_back(copied(id), value_in(found[0], i, space));
    from = id;
  }
}

std::vector<record_space> remote_records::spaces() {
  ready();
  auto const found = read_checked({{.sql = read_spaces, .values = {account_.number}}});
  std::vector<record_space> out;
  for (std::size_t i = 0; i < found[0].size(); ++i) {
    auto const number = found[0].integer(i, 0);
    if (number < 1 || number > static_cast<std::int64_t>(max_record_space))
      throw store_error(client_errc::bad_session_file, to_.place());
    if (!out.empty() && number <= number_of(out.back())) fail_for_nonsense(to_);
    out.push_back(static_cast<record_space>(number));
  }
  return out;
}

}  // namespace mtp::MTP_ABI::libsql
