// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/srp
#include "passwords.hpp"

#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

using known_algorithm = tl::passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow;

bytes copy_of(bytes_view from) { return {from.begin(), from.end()}; }

}  // namespace

outcome<> check_proof(call_context& c, std::int64_t account,
                      tl::InputCheckPasswordSRP const& proof) {
  auto& all = c.world.all_passwords();
  auto const* made = proof.get_if<tl::inputCheckPasswordSRP>();
  if (!made && !all.has(account)) return {};
  if (!made) return refuse(400, "PASSWORD_HASH_INVALID");
  return all.check(account, made->srp_id, made->A.view(), made->M1.view(),
                   c.world.options().log_ins, c.now);
}

outcome<> change_password(call_context& c, std::int64_t account,
                          tl::account::PasswordInputSettings const& settings) {
  if (!settings.new_algo && !settings.new_password_hash) return {};
  if (!settings.new_algo || !settings.new_password_hash) return refuse(400, "NEW_SETTINGS_INVALID");
  auto& all = c.world.all_passwords();
  auto const* how = settings.new_algo.get_if<known_algorithm>();
  if (!how) {  // passwordKdfAlgoUnknown: there is to be none
    all.remove(account);
    return {};
  }
  kept_password fresh{.salt1 = copy_of(how->salt1.view()), .salt2 = copy_of(how->salt2.view())};
  fresh.verifier = copy_of(settings.new_password_hash->view());
  if (settings.hint) fresh.hint = settings.hint->str();
  if (how->g != passwords::generator || !all.fits(account, fresh))
    return refuse(400, "NEW_SALT_INVALID");
  all.set(account, std::move(fresh));
  return {};
}

}  // namespace mtp::MTP_ABI::testing
