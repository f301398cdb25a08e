// SPDX-License-Identifier: MIT OR Apache-2.0
#include "signed_in.hpp"

#include "views.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mtp::MTP_ABI::testing {

namespace {

/// A further login is told to those that are there, to be confirmed.
bool has_other_login(call_context& c, known_key const& own, std::int64_t user) {
  auto const all = c.keys.keys_of(user);
  auto const other = [&](known_key const* one) {
    return one != &own && !one->temporary && one->dc == own.dc;
  };
  return std::any_of(all.begin(), all.end(), other);
}

}  // namespace

void tell_login(call_context& c, known_key const& login) {
  tl::updateNewAuthorization news;
  news.unconfirmed = login.unconfirmed;
  news.hash = login.id();
  if (login.unconfirmed) {
    news.date = c.now;
    news.device.emplace("a device");
    news.location.emplace("a place");
  }
  c.world.box(login.user).announce(any_update{encode_object(tl::Update(news))}, c.now);
}

tl::auth::Authorization signed_in_as(call_context& c, std::int64_t user) {
  auto& key = *c.keys.permanent(c.key);
  bool const is_new = key.user != user;
  key.unconfirmed = has_other_login(c, key, user) && !c.world.everybody().find(user)->is_bot();
  key.user = user;
  key.password_due = 0;
  c.account = user;
  if (key.unconfirmed && is_new) tell_login(c, key);
  tl::auth::authorization out;
  out.user = view(c.world, user).user(user);
  return out;
}

outcome<tl::auth::Authorization> let_in(call_context& c, std::int64_t user) {
  auto const* who = c.world.everybody().find(user);
  if (!who) return refuse(401, "USER_DEACTIVATED");
  if (who->banned) return refuse(401, "USER_DEACTIVATED_BAN");
  if (!c.world.all_passwords().has(user)) return signed_in_as(c, user);
  leave(c);
  c.keys.permanent(c.key)->password_due = user;
  return refuse(401, "SESSION_PASSWORD_NEEDED");
}

outcome<std::int64_t> caller_at_door(call_context& c) {
  if (c.account != 0) return c.account;
  auto const due = c.keys.permanent(c.key)->password_due;
  if (!c.world.everybody().find(due)) return refuse(401, "AUTH_KEY_UNREGISTERED");
  return due;
}

void leave(call_context& c) {
  auto& key = *c.keys.permanent(c.key);
  key.user = 0;
  key.password_due = 0;
  c.account = 0;
}

outcome<> check_home(call_context const& c, person const* who, std::string_view name) {
  bool const here = !who || who->home_dc == 0 || who->home_dc == c.dc;
  if (!here) return refuse(303, fmt::format("{}_{}", name, who->home_dc));
  return {};
}

}  // namespace mtp::MTP_ABI::testing
