// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/passwords.hpp>

#include <mtp/crypto/hash.hpp>
#include <mtp/crypto/srp.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

constexpr std::size_t salt1_start = 8;
constexpr std::size_t salt_size = 16;
constexpr std::size_t max_shown = 1024;

crypto::dh_group const& srp_group() {
  static auto const made = *crypto::dh_group::make(crypto::known_dh_prime(), passwords::generator);
  return made;
}

/// Salts need not be secret: a world that is loaded again has the same.
bytes salt_of(std::uint64_t seed, std::int64_t account, std::string_view which, std::size_t size) {
  auto const text = fmt::format("{} of {} in {:x}", which, account, seed);
  auto const digest = crypto::sha256(as_bytes(text));
  return {digest.begin(), digest.begin() + static_cast<std::ptrdiff_t>(size)};
}

rpc_fault flood(std::int32_t seconds) { return {420, fmt::format("FLOOD_WAIT_{}", seconds)}; }

crypto::dh_value value_of(bytes const& verifier) {
  crypto::dh_value out{};
  std::copy_n(verifier.begin(), std::min(verifier.size(), out.size()), out.begin());
  return out;
}

}  // namespace

kept_password const* passwords::find(std::int64_t account) const {
  auto const at = kept_.find(account);
  return at == kept_.end() ? nullptr : &at->second;
}

void passwords::set(std::int64_t account, kept_password fresh) {
  drop_challenges(account);
  recoveries_.erase(account);
  kept_[account] = std::move(fresh);
}

void passwords::set(std::int64_t account, std::string_view text, std::string hint) {
  auto fresh = form_of(account);
  auto const rest = salt_of(seed_, account, "the client's salt", 32);
  fresh.salt1.insert(fresh.salt1.end(), rest.begin(), rest.end());
  auto const secret = crypto::stretch_password(as_bytes(text), fresh.salt1, fresh.salt2);
  auto const verifier = crypto::srp_verifier(srp_group(), secret);
  fresh.verifier.assign(verifier.begin(), verifier.end());
  fresh.hint = std::move(hint);
  set(account, std::move(fresh));
}

void passwords::remove(std::int64_t account) {
  drop_challenges(account);
  recoveries_.erase(account);
  resets_.erase(account);
  kept_.erase(account);
}

void passwords::drop_challenges(std::int64_t account) {
  std::erase_if(shown_, [&](auto const& e) { return e.second.account == account; });
}

std::string passwords::recovery_email(std::int64_t account) const {
  auto const at = emails_.find(account);
  return at == emails_.end() ? std::string() : at->second;
}

void passwords::set_recovery_email(std::int64_t account, std::string address) {
  recoveries_.erase(account);
  emails_[account] = std::move(address);
}

void passwords::begin_address(std::int64_t account, std::string address, std::string code,
                              std::int32_t now) {
  new_addresses_[account] = {.address = std::move(address), .code = std::move(code), .sent = now};
}

outcome<> passwords::resend_address_code(std::int64_t account, std::int32_t now) {
  auto const at = new_addresses_.find(account);
  if (at == new_addresses_.end()) return refuse(400, "EMAIL_HASH_EXPIRED");
  at->second.sent = now;
  return {};
}

outcome<> passwords::cancel_address(std::int64_t account) {
  if (new_addresses_.erase(account) == 0) return refuse(400, "EMAIL_HASH_EXPIRED");
  return {};
}

std::string passwords::unconfirmed_address(std::int64_t account) const {
  auto const at = new_addresses_.find(account);
  return at == new_addresses_.end() ? std::string() : at->second.address;
}

outcome<> passwords::confirm_address(std::int64_t account, std::string_view code,
                                     login_rules const& rules, std::int32_t now) {
  auto const at = new_addresses_.find(account);
  bool const good = at != new_addresses_.end() && now - at->second.sent <= rules.recovery_lifetime;
  if (!good) return refuse(400, "EMAIL_HASH_EXPIRED");
  if (at->second.code != code) return refuse(400, "CODE_INVALID");
  set_recovery_email(account, std::move(at->second.address));
  new_addresses_.erase(at);
  return {};
}

kept_password passwords::form_of(std::int64_t account) const {
  return {.salt1 = salt_of(seed_, account, "salt 1", salt1_start),
          .salt2 = salt_of(seed_, account, "salt 2", salt_size)};
}

bool passwords::fits(std::int64_t account, kept_password const& fresh) const {
  auto const form = form_of(account);
  bool const salts = fresh.salt2 == form.salt2 && fresh.salt1.size() > form.salt1.size() &&
                     std::equal(form.salt1.begin(), form.salt1.end(), fresh.salt1.begin());
  return salts && fresh.verifier.size() == srp_group().prime().size() &&
         srp_group().in_range(fresh.verifier);
}

outcome<passwords::challenge> passwords::show(std::int64_t account, random_source& random,
                                              std::int32_t now) {
  auto const* kept = find(account);
  if (!kept) return refuse(400, "PASSWORD_EMPTY");
  auto own = srp_group().draw(random);
  if (!own) return refuse(500, "INTERNAL_SERVER_ERROR");
  shown fresh{.account = account, .made = now, .own = std::move(*own)};
  fresh.value = crypto::srp_challenge(srp_group(), value_of(kept->verifier), fresh.own);
  challenge out{.id = random.make<std::int64_t>()};
  out.server_value.assign(fresh.value.begin(), fresh.value.end());
  if (shown_.size() >= max_shown) shown_.clear();
  shown_.insert_or_assign(out.id, std::move(fresh));
  return out;
}

outcome<> passwords::check(std::int64_t account, std::int64_t id, bytes_view public_value,
                           bytes_view proof, login_rules const& rules, std::int32_t now) {
  auto const* kept = find(account);
  if (!kept) return refuse(400, "PASSWORD_EMPTY");
  auto& tried = patience_[account];
  if (auto const left = tried.pause_left(now); left > 0) return failure{flood(left)};
  auto const at = shown_.find(id);
  bool const known = at != shown_.end() && at->second.account == account;
  if (!known) return refuse(400, "SRP_ID_INVALID");
  auto const asked = std::move(at->second);
  shown_.erase(at);
  if (now - asked.made > rules.challenge_lifetime) return refuse(400, "SRP_ID_INVALID");
  auto right = check_proof(*kept, asked, public_value, proof);
  if (right) {
    patience_.erase(account);
  } else {
    tried.fail(rules.wrong_passwords, rules.pause, now);
  }
  return right;
}

outcome<> passwords::check_proof(kept_password const& kept, shown const& asked,
                                 bytes_view public_value, bytes_view proof) const {
  auto const expected =
      crypto::srp_expected(srp_group(), kept.salt1, kept.salt2, value_of(kept.verifier), asked.own,
                           asked.value, public_value);
  if (!expected) return refuse(400, "SRP_A_INVALID");
  if (!std::ranges::equal(*expected, proof)) return refuse(400, "PASSWORD_HASH_INVALID");
  return {};
}

outcome<passwords::reset_answer> passwords::reset(std::int64_t account, login_rules const& rules,
                                                  std::int32_t now) {
  if (!has(account)) return refuse(400, "PASSWORD_EMPTY");
  auto const pause = next_resets_.find(account);
  if (pause != next_resets_.end() && now < pause->second)
    return reset_answer{.state = reset_state::too_early, .date = pause->second};
  auto const due = resets_.try_emplace(account, now + rules.reset_wait).first->second;
  if (now < due) return reset_answer{.state = reset_state::begun, .date = due};
  remove(account);
  return reset_answer{};
}

outcome<> passwords::decline_reset(std::int64_t account, login_rules const& rules,
                                   std::int32_t now) {
  if (resets_.erase(account) == 0) return refuse(400, "RESET_REQUEST_MISSING");
  next_resets_[account] = now + rules.reset_pause;
  return {};
}

std::int32_t passwords::reset_date(std::int64_t account) const {
  auto const at = resets_.find(account);
  return at == resets_.end() ? 0 : at->second;
}

outcome<std::string> passwords::begin_recovery(std::int64_t account, std::string code,
                                               std::int32_t now) {
  if (!has(account)) return refuse(400, "PASSWORD_EMPTY");
  auto const address = recovery_email(account);
  if (address.empty()) return refuse(400, "PASSWORD_RECOVERY_NA");
  recoveries_[account] = {.code = std::move(code), .sent = now};
  return with_stars(address);
}

outcome<> passwords::check_recovery(std::int64_t account, std::string_view code,
                                    login_rules const& rules, std::int32_t now) {
  if (code.empty()) return refuse(400, "CODE_EMPTY");
  auto& tried = patience_[account];
  if (auto const left = tried.pause_left(now); left > 0) return failure{flood(left)};
  auto const at = recoveries_.find(account);
  bool const good = at != recoveries_.end() && now - at->second.sent <= rules.recovery_lifetime;
  if (!good) return refuse(400, "PASSWORD_RECOVERY_EXPIRED");
  if (at->second.code == code) return {};
  tried.fail(rules.wrong_passwords, rules.pause, now);
  return refuse(400, "CODE_INVALID");
}

std::string with_stars(std::string_view address) {
  auto const at = address.find('@');
  if (at == std::string_view::npos || at == 0) return "***";
  auto const last = at > 1 ? address.substr(at - 1, 1) : std::string_view();
  return fmt::format("{}***{}{}", address.front(), last, address.substr(at));
}

}  // namespace mtp::MTP_ABI::testing
