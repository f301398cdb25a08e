// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/takeout
#include "handler_table.hpp"

#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

outcome<tl::account::Takeout> begin(call_context& c, tl::account::initTakeoutSession const&) {
  return tl::account::Takeout{.id = c.world.exports().begin(c.account, c.random)};
}

outcome<bool> end(call_context& c, tl::account::finishTakeoutSession const&) {
  if (!c.takeout) return refuse(403, "TAKEOUT_REQUIRED");
  c.world.exports().end(c.account);
  return true;
}

/// The numbers of the account's contacts, which are shown to exports only.
outcome<tl::list<tl::SavedContact>> saved_contacts(call_context& c, tl::contacts::getSaved const&) {
  if (!c.takeout) return refuse(403, "TAKEOUT_REQUIRED");
  std::vector<tl::SavedContact> out;
  for (auto const id : c.self().contacts) {
    auto const* who = c.world.everybody().find(id);
    if (!who) continue;
    out.push_back({.phone = tl::string(who->phone),
                   .first_name = tl::string(who->first_name),
                   .last_name = tl::string(who->last_name),
                   .date = c.now});
  }
  return to_list(std::move(out));
}

}  // namespace

void add_takeout_handlers(handler_table& table) {
  table.on<tl::account::initTakeoutSession>(begin);
  table.on<tl::account::finishTakeoutSession>(end);
  table.on<tl::contacts::getSaved>(saved_contacts);
}

}  // namespace mtp::MTP_ABI::testing
