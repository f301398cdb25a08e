// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

/// The version of this library, as major * 10000 + minor * 100 + patch.
#define MTP_VERSION 100

// GCC before 13 destroys an owning aggregate twice when it is a temporary of a co_await expression.
// Public functions delete the overload that would take one, so that the mistake does not compile.
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13
#define MTP_GCC12 1
#endif
