// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

/// A bot asks the offline data centre, in this process, who it is. The exit code of the program.
int talk_to_the_data_centre();

/// A library of somebody else, made with Boost.Asio, waits a millisecond.
bool other_library_waits();
