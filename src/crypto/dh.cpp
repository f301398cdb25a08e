// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/crypto/dh.hpp>

#include "fixed_base.hpp"
#include "openssl.hpp"
#include "prime_memory.hpp"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <mutex>
#include <utility>

namespace mtp::MTP_ABI::crypto {
namespace {

constexpr dh_value known_prime = {
    0xc7, 0x1c, 0xae, 0xb9, 0xc6, 0xb1, 0xc9, 0x04, 0x8e, 0x6c, 0x52, 0x2f, 0x70, 0xf1, 0x3f, 0x73,
    0x98, 0x0d, 0x40, 0x23, 0x8e, 0x3e, 0x21, 0xc1, 0x49, 0x34, 0xd0, 0x37, 0x56, 0x3d, 0x93, 0x0f,
    0x48, 0x19, 0x8a, 0x0a, 0xa7, 0xc1, 0x40, 0x58, 0x22, 0x94, 0x93, 0xd2, 0x25, 0x30, 0xf4, 0xdb,
    0xfa, 0x33, 0x6f, 0x6e, 0x0a, 0xc9, 0x25, 0x13, 0x95, 0x43, 0xae, 0xd4, 0x4c, 0xce, 0x7c, 0x37,
    0x20, 0xfd, 0x51, 0xf6, 0x94, 0x58, 0x70, 0x5a, 0xc6, 0x8c, 0xd4, 0xfe, 0x6b, 0x6b, 0x13, 0xab,
    0xdc, 0x97, 0x46, 0x51, 0x29, 0x69, 0x32, 0x84, 0x54, 0xf1, 0x8f, 0xaf, 0x8c, 0x59, 0x5f, 0x64,
    0x24, 0x77, 0xfe, 0x96, 0xbb, 0x2a, 0x94, 0x1d, 0x5b, 0xcd, 0x1d, 0x4a, 0xc8, 0xcc, 0x49, 0x88,
    0x07, 0x08, 0xfa, 0x9b, 0x37, 0x8e, 0x3c, 0x4f, 0x3a, 0x90, 0x60, 0xbe, 0xe6, 0x7c, 0xf9, 0xa4,
    0xa4, 0xa6, 0x95, 0x81, 0x10, 0x51, 0x90, 0x7e, 0x16, 0x27, 0x53, 0xb5, 0x6b, 0x0f, 0x6b, 0x41,
    0x0d, 0xba, 0x74, 0xd8, 0xa8, 0x4b, 0x2a, 0x14, 0xb3, 0x14, 0x4e, 0x0e, 0xf1, 0x28, 0x47, 0x54,
    0xfd, 0x17, 0xed, 0x95, 0x0d, 0x59, 0x65, 0xb4, 0xb9, 0xdd, 0x46, 0x58, 0x2d, 0xb1, 0x17, 0x8d,
    0x16, 0x9c, 0x6b, 0xc4, 0x65, 0xb0, 0xd6, 0xff, 0x9c, 0xa3, 0x92, 0x8f, 0xef, 0x5b, 0x9a, 0xe4,
    0xe4, 0x18, 0xfc, 0x15, 0xe8, 0x3e, 0xbe, 0xa0, 0xf8, 0x7f, 0xa9, 0xff, 0x5e, 0xed, 0x70, 0x05,
    0x0d, 0xed, 0x28, 0x49, 0xf4, 0x7b, 0xf9, 0x59, 0xd9, 0x56, 0x85, 0x0c, 0xe9, 0x29, 0x85, 0x1f,
    0x0d, 0x81, 0x15, 0xf6, 0x35, 0xb1, 0x05, 0xee, 0x2e, 0x4e, 0x15, 0xd0, 0x4b, 0x24, 0x54, 0xbf,
    0x6f, 0x4f, 0xad, 0xf0, 0x34, 0xb1, 0x04, 0x03, 0x11, 0x9c, 0xd8, 0xe3, 0xb9, 0x2f, 0xcc, 0x5b,
};

constexpr int bits = 2048;
/// A public value keeps this many bits away from 0 and from the prime.
constexpr int margin_bits = 2048 - 64;

prime_memory& accepted_primes() {
  static prime_memory memory;
  return memory;
}

bool is_prime_number(BIGNUM const* n, BN_CTX* context) {
  return BN_check_prime(n, context, nullptr) == 1;
}

/// The test itself, for a number of any origin.
bool passes_prime_test(bytes_view data) {
  auto const p = ossl::to_number(data.data(), data.size());
  if (BN_num_bits(p.get()) != bits || !BN_is_odd(p.get())) return false;
  auto const half = ossl::new_number();
  ossl::check(BN_rshift1(half.get(), p.get()));
  auto const context = ossl::new_context();
  return is_prime_number(p.get(), context.get()) && is_prime_number(half.get(), context.get());
}

unsigned remainder(bytes_view number, unsigned by) {
  unsigned rest = 0;
  for (std::uint8_t const byte : number) rest = (rest * 256 + byte) % by;
  return rest;
}

dh_value to_value(BIGNUM const* n) {
  dh_value out;
  BN_bn2binpad(n, out.data(), static_cast<int>(out.size()));
  return out;
}

/// A number of at most 256 bytes.
dh_secret left_padded(bytes_view number) {
  assert(number.size() <= sizeof(dh_value));
  dh_secret out;
  std::ranges::copy(number, out.end() - std::ssize(number));
  return out;
}

/// Powers of one generator of the known prime. The table is worth its price from the second
/// exchange on, with the fast kernel from the first.
class known_generator {
 public:
  explicit known_generator(int g) : g_(static_cast<std::uint8_t>(g)) {}

  fixed_base const* powers() {
    if (!used_.exchange(true) && best_modular_kernel() == modular_kernel::portable) return nullptr;
    std::call_once(once_, [&] {
      made_ = std::make_unique<fixed_base>(montgomery_2048(known_prime), bytes_view(&g_, 1));
    });
    return made_.get();
  }

 private:
  std::uint8_t g_;
  std::atomic<bool> used_ = false;
  std::once_flag once_;
  std::unique_ptr<fixed_base> made_;
};

/// Null for a generator that does not fit, and when the powers are not worth their table yet.
fixed_base const* known_powers(int g) {
  static known_generator three(3);
  static known_generator four(4);
  static known_generator seven(7);
  switch (g) {
    case 3: return three.powers();
    case 4: return four.powers();
    case 7: return seven.powers();
    default: return nullptr;
  }
}

}  // namespace

dh_value const& known_dh_prime() { return known_prime; }

bool generator_fits(int g, bytes_view prime) {
  auto const is_one_of = [&](unsigned by, std::initializer_list<unsigned> rests) {
    return std::ranges::find(rests, remainder(prime, by)) != rests.end();
  };
  switch (g) {
    case 2: return is_one_of(8, {7});
    case 3: return is_one_of(3, {2});
    case 4: return true;
    case 5: return is_one_of(5, {1, 4});
    case 6: return is_one_of(24, {19, 23});
    case 7: return is_one_of(7, {3, 5, 6});
    default: return false;
  }
}

bool is_safe_prime(bytes_view number) {
  if (std::ranges::equal(number, known_prime)) return true;
  if (number.size() != known_prime.size()) return false;
  auto const hash = sha256(number);
  if (accepted_primes().knows(hash)) return true;
  if (!passes_prime_test(number)) return false;
  accepted_primes().add(hash);
  return true;
}

struct dh_group::state {
  dh_value prime_bytes;
  int g = 0;
  ossl::number prime;
  ossl::number low;   // the least public value
  ossl::number high;  // the greatest
  std::optional<montgomery_2048> field;

  state(dh_value const& p, int generator) : prime_bytes(p), g(generator) {
    prime = ossl::to_number(p.data(), p.size());
    low = ossl::new_number();
    ossl::check(BN_set_bit(low.get(), margin_bits));
    high = ossl::new_number();
    ossl::check(BN_sub(high.get(), prime.get(), low.get()));
    bool const fits = (p.front() & 0x80) != 0 && (p.back() & 1) != 0;
    if (fits && best_modular_kernel() != modular_kernel::portable) field.emplace(p);
  }

  /// By the fast kernel where there is one, else by OpenSSL.
  dh_secret power(bytes_view base, dh_secret const& secret) const {
    if (field) return crypto::power(*field, base, secret);
    auto const b = ossl::to_number(base.data(), base.size());
    auto const exponent = ossl::to_number(secret.data(), secret.size());
    BN_set_flags(exponent.get(), BN_FLG_CONSTTIME);
    auto const out = ossl::new_number();
    auto const context = ossl::new_context();
    ossl::check(BN_mod_exp(out.get(), b.get(), exponent.get(), prime.get(), context.get()));
    return to_value(out.get());
  }
};

dh_group::dh_group(std::unique_ptr<state> s) : state_(std::move(s)) {}
dh_group::dh_group(dh_group&&) noexcept = default;
dh_group& dh_group::operator=(dh_group&&) noexcept = default;
dh_group::~dh_group() = default;

result<dh_group, protocol_errc> dh_group::make(bytes_view prime, int g) {
  if (!is_safe_prime(prime)) return failure{protocol_errc::bad_dh_prime};
  if (!generator_fits(g, prime)) return failure{protocol_errc::bad_dh_generator};
  dh_value p;
  std::ranges::copy(prime, p.begin());
  return unchecked(p, g);
}

dh_group dh_group::unchecked(dh_value const& prime, int g) {
  return dh_group(std::make_unique<state>(prime, g));
}

dh_value const& dh_group::prime() const noexcept { return state_->prime_bytes; }
int dh_group::generator() const noexcept { return state_->g; }

bool dh_group::in_range(bytes_view value) const {
  if (value.size() > state_->prime_bytes.size()) return false;
  auto const n = ossl::to_number(value.data(), value.size());
  return BN_cmp(n.get(), state_->low.get()) >= 0 && BN_cmp(n.get(), state_->high.get()) <= 0;
}

dh_value dh_group::power_of_generator(bytes_view secret) const {
  auto const exponent = left_padded(secret);
  if (state_->prime_bytes == known_prime)
    if (auto const* powers = known_powers(state_->g)) return powers->power(exponent);
  std::uint8_t const g[] = {static_cast<std::uint8_t>(state_->g)};
  return state_->power(g, exponent);
}

dh_secret dh_group::power(bytes_view base, bytes_view secret) const {
  return state_->power(left_padded(base), left_padded(secret));
}

std::optional<dh_group::pair> dh_group::draw(random_source& random) const {
  for (int tries = 0; tries < 16; ++tries) {
    pair drawn;
    random.fill(drawn.secret);
    drawn.public_value = power_of_generator(drawn.secret);
    if (in_range(drawn.public_value)) return drawn;
  }
  return std::nullopt;
}

}  // namespace mtp::MTP_ABI::crypto
