// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storage/file/record_format.hpp"

#include "core/wire.hpp"
#include "storage/file/entry_reader.hpp"

#include <zlib.h>

#include <algorithm>

namespace mtp::MTP_ABI::detail {
namespace {

constexpr std::string_view frame_mark = "frme";
constexpr std::size_t checked_from = 16;  // of the header: behind its own checksum

}  // namespace

std::uint32_t checksum(bytes_view data) {
  return static_cast<std::uint32_t>(::crc32_z(0, data.data(), data.size()));
}

std::string key_text(record_space space, bytes_view id) {
  std::string out(1, static_cast<char>(space));
  out += as_text(id);
  return out;
}

bytes encode_header(record_header const& header) {
  bytes rest = wire::writer()
                   .number(header.index_at)
                   .number(header.index_size)
                   .number(header.index_checksum)
                   .number(header.blocks)
                   .number(header.first_frame)
                   .take();
  rest.resize(record_header_size - checked_from);
  return wire::writer()
      .raw(as_bytes(record_file_magic))
      .number(record_file_version)
      .number(checksum(rest))
      .raw(rest)
      .take();
}

header_fault decode_header(bytes_view from, record_header& out) {
  if (as_text(from.first(record_file_magic.size())) != record_file_magic)
    return header_fault::damaged;
  if (load_le<std::uint32_t>(&from[8]) > record_file_version) return header_fault::newer;
  if (load_le<std::uint32_t>(&from[8]) == 0) return header_fault::damaged;
  auto const rest = from.subspan(checked_from);
  if (load_le<std::uint32_t>(&from[12]) != checksum(rest)) return header_fault::damaged;
  wire::reader in(rest);
  out.index_at = in.number<std::uint64_t>();
  out.index_size = in.number<std::uint64_t>();
  out.index_checksum = in.number<std::uint32_t>();
  out.blocks = in.number<std::uint32_t>();
  out.first_frame = in.number<std::uint64_t>();
  return header_fault::none;
}

bytes encode_frame(std::uint64_t number, std::uint64_t durable, write_batch const& batch) {
  bytes out;
  out.reserve(frame_head_size + batch.size());
  append(out, as_bytes(frame_mark));
  out.resize(frame_head_size);
  for (auto const& one : batch.writes()) append_entry(out, one.what, one.space, one.id, one.value);
  store_le(&out[8], static_cast<std::uint32_t>(out.size() - frame_head_size));
  store_le(&out[12], number);
  store_le(&out[20], durable);
  store_le(&out[4], checksum(bytes_view(out).subspan(8)));
  return out;
}

std::size_t frame_size(bytes_view head) {
  if (as_text(head.first(frame_mark.size())) != frame_mark) return 0;
  auto const entries = load_le<std::uint32_t>(&head[8]);
  return entries <= max_batch_bytes ? frame_head_size + entries : 0;
}

frame_numbers frame_numbers_of(bytes_view head) {
  return {.number = load_le<std::uint64_t>(&head[12]),
          .durable = load_le<std::uint64_t>(&head[20])};
}

std::optional<frame_view> decode_frame(bytes_view from) {
  if (load_le<std::uint32_t>(&from[4]) != checksum(from.subspan(8))) return {};
  return frame_view{.number = load_le<std::uint64_t>(&from[12]),
                    .durable = load_le<std::uint64_t>(&from[20]),
                    .entries = from.subspan(frame_head_size)};
}

}  // namespace mtp::MTP_ABI::detail
