// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/updates/action.hpp>

namespace mtp::MTP_ABI::updates {

/// The people and chats that come with `whole`.
template <class Whole>
meet meet_of(received<Whole> const& whole) {
  return {received<tl::list<tl::User>>(whole, &whole->users),
          received<tl::list<tl::Chat>>(whole, &whole->chats)};
}

}  // namespace mtp::MTP_ABI::updates
