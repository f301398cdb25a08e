// SPDX-License-Identifier: MIT OR Apache-2.0
#include "binding.hpp"
#include "handler_table.hpp"

namespace mtp::MTP_ABI::testing {
namespace {

/// A client may be wrong about the server's clock by so much.
constexpr std::int32_t tolerance = 300;

outcome<bool> bind_key(call_context& c, tl::auth::bindTempAuthKey const& q) {
  if (!c.key.temporary) return refuse(400, "TEMP_AUTH_KEY_EMPTY");
  auto* permanent = c.keys.find(c.dc, q.perm_auth_key_id, c.now);
  if (!permanent || permanent->temporary) return refuse(400, "ENCRYPTED_MESSAGE_INVALID");
  auto const proof = open_binding(permanent->key, q.encrypted_message.view());
  bool const fits =
      proof && proof->nonce == q.nonce && proof->expires_at == q.expires_at &&
      proof->temporary_key == c.key.id() && proof->permanent_key == q.perm_auth_key_id &&
      proof->temporary_session == c.session.place.session && proof->message_id == c.message_id;
  if (!fits) return refuse(400, "ENCRYPTED_MESSAGE_INVALID");
  bool const expiry = q.expires_at > c.now && q.expires_at <= c.key.expires_at + tolerance;
  if (!expiry) return refuse(400, "EXPIRES_AT_INVALID");
  if (c.key.bound_to != 0 && c.key.bound_to != q.perm_auth_key_id)
    return refuse(400, "TEMP_AUTH_KEY_ALREADY_BOUND");
  c.keys.bind(c.key, *permanent);
  return true;
}

outcome<bool> drop_keys(call_context& c, tl::auth::dropTempAuthKeys const& q) {
  auto const* permanent = c.keys.permanent(c.key);
  if (!permanent) return refuse(400, "TEMP_AUTH_KEY_EMPTY");
  std::vector<std::int64_t> except(q.except_auth_keys.begin(), q.except_auth_keys.end());
  except.push_back(c.key.id());  // the caller goes on
  c.keys.drop_temporary(*permanent, except);
  return true;
}

}  // namespace

void add_key_handlers(handler_table& table) {
  table.on<tl::auth::bindTempAuthKey>(bind_key, audience::key_holder);
  table.on<tl::auth::dropTempAuthKeys>(drop_keys, audience::anybody);
}

}  // namespace mtp::MTP_ABI::testing
