// SPDX-License-Identifier: MIT OR Apache-2.0
// What one key exchange costs each side in CPU time, and the part that taking pq apart has in it.
#include <mtp/crypto/factorize.hpp>
#include <mtp/mtproto/client_handshake.hpp>
#include <mtp/mtproto/server_handshake.hpp>
#include <support/rsa_keys.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

namespace {

using namespace mtp;
using mtproto::client_handshake;
using mtproto::server_handshake;

double cpu_ms() {
  timespec now = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

/// Adds what `work` takes to `sum` and gives what it gives.
template <class Work>
auto timed(double& sum, Work work) {
  double const start = cpu_ms();
  auto value = work();
  sum += cpu_ms() - start;
  return value;
}

bytes packet_of(server_handshake::action const& action) {
  if (auto const* made = std::get_if<server_handshake::established>(&action)) return made->packet;
  return std::get<server_handshake::send>(action).packet;
}

struct cost {
  double client = 0;
  double server = 0;
};

cost exchange(crypto::rsa_private_key const& key) {
  cost spent;
  moment const now = current_moment();
  client_handshake client({key.public_key()}, system_random());
  server_handshake server(key, system_random());
  auto action = timed(spent.client, [&] { return client.start(now); });
  while (auto const* send = std::get_if<client_handshake::send>(&action)) {
    bytes const request = send->packet;
    auto const answer = timed(spent.server, [&] { return server.on_packet(request, now); });
    action = timed(spent.client, [&] { return client.on_packet(packet_of(answer), now); });
  }
  if (!std::holds_alternative<client_handshake::done>(action)) std::abort();
  return spent;
}

std::uint64_t random_prime() {
  for (;;) {
    std::uint64_t const n = (system_random().make<std::uint32_t>() & 0x7fffffffU) | 0x40000001U;
    if (crypto::is_prime(n)) return n;
  }
}

double factorisation() {
  std::uint64_t const p = random_prime();
  std::uint64_t const q = random_prime();
  double spent = 0;
  auto const pair = timed(spent, [&] { return crypto::factorize(p * q); });
  if (!pair && p != q) std::abort();
  return spent;
}

void show(char const* name, std::vector<double> ms) {
  std::ranges::sort(ms);
  std::printf("%-10s median %7.3f ms   p99 %7.3f ms   of %zu\n", name, ms[ms.size() / 2],
              ms[ms.size() * 99 / 100], ms.size());
}

}  // namespace

int main() {
  auto const key = *crypto::rsa_private_key::from_pem(test::rsa_keys::private_pkcs8);
  std::vector<double> client;
  std::vector<double> server;
  std::vector<double> factors;
  for (int i = 0; i < 200; ++i) {
    auto const spent = exchange(key);
    client.push_back(spent.client);
    server.push_back(spent.server);
    factors.push_back(factorisation());
  }
  show("client", std::move(client));
  show("server", std::move(server));
  show("factors", std::move(factors));
}
