// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/client/config.hpp>
#include <mtp/testing/data_centre.hpp>
#include <mtp/testing/simulation.hpp>

namespace mtp::test {

/// Data centre 2 at 10.0.0.2:443, with the key that ready_client() trusts.
testing::data_centre_config ready_centre(testing::simulation const& in);

/// A client of that data centre, signed in as the bot `account` under a key that is drawn; with 0
/// it has neither.
client_config ready_client(testing::simulation& in, testing::data_centre& home,
                           std::int64_t account);

}  // namespace mtp::test
