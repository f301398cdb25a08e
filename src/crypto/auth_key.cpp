// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/crypto/auth_key.hpp>

#include <mtp/crypto/hash.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::crypto {

auth_key::auth_key(std::span<std::uint8_t const, size> data) : empty_(false) {
  std::copy(data.begin(), data.end(), data_.begin());
  auto const digest = sha1(data_);
  aux_hash_ = load_le<std::int64_t>(digest.data());
  id_ = load_le<std::int64_t>(digest.data() + 12);
}

auth_key& auth_key::operator=(auth_key&& from) noexcept {
  if (this == &from) return *this;
  *this = std::as_const(from);
  from.forget();
  return *this;
}

void auth_key::forget() noexcept {
  wipe(data_);
  wipe({reinterpret_cast<std::uint8_t*>(&aux_hash_), sizeof aux_hash_});
  id_ = 0;
  empty_ = true;
}

std::optional<auth_key> auth_key::left_padded(bytes_view number) {
  if (number.size() > size) return std::nullopt;
  wiped_bytes<size> whole;
  std::copy(number.begin(), number.end(), whole.end() - static_cast<std::ptrdiff_t>(number.size()));
  return auth_key(whole);
}

}  // namespace mtp::MTP_ABI::crypto
