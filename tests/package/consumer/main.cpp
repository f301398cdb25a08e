// SPDX-License-Identifier: MIT OR Apache-2.0
// The least program that needs headers, generated types and compiled code of the package: encodes
// one request and reads it back.
#include <mtp/mtp.hpp>
#include <mtp/tl/api.hpp>

#include <cstdio>

int main() {
  mtp::tl::users::getUsers request{.id = {mtp::tl::inputUserSelf{}}};
  auto encoded = mtp::tl::encode(request);
  if (!encoded) return 1;
  auto decoded = mtp::tl::decode<mtp::tl::users::getUsers>(*encoded);
  if (!decoded || !(**decoded == request)) return 1;
  std::printf("layer %d, %zu bytes\n", mtp::tl::layer, encoded->size());
  return 0;
}
