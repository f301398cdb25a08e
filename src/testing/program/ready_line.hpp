// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/crypto/rsa.hpp>
#include <mtp/testing/dc_address.hpp>
#include <mtp/testing/world/people.hpp>

#include <string>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// The line of JSON by which `mtp-test-dc` says that it is ready, without its end of line.
std::string ready_line(std::vector<dc_address> const& dcs, crypto::rsa_public_key const& key,
                       people const& everybody);

}  // namespace mtp::MTP_ABI::testing
