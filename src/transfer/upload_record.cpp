// SPDX-License-Identifier: MIT OR Apache-2.0
#include "transfer/upload_record.hpp"

#include "transfer/part_plan.hpp"

#include <algorithm>
#include <type_traits>

namespace mtp::MTP_ABI::transfer {
namespace {

constexpr std::uint8_t version = 1;
constexpr std::size_t bits = 8;

template <class T>
void put_number(bytes& out, T number) {
  auto rest = static_cast<std::make_unsigned_t<T>>(number);
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    out.push_back(static_cast<std::uint8_t>(rest));
    rest = static_cast<decltype(rest)>(static_cast<std::uint64_t>(rest) >> bits);
  }
}

/// Takes what was put, in order.
struct record_reader {
  bytes_view rest;
  bool is_good = true;

  bytes_view take(std::size_t count) {
    is_good = is_good && count <= rest.size();
    if (!is_good) return {};
    auto const out = rest.first(count);
    rest = rest.subspan(count);
    return out;
  }
  template <class T>
  void number(T& to) {
    std::uint64_t value = 0;
    auto const from = take(sizeof(T));
    for (std::size_t i = 0; i < from.size(); ++i) value |= std::uint64_t{from[i]} << (bits * i);
    to = static_cast<T>(value);
  }
};

bytes packed(std::vector<bool> const& from) {
  bytes out((from.size() + bits - 1) / bits);
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (from[i]) out[i / bits] |= static_cast<std::uint8_t>(1u << (i % bits));
  }
  return out;
}

std::vector<bool> unpacked(bytes_view from, std::size_t count) {
  std::vector<bool> out(count);
  for (std::size_t i = 0; i < count; ++i) out[i] = (from[i / bits] >> (i % bits) & 1) != 0;
  return out;
}

}  // namespace

bytes encode_record(upload_record const& what) {
  bytes out{version};
  put_number(out, what.file_id);
  put_number(out, what.dc);
  put_number(out, what.part_size);
  put_number(out, what.size);
  put_number(out, what.changed);
  append(out, what.head);
  put_number(out, what.stored_at);
  put_number(out, static_cast<std::uint32_t>(what.saved.size()));
  append(out, packed(what.saved));
  return out;
}

std::optional<upload_record> decode_record(bytes_view from) {
  record_reader in{from};
  upload_record out;
  std::uint8_t written_as = 0;
  std::uint32_t parts = 0;
  in.number(written_as);
  in.number(out.file_id);
  in.number(out.dc);
  in.number(out.part_size);
  in.number(out.size);
  in.number(out.changed);
  std::ranges::copy(in.take(out.head.size()), out.head.begin());
  in.number(out.stored_at);
  in.number(parts);
  if (!in.is_good || written_as != version) return std::nullopt;
  if (parts > static_cast<std::uint32_t>(max_premium_parts)) return std::nullopt;
  if (in.rest.size() != (parts + bits - 1) / bits) return std::nullopt;
  out.saved = unpacked(in.rest, parts);
  return out;
}

}  // namespace mtp::MTP_ABI::transfer
