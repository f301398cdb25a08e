// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Version (one byte), mark (four), fields: numbers in groups of seven bits, small ones of either
// sign in one byte; texts behind their length.
#include <mtp/types/callback_data.hpp>

#include "types/buttons.hpp"

#include <mtp/crypto/hash.hpp>
#include <mtp/types/inline_button.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::detail {
namespace {

constexpr std::size_t mark_size = 4;

std::string mark_of(std::string_view name, std::uint8_t version, std::string_view body,
                    bytes_view key) {
  bytes all(name.begin(), name.end());
  all.push_back(0);  // no name has it
  all.push_back(version);
  all.insert(all.end(), body.begin(), body.end());
  auto const digest = crypto::hmac_sha256(key, all);
  return {digest.begin(), digest.begin() + mark_size};
}

/// Takes as long for a mark that is nearly right as for any other.
bool is_same_mark(std::string_view left, std::string_view right) {
  unsigned difference = 0;
  for (std::size_t i = 0; i < mark_size; ++i)
    difference |= static_cast<unsigned char>(left[i]) ^ static_cast<unsigned char>(right[i]);
  return difference == 0;
}

std::uint64_t folded(std::int64_t value) {
  auto const bits = static_cast<std::uint64_t>(value);
  return value < 0 ? ~(bits << 1) : bits << 1;
}

std::int64_t unfolded(std::uint64_t value) {
  auto const half = value >> 1;
  return static_cast<std::int64_t>((value & 1) != 0 ? ~half : half);
}

}  // namespace

void callback_writer::number(std::int64_t value) {
  auto rest = folded(value);
  for (; rest >= 0x80; rest >>= 7) body_ += static_cast<char>(0x80 | (rest & 0x7F));
  body_ += static_cast<char>(rest);
}

void callback_writer::text(std::string_view value) {
  number(static_cast<std::int64_t>(value.size()));
  body_ += value;
}

std::string callback_writer::take(std::string_view name, std::uint8_t version, bytes_view key) {
  auto out = static_cast<char>(version) + mark_of(name, version, body_, key) + body_;
  check_limit(out.size(), inline_button::max_data, "bytes of callback data");
  return out;
}

callback_reader::callback_reader(std::string_view data, std::string_view name, std::uint8_t version,
                                 bytes_view key) {
  bool const is_of_version = data.size() > mark_size && data.size() <= inline_button::max_data &&
                             static_cast<std::uint8_t>(data.front()) == version;
  if (!is_of_version) return;
  rest_ = data.substr(1 + mark_size);
  ok_ = is_same_mark(data.substr(1), mark_of(name, version, rest_, key));
}

std::int64_t callback_reader::number() {
  std::uint64_t out = 0;
  for (int shift = 0; ok_ && shift < 64; shift += 7) {
    if (rest_.empty()) break;
    auto const byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    out |= std::uint64_t{byte & 0x7FU} << shift;
    if (byte < 0x80) return unfolded(out);
  }
  fail();
  return 0;
}

std::string_view callback_reader::text() {
  auto const size = number();
  if (!ok_ || size < 0 || static_cast<std::uint64_t>(size) > rest_.size()) {
    fail();
    return {};
  }
  auto const out = rest_.substr(0, static_cast<std::size_t>(size));
  rest_.remove_prefix(out.size());
  return out;
}

}  // namespace mtp::MTP_ABI::detail
