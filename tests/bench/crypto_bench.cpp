// SPDX-License-Identifier: MIT OR Apache-2.0
// The kernels beside OpenSSL's own functions and beside what no kernel can go below: one message is
// a chain, in which each block waits for fourteen rounds and an xor. The chain alone is timed in
// the same run, in turn with everything else; of many rounds the best counts. The last line is
// JSON.
#define OPENSSL_SUPPRESS_DEPRECATED

#include <mtp/core/random.hpp>
#include <mtp/crypto/message_cipher.hpp>

#include <crypto/decrypt_and_hash.hpp>
#include <crypto/ige_stream.hpp>
#include <crypto/kernels.hpp>
#include <crypto/sha256.hpp>
#include <crypto/x86_kernels.hpp>
#include <openssl/aes.h>
#include <openssl/sha.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#ifdef MTP_X86_KERNELS
#include <immintrin.h>
#endif

namespace {

using namespace mtp;
using crypto::aes_kernel;
using crypto::kernel_choice;
using crypto::sha_kernel;

// --- What is timed
// --------------------------------------------------------------------------------

/// Something whose time is taken: `work` does it `count` times.
struct item {
  std::string name;
  std::size_t size;
  kernel_choice kernels;
  std::function<void(std::size_t count)> work;
  double best = 1e9;  // seconds for one time
};

class table {
 public:
  template <class Once>
  void add(std::string name, std::size_t size, kernel_choice kernels, Once once) {
    auto const work = [once](std::size_t count) mutable {
      for (; count != 0; --count) once();
    };
    items_.push_back({std::move(name), size, kernels, work});
  }

  /// Times everything in turn, so that what disturbs the machine disturbs all alike.
  void measure(int rounds) {
    for (int i = 0; i < rounds; ++i)
      for (auto& one : items_) time(one);
  }

  std::deque<item> const& items() const { return items_; }
  /// The best time of one; 0 when it was not measured here.
  double operator()(std::string const& name, std::size_t size) const {
    for (auto const& one : items_)
      if (one.name == name && one.size == size) return one.best;
    return 0;
  }

 private:
  static void time(item& one) {
    using clock = std::chrono::steady_clock;
    constexpr std::size_t bytes_a_round = 1U << 18;
    std::size_t const count = std::max<std::size_t>(1, bytes_a_round / one.size);
    crypto::use_kernels(one.kernels);
    auto const start = clock::now();
    one.work(count);
    std::chrono::duration<double> const spent = clock::now() - start;
    one.best = std::min(one.best, spent.count() / static_cast<double>(count));
  }

  std::deque<item> items_;
};

// --- The bound
// ------------------------------------------------------------------------------------

#ifdef MTP_X86_KERNELS

/// So many blocks of nothing but the chain, which goes on where the call before ended: else two
/// calls would overlap.
__attribute__((target("aes,sse4.1"))) void chain(std::size_t blocks, int128& kept) {
  __m128i state = _mm_loadu_si128(reinterpret_cast<__m128i const*>(kept.data()));
  __m128i const key = _mm_set1_epi32(2);
  for (; blocks != 0; --blocks) {
    state = _mm_xor_si128(state, key);
#pragma GCC unroll 13
    for (int round = 0; round < 13; ++round) state = _mm_aesenc_si128(state, key);
    state = _mm_aesenclast_si128(state, key);
  }
  _mm_storeu_si128(reinterpret_cast<__m128i*>(kept.data()), state);
}

void add_bound(table& all, std::size_t size) {
  if (!crypto::cpu().aes) return;
  auto const state = std::make_shared<int128>();
  all.add("bound", size, {}, [=] { chain(size / crypto::aes_block, *state); });
}

#else

void add_bound(table&, std::size_t) {}

#endif

// --- The kernels
// ----------------------------------------------------------------------------------

constexpr std::size_t max_messages = 8;

/// Messages of one size with keys of their own.
struct messages {
  explicit messages(std::size_t size) {
    for (auto& m : all) {
      m = {system_random().make<int256>(), system_random().make<int256>(), bytes(size)};
      jobs.push_back({m.key, m.iv, m.data, m.data});
    }
  }
  messages(messages const&) = delete;
  messages& operator=(messages const&) = delete;

  struct message {
    int256 key;
    int256 iv;
    bytes data;
  };
  std::array<message, max_messages> all;
  std::vector<crypto::ige_message> jobs;
};

template <bool Encrypt>
void add_openssl_ige(table& all, std::string const& name, messages& m, std::size_t size) {
  AES_KEY key;
  Encrypt ? AES_set_encrypt_key(m.all[0].key.data(), 256, &key)
          : AES_set_decrypt_key(m.all[0].key.data(), 256, &key);
  all.add(name, size, {}, [&m, key, size] {
    auto& one = m.all[0];
    AES_ige_encrypt(one.data.data(), one.data.data(), size, &key, one.iv.data(),
                    Encrypt ? AES_ENCRYPT : AES_DECRYPT);
  });
}

/// One message whose round keys stand ready: the kernel alone.
template <bool Encrypt>
void add_kernel(table& all, std::string const& name, messages& m, std::size_t size,
                kernel_choice kernels) {
  crypto::use_kernels(kernels);
  auto const stream = std::make_shared<crypto::ige_stream<Encrypt>>(m.all[0].key, m.all[0].iv);
  all.add(name, size, kernels, [&m, stream, size] {
    stream->run(m.all[0].data.data(), m.all[0].data.data(), size / crypto::aes_block);
  });
}

void add_ige(table& all, messages& m, std::size_t size, kernel_choice best) {
  auto const whole = [&](std::string const& name, auto way, kernel_choice kernels) {
    all.add(name, size, kernels,
            [&one = m.all[0], way] { way(one.key, one.iv, one.data, one.data); });
  };
  auto const many = [&](std::string const& name, auto way, std::size_t count) {
    all.add(name, size, best, [jobs = std::span(m.jobs).first(count), way] { way(jobs); });
  };
  add_kernel<true>(all, "ige_encrypt", m, size, best);
  add_kernel<false>(all, "ige_decrypt", m, size, best);
  whole("ige_encrypt_with_schedule", crypto::ige_encrypt, best);
  whole("ige_decrypt_with_schedule", crypto::ige_decrypt, best);
  whole("ige_encrypt_portable", crypto::ige_encrypt, {});
  whole("ige_decrypt_portable", crypto::ige_decrypt, {});
  many("ige_encrypt_four", crypto::ige_encrypt_many, 4);
  many("ige_decrypt_four", crypto::ige_decrypt_many, 4);
  many("ige_encrypt_eight", crypto::ige_encrypt_many, 8);
  many("ige_decrypt_eight", crypto::ige_decrypt_many, 8);
  add_openssl_ige<true>(all, "openssl_ige_encrypt", m, size);
  add_openssl_ige<false>(all, "openssl_ige_decrypt", m, size);
}

void add_hashing(table& all, messages& m, std::size_t size, kernel_choice best) {
  auto& data = m.all[0].data;
  all.add("sha256", size, best, [&data] { (void)crypto::sha256(data); });
  all.add("openssl_sha256", size, {}, [&data] {
    std::uint8_t out[SHA256_DIGEST_LENGTH];
    SHA256(data.data(), data.size(), out);
  });
  crypto::aes_key_iv key;
  key.key = m.all[0].key;
  key.iv = m.all[0].iv;
  auto const before = system_random().make<int256>();
  all.add("fused", size, best,
          [&data, key, before] { (void)crypto::decrypt_and_hash(key, before, data); });
  all.add("two_passes", size, best, [&data, key, before] {
    int256 iv = key.iv;
    crypto::ige_decrypt(key.key, iv, data, data);
    (void)crypto::sha256({before, data});
  });
}

void add_packets(table& all, messages& m, std::size_t size, kernel_choice best) {
  auto const key = std::make_shared<crypto::auth_key>(
      system_random().make<std::array<std::uint8_t, crypto::auth_key::size>>());
  auto& data = m.all[1].data;
  auto const packet = std::make_shared<bytes>(size + crypto::packet_header);
  all.add("seal", size, best, [&data, key, packet] {
    bytes_view const part = data;
    crypto::seal(*key, crypto::direction::to_server, {&part, 1}, *packet);
  });
  auto const sealed =
      std::make_shared<bytes const>(crypto::seal(*key, crypto::direction::to_client, data));
  all.add("open", size, best, [key, sealed, packet] {
    *packet = *sealed;
    if (!crypto::open_in_place(*key, crypto::direction::to_client, *packet)) std::abort();
  });
}

// --- What is shown
// --------------------------------------------------------------------------------

void show(table const& all) {
  std::printf("%-28s %8s %12s %10s\n", "", "bytes", "ns", "MB/s");
  for (auto const& one : all.items()) {
    bool const four = one.name.ends_with("_four");
    double const messages_in_it = four ? 4 : one.name.ends_with("_eight") ? 8 : 1;
    std::printf("%-28s %8zu %12.1f %10.0f\n", one.name.c_str(), one.size, one.best * 1e9,
                messages_in_it * static_cast<double>(one.size) / one.best * 1e-6);
  }
}

using ratios = std::vector<std::pair<std::string, double>>;

void add_ratio(ratios& to, std::string name, double above, double below) {
  if (above != 0 && below != 0) to.emplace_back(std::move(name), above / below);
}

/// The ratios of one size, under names that end in the size unless it is the one that counts.
void add_ratios(ratios& to, table const& t, std::size_t size, std::string const& end) {
  double const bound = t("bound", size);
  double const encrypt = t("ige_encrypt", size);
  double const decrypt = t("ige_decrypt", size);
  add_ratio(to, "ige_encrypt_of_bound" + end, bound, encrypt);
  add_ratio(to, "ige_decrypt_of_bound" + end, bound, decrypt);
  add_ratio(to, "ige_encrypt_with_schedule_of_bound" + end, bound,
            t("ige_encrypt_with_schedule", size));
  add_ratio(to, "ige_decrypt_with_schedule_of_bound" + end, bound,
            t("ige_decrypt_with_schedule", size));
  double const four = std::max(t("ige_encrypt_four", size), t("ige_decrypt_four", size));
  double const eight = std::max(t("ige_encrypt_eight", size), t("ige_decrypt_eight", size));
  double const one =
      std::min(t("ige_encrypt_with_schedule", size), t("ige_decrypt_with_schedule", size));
  add_ratio(to, "four_of_one" + end, 4 * one, four);
  add_ratio(to, "eight_of_one" + end, 8 * one, eight);
  add_ratio(to, "fused_of_two_passes" + end, t("two_passes", size), t("fused", size));
  add_ratio(to, "fused_of_bound" + end, bound, t("fused", size));
  add_ratio(to, "ige_encrypt_of_openssl" + end, t("openssl_ige_encrypt", size), encrypt);
  add_ratio(to, "ige_decrypt_of_openssl" + end, t("openssl_ige_decrypt", size), decrypt);
  add_ratio(to, "ige_encrypt_of_portable" + end, t("ige_encrypt_portable", size),
            t("ige_encrypt_with_schedule", size));
  add_ratio(to, "ige_decrypt_of_portable" + end, t("ige_decrypt_portable", size),
            t("ige_decrypt_with_schedule", size));
  add_ratio(to, "sha256_of_openssl" + end, t("openssl_sha256", size), t("sha256", size));
}

std::string yes_or_no(bool yes) { return yes ? "yes" : "no"; }

void show_json(table const& all, ratios const& found) {
  auto const& cpu = crypto::cpu();
  std::printf(R"({"aes_ni": %s, "vaes": %s, "sha_ni": %s)", cpu.aes ? "true" : "false",
              cpu.vaes ? "true" : "false", cpu.sha ? "true" : "false");
  for (auto const& [name, value] : found) std::printf(R"(, "%s": %.3f)", name.c_str(), value);
  for (auto const& one : all.items())
    std::printf(R"(, "%s_%zu_ns": %.1f)", one.name.c_str(), one.size, one.best * 1e9);
  std::printf("}\n");
}

}  // namespace

int main() {
  constexpr std::size_t sizes[] = {256, 4096, 65536};
  constexpr std::size_t that_counts = 65536;
  constexpr int rounds = 150;
  auto const best = crypto::best_kernels();
  auto const& cpu = crypto::cpu();
  std::printf("this machine: AES-NI %s, VAES %s, SHA-NI %s\n", yes_or_no(cpu.aes).c_str(),
              yes_or_no(cpu.vaes).c_str(), yes_or_no(cpu.sha).c_str());
  table all;
  std::deque<messages> data;
  for (std::size_t const size : sizes) {
    auto& m = data.emplace_back(size);
    add_bound(all, size);
    add_ige(all, m, size, best);
    add_hashing(all, m, size, best);
    add_packets(all, m, size, best);
  }
  all.measure(rounds);
  crypto::use_kernels(best);
  show(all);
  ratios found;
  add_ratios(found, all, that_counts, "");
  for (std::size_t const size : sizes)
    if (size != that_counts) add_ratios(found, all, size, "_" + std::to_string(size));
  for (auto const& [name, value] : found) std::printf("%-44s %8.3f\n", name.c_str(), value);
  show_json(all, found);
}
