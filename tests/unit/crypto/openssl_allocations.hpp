// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <cstddef>

namespace mtp::test {

/// How often OpenSSL has taken memory in this program.
std::size_t openssl_allocations();

}  // namespace mtp::test
