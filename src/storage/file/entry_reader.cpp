// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storage/file/entry_reader.hpp"

#include "core/wire.hpp"

namespace mtp::MTP_ABI::detail {
namespace {

bool is_space(std::uint8_t number) { return number >= 1 && number <= max_record_space; }
bool is_kind(std::uint8_t number) { return number >= 1 && number <= 3; }

}  // namespace

void append_entry(bytes& to, record_write::kind what, record_space space, bytes_view id,
                  bytes_view value) {
  to.push_back(static_cast<std::uint8_t>(what));
  to.push_back(static_cast<std::uint8_t>(space));
  wire::append_number(to, static_cast<std::uint16_t>(id.size()));
  wire::append_number(to, static_cast<std::uint32_t>(value.size()));
  append(to, id);
  append(to, value);
}

std::optional<entry_view> entry_reader::next() {
  auto const rest = all_.subspan(at_);
  if (rest.size() < entry_head_size || !is_kind(rest[0]) || !is_space(rest[1])) return {};
  std::size_t const id_size = load_le<std::uint16_t>(&rest[2]);
  std::size_t const value_size = load_le<std::uint32_t>(&rest[4]);
  if (id_size + value_size > rest.size() - entry_head_size) return {};
  entry_view out{.what = static_cast<record_write::kind>(rest[0]),
                 .space = static_cast<record_space>(rest[1]),
                 .id = rest.subspan(entry_head_size, id_size),
                 .value = rest.subspan(entry_head_size + id_size, value_size),
                 .value_at = at_ + entry_head_size + id_size};
  at_ = out.value_at + value_size;
  return out;
}

}  // namespace mtp::MTP_ABI::detail
