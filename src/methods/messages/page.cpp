// SPDX-License-Identifier: MIT OR Apache-2.0
#include "methods/messages/page.hpp"

#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/messages/Messages.hpp>

namespace mtp::MTP_ABI::detail {

std::vector<message> read_page(client_core& core, received<tl::messages::Messages> const& page) {
  std::vector<message> out;
  page->visit([&](auto const& p) {
    if constexpr (requires { p.messages, p.users, p.chats; }) {
      core.account().meet(p.users, p.chats);
      for (auto const& each : p.messages) {
        core.account().vouch(each);
        auto const* text = each.template get_if<tl::message>();
        if (text)
          out.emplace_back(received<tl::message>(page, text), core.weak_from_this(),
                           core.account().self_id());
      }
    }
  });
  return out;
}

}  // namespace mtp::MTP_ABI::detail
