// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/byte_stream.hpp>

namespace mtp::MTP_ABI::detail {

/// Connects a socket. Cancellation: terminal. Errors: those of the system.
task<std::unique_ptr<byte_stream>> connect_tcp(asio::any_io_executor strand,
                                               asio::ip::tcp::endpoint to);

/// Errors: throws those of the system.
std::unique_ptr<byte_listener> listen_tcp(asio::any_io_executor strand, asio::ip::tcp::endpoint at);

}  // namespace mtp::MTP_ABI::detail
