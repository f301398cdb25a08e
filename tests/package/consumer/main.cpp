// SPDX-License-Identifier: MIT OR Apache-2.0
// The one program that every way of installing the library builds and runs: it needs headers,
// generated types and compiled code, and where the offline data centre is there a bot talks to it.
#include "consumer.hpp"

#include <mtp/mtp.hpp>
#include <mtp/tl/api.hpp>

#include <cstdio>

namespace {

bool encodes_a_request() {
  mtp::tl::users::getUsers const request{.id = {mtp::tl::inputUserSelf{}}};
  auto const encoded = mtp::tl::encode(request);
  if (!encoded) return false;
  auto const decoded = mtp::tl::decode<mtp::tl::users::getUsers>(*encoded);
  std::printf("layer %d, %zu bytes\n", mtp::tl::layer, encoded->size());
  return decoded && **decoded == request;
}

/// What the library throws is caught by its type, also from a shared object.
bool catches_its_errors() {
  try {
    mtp::throw_rpc_error(mtp::parse_rpc_error(420, "FLOOD_WAIT_7", "users.getUsers"));
  } catch (mtp::flood_wait const& wait) {
    return wait.retry_after() == std::chrono::seconds(7);
  }
}

}  // namespace

int main() {
  if (!encodes_a_request() || !catches_its_errors()) return 1;
#ifdef CONSUMER_HAS_OTHER
  if (!other_library_waits()) return 1;
#endif
#ifdef CONSUMER_HAS_TESTING
  return talk_to_the_data_centre();
#else
  return 0;
#endif
}
