// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

/// The version of this library, as major * 10000 + minor * 100 + patch.
#define MTP_VERSION 100

/// Every name of this library lies in a namespace of its minor version, so that what is compiled
/// with the headers of one does not link with another, and both may be in one program. Nobody has
/// to write it: `mtp::client` is found. Declarations without a definition are in <mtp/fwd.hpp>.
#define MTP_ABI inline v0_1

/// What a shared library gives to others; all other names are its own.
#define MTP_API [[gnu::visibility("default")]]

// GCC before 13 destroys an owning aggregate twice when it is a temporary of a co_await expression.
// Public functions delete the overload that would take one, so that the mistake does not compile.
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13
#define MTP_GCC12 1
#endif
