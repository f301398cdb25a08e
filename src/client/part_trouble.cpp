// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/part_trouble.hpp"

#include "client/client_core.hpp"

#include <mtp/core/error.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {

using transfer::part_patience;

task<> follow(client_core& core, transfer_control& control, part_patience::verdict said,
              rpc_failure why, transfer_slots::slot place) {
  if (auto const* pause = std::get_if<part_patience::hold>(&said)) {
    place.hold(pause->wait);
    control.on_wait(pause->wait);
  } else if (auto const* later = std::get_if<part_patience::retry>(&said)) {
    place.failed();
    co_await core.running().pause(later->wait);
  } else if (why.name.empty()) {
    throw error(make_error_code(client_errc::decode), "the server did not take a part of a file");
  } else {
    throw_rpc_error(std::move(why));
  }
}

/// Who was paused while it stood in the line gives its place to others.
task<transfer_slots::slot> take_place(client_core& core, transfer_control& control, int dc,
                                      link_purpose purpose) {
  for (;;) {
    co_await control.leave_to_go_on();
    auto place = co_await core.transfers().take(dc, purpose);
    if (!control.is_paused()) co_return std::move(place);
  }
}

}  // namespace mtp::MTP_ABI::detail
