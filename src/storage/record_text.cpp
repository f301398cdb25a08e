// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storage/record_text.hpp"

#include "core/base64.hpp"
#include "storage/file/entry_reader.hpp"

#include <mtp/core/wipe.hpp>
#include <mtp/storage/store_error.hpp>

#include <openssl/sha.h>
#include <zlib.h>

#include <algorithm>

namespace mtp::MTP_ABI::detail {
namespace {

constexpr std::uint8_t text_version = 1;
constexpr std::size_t text_head_size = 9;

bytes short_digest(bytes_view data) {
  bytes out(SHA256_DIGEST_LENGTH);
  SHA256(data.data(), data.size(), out.data());
  out.resize(text_head_size - 1);
  return out;
}

[[noreturn]] void throw_bad_text() {
  throw store_error(client_errc::bad_session_file, "the text of a session");
}

bytes deflated(bytes_view data) {
  bytes out(::compressBound(data.size()));
  uLongf size = out.size();
  if (::compress2(out.data(), &size, data.data(), data.size(), Z_BEST_COMPRESSION) != Z_OK)
    throw std::bad_alloc();
  out.resize(size);
  return out;
}

/// Begins with how long it is inflated.
bytes inflated(bytes_view data) {
  if (data.size() < 4) throw_bad_text();
  uLongf size = load_le<std::uint32_t>(data.data());
  auto const packed = data.subspan(4);
  // Deflate makes at most some thousand bytes of one.
  if (size > 2 * max_record_text || size / 2048 > packed.size()) throw_bad_text();
  bytes out(size);
  bool const good = ::uncompress(out.data(), &size, packed.data(), packed.size()) == Z_OK;
  if (!good || size != out.size()) throw_bad_text();
  return out;
}

secret<bytes> from_base64(std::string_view text) {
  if (text.size() > 3 * max_record_text || text.ends_with('=')) throw_bad_text();
  auto read = base64::decode(text, base64::alphabet::url);
  if (!read) throw_bad_text();
  return std::move(*read);
}

}  // namespace

secret<std::string> encode_record_text(write_batch const& records) {
  bytes entries;
  for (auto const& one : records.writes())
    append_entry(entries, one.what, one.space, one.id, one.value);
  bytes content(4);
  store_le(content.data(), static_cast<std::uint32_t>(entries.size()));
  append(content, deflated(entries));
  bytes all{text_version};
  append(all, short_digest(content));
  append(all, content);
  auto text = base64::encode(all, base64::alphabet::url, false);
  for (auto* used : {&entries, &content, &all}) wipe(*used);
  return text;
}

write_batch decode_record_text(std::string_view text) {
  auto const read = from_base64(text);
  auto const& all = read.reveal();
  if (all.size() < text_head_size || all[0] == 0) throw_bad_text();
  if (all[0] > text_version) throw store_error(client_errc::newer_store, "the text of a session");
  auto const content = bytes_view(all).subspan(text_head_size);
  if (!std::ranges::equal(short_digest(content), bytes_view(all).subspan(1, text_head_size - 1)))
    throw_bad_text();
  auto const entries = inflated(content);
  write_batch out;
  entry_reader from(entries);
  while (auto const one = from.next()) {
    if (one->what != record_write::kind::put) throw_bad_text();
    out.put(one->space, bytes(one->id.begin(), one->id.end()),
            bytes(one->value.begin(), one->value.end()));
  }
  if (!from.is_done()) throw_bad_text();
  return out;
}

}  // namespace mtp::MTP_ABI::detail
