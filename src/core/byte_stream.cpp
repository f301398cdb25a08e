// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/byte_stream.hpp>

#include <asio/error.hpp>

namespace mtp::MTP_ABI {

task<> write_all(byte_stream& to, bytes_view from) {
  while (!from.empty()) {
    std::error_code failed;
    std::size_t const taken = to.write_some(from, failed);
    from = from.subspan(taken);
    bool const full = failed == asio::error::would_block;
    if (failed && !full) throw std::system_error(failed);
    if (full) co_await to.writable();
  }
}

}  // namespace mtp::MTP_ABI
