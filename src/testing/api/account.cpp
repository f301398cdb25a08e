// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handler_table.hpp"
#include "views.hpp"

namespace mtp::MTP_ABI::testing {
namespace {

tl::User self(call_context& c) { return view(c.world, c.account).user(c.account); }

outcome<bool> update_status(call_context&, tl::account::updateStatus const&) { return true; }

outcome<tl::User> update_profile(call_context& c, tl::account::updateProfile const& q) {
  if (q.first_name && q.first_name->empty()) return refuse(400, "FIRSTNAME_INVALID");
  if (q.first_name) c.self().first_name = q.first_name->str();
  if (q.last_name) c.self().last_name = q.last_name->str();
  if (q.about) c.self().about = q.about->str();
  return self(c);
}

outcome<tl::User> update_username(call_context& c, tl::account::updateUsername const& q) {
  auto const done = c.world.everybody().set_username(c.account, q.username.str());
  if (!done) return failure{done.error()};
  return self(c);
}

outcome<bool> check_username(call_context& c, tl::account::checkUsername const& q) {
  if (!plausible_username(q.username.view())) return refuse(400, "USERNAME_INVALID");
  return c.world.everybody().find_username(q.username) == nullptr;
}

outcome<tl::PeerNotifySettings> get_notify_settings(call_context&,
                                                    tl::account::getNotifySettings const&) {
  return tl::PeerNotifySettings{};
}

outcome<tl::account::ContentSettings> content_settings(call_context&,
                                                       tl::account::getContentSettings const&) {
  return tl::account::ContentSettings{};
}

outcome<bool> register_device(call_context&, tl::account::registerDevice const&) { return true; }

}  // namespace

void add_account_handlers(handler_table& table) {
  table.on<tl::account::updateStatus>(update_status);
  table.on<tl::account::updateProfile>(update_profile);
  table.on<tl::account::updateUsername>(update_username);
  table.on<tl::account::checkUsername>(check_username);
  table.on<tl::account::getNotifySettings>(get_notify_settings);
  table.on<tl::account::getContentSettings>(content_settings);
  table.on<tl::account::registerDevice>(register_device);
}

}  // namespace mtp::MTP_ABI::testing
