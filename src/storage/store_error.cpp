// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/storage/store_error.hpp>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <utility>

namespace mtp::MTP_ABI {
namespace {

std::string place_and(std::string const& place, std::string const& reason) {
  return reason.empty() ? place : fmt::format("{}: {}", place, reason);
}

std::string reason_text(std::error_code reason) {
  return reason ? reason.message() : std::string();
}

std::string describe(store_holder const& holder) {
  if (holder.process == 0) return "held by another client";
  auto const since = std::chrono::system_clock::to_time_t(holder.since);
  return fmt::format("held by process {} on {} since {:%Y-%m-%d %H:%M:%S} UTC", holder.process,
                     holder.host, fmt::gmtime(since));
}

}  // namespace

store_error::store_error(client_errc what, std::string place, std::error_code reason)
    : error(make_error_code(what), place_and(place, reason_text(reason))),
      place_(std::move(place)),
      reason_(reason) {}

store_error::store_error(client_errc what, std::string place, std::string const& reason)
    : error(make_error_code(what), place_and(place, reason)), place_(std::move(place)) {}

store_in_use::store_in_use(std::string place, store_holder holder)
    : store_error(client_errc::session_in_use, std::move(place), describe(holder)),
      holder_(std::move(holder)) {}

}  // namespace mtp::MTP_ABI
