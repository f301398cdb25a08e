// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/mtp.hpp>

/// The bot: says how long a message is, and what it does when asked for help.
mtp::task<> answer(mtp::update update);
