// SPDX-License-Identifier: MIT OR Apache-2.0
#include "transfer/sink.hpp"

#include <mtp/core/error.hpp>

#include <utility>

namespace mtp::MTP_ABI::transfer {

task<std::uint64_t> sink::reopen(environment& world, asio::any_io_executor strand) {
  co_await open(world, std::move(strand));
  co_return std::uint64_t{0};
}

task<> sink::read_back(std::uint64_t, mutable_bytes) {
  throw error(make_error_code(client_errc::bad_argument), "this sink keeps nothing");
  co_return;
}

task<> sink::cut(std::uint64_t) { co_return; }

}  // namespace mtp::MTP_ABI::transfer
