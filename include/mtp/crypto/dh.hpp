// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/error.hpp>
#include <mtp/core/random.hpp>
#include <mtp/core/result.hpp>
#include <mtp/crypto/wipe.hpp>

#include <memory>
#include <optional>

namespace mtp::MTP_ABI::crypto {

/// A number modulo a prime of 2048 bits, highest byte first, filled up with zeros on the left.
using dh_value = std::array<std::uint8_t, 256>;
/// Such a number when it is secret.
using dh_secret = wiped_bytes<256>;

/// The prime that Telegram's servers have always sent; fits the generators 3, 4 and 7.
MTP_API dh_value const& known_dh_prime();

/// True when `g` generates the subgroup that the protocol wants modulo `prime` (any length).
MTP_API bool generator_fits(int g, bytes_view prime);

/// Checks that the number has 2048 bits exactly and that it and its half are primes. The known
/// prime passes at once; others cost some 0.2 s once, then a bounded memory knows them.
///
/// Threads: may be called by several at once.
MTP_API bool is_safe_prime(bytes_view number);

/// A Diffie-Hellman group whose prime and generator have been checked.
/// Threads: immutable once made; any number of threads may read it.
class MTP_API dh_group {
 public:
  /// Errors: bad_dh_prime, bad_dh_generator.
  static result<dh_group, protocol_errc> make(bytes_view prime, int g);
  /// Without any check, for a server that must misbehave in a test.
  static dh_group unchecked(dh_value const& prime, int g);
  dh_group(dh_group&&) noexcept;
  dh_group& operator=(dh_group&&) noexcept;
  ~dh_group();

  dh_value const& prime() const noexcept;
  int generator() const noexcept;

  /// True when a public value is so far from both ends that it gives nothing away: from 2^1984 to
  /// prime - 2^1984.
  bool in_range(bytes_view value) const;
  /// The generator, or `base`, to the power of a secret, in time that does not depend on it.
  dh_value power_of_generator(bytes_view secret) const;
  dh_secret power(bytes_view base, bytes_view secret) const;

  /// A secret together with its public value, which is in range.
  struct pair {
    dh_secret secret;
    dh_value public_value = {};
  };
  /// Empty when the group gives no such value in several tries, which no checked group does.
  std::optional<pair> draw(random_source& random) const;

 private:
  struct state;
  explicit dh_group(std::unique_ptr<state> s);
  std::unique_ptr<state> state_;
};

}  // namespace mtp::MTP_ABI::crypto
