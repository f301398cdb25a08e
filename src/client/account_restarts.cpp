// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/account_restarts.hpp"

#include <mtp/core/error.hpp>

namespace mtp::MTP_ABI::detail {
namespace {

/// Stays as it is however often one tries.
bool is_final(std::error_code why) {
  return why == client_errc::bad_config || why == client_errc::bad_session_file ||
         why == client_errc::newer_store || why == client_errc::wrong_store_key;
}

}  // namespace

std::optional<duration> account_restarts::on_failed(std::error_code why, steady_time now) {
  if (never_ || is_final(why)) return {};
  return backoff_.on_disconnected(now);
}

}  // namespace mtp::MTP_ABI::detail
