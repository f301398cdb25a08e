// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/account_restarts.hpp"

#include <mtp/core/refusal.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace mtp::MTP_ABI::detail {
namespace {

/// What the server says of tokens that are none, or none any more, and of accounts that are gone.
constexpr std::string_view for_good[] = {"ACCESS_TOKEN_INVALID", "ACCESS_TOKEN_EXPIRED",
                                         "USER_DEACTIVATED", "USER_DEACTIVATED_BAN"};

/// Stays as it is however often one tries.
bool is_final(error_info const& why) {
  if (why.refusal) return std::ranges::find(for_good, why.refusal->name) != std::end(for_good);
  return why.code == client_errc::bad_config || why.code == client_errc::bad_session_file ||
         why.code == client_errc::newer_store || why.code == client_errc::wrong_store_key;
}

/// What the server wants; none of other failures.
duration wait_of_server(error_info const& why) {
  auto const wait = why.refusal ? wait_of(*why.refusal) : std::nullopt;
  return wait.value_or(std::chrono::seconds(0));
}

}  // namespace

std::optional<duration> account_restarts::on_failed(error_info const& why, steady_time now) {
  if (options_.restart == restart_policy::none || is_final(why)) return {};
  auto const wait = backoff_.on_disconnected(now);
  return wait_of_server(why) + (wait == duration::zero() ? some_time() : wait);
}

/// What made many accounts fail together does not bring them back together.
duration account_restarts::some_time() const {
  auto const span = static_cast<std::uint64_t>(options_.initial_delay.count()) + 1;
  return duration(static_cast<duration::rep>(random_.make<std::uint64_t>() % span));
}

}  // namespace mtp::MTP_ABI::detail
