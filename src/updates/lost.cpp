// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/updates/lost.hpp>

#include <string_view>

namespace mtp::MTP_ABI::updates {
namespace {

std::string_view phrase_of(loss_reason why) {
  switch (why) {
    case loss_reason::too_long: return "more were missed than the server tells";
    case loss_reason::never_filled: return "the server does not have what is missing";
    case loss_reason::server_reset: return "the server was reset";
    case loss_reason::position_invalid: return "the server does not know this position";
    case loss_reason::refused: return "the server refuses them";
    case loss_reason::unreadable: return "the answer cannot be read";
    case loss_reason::closed: return "the channel is closed to this account";
    case loss_reason::unreachable: return "the access hash of the channel is not known";
    case loss_reason::beyond_policy: return "more was missed than is fetched";
    case loss_reason::changes_untold: return "new messages came, other changes are not told";
  }
  return "unknown";
}

std::string box_name(lost const& what) {
  switch (what.box) {
    case update_number::order::channel: return "of channel " + std::to_string(what.channel);
    case update_number::order::secondary: return "of the second order";
    case update_number::order::none: return "of the numbered batches";
    case update_number::order::common: break;
  }
  return "of the account";
}

}  // namespace

namespace {

std::string messages_of(lost const& what) {
  if (what.first_message == 0) return {};
  auto const end = what.last_message != 0 ? " to " + std::to_string(what.last_message) : "";
  return ", messages from " + std::to_string(what.first_message) + end;
}

}  // namespace

std::string describe(lost const& what) {
  auto const end = what.to ? " up to " + std::to_string(*what.to) : std::string();
  return "updates " + box_name(what) + " after " + std::to_string(what.from) + end +
         messages_of(what) + " are lost: " + std::string(phrase_of(what.why));
}

}  // namespace mtp::MTP_ABI::updates
