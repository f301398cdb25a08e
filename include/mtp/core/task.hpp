// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <asio/any_io_executor.hpp>
#include <asio/awaitable.hpp>

namespace mtp::MTP_ABI {

/// A coroutine of this library: Asio's own, so that every Asio program can use it.
template <class T = void>
using task = asio::awaitable<T>;

}  // namespace mtp::MTP_ABI
