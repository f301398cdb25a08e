// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/logins.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

constexpr int max_tries = 5;
constexpr std::int32_t ticket_lifetime = 60;

bool plausible_phone(std::string_view digits) { return digits.size() >= 7 && digits.size() <= 15; }

bool plausible_address(std::string_view address) {
  auto const at = address.find('@');
  return at != std::string_view::npos && at > 0 && address.find('.', at + 2) < address.size() - 1 &&
         address.find(' ') == std::string_view::npos;
}

/// Makes the first of the ways the one that the code goes, the others those after it.
void choose_way(login_code& sent, std::vector<code_way>& ways) {
  if (ways.empty()) ways.push_back(code_way::app);
  sent.way = ways.front();
  ways.erase(ways.begin());
  sent.next = ways.empty() ? std::nullopt : std::optional(ways.front());
}

}  // namespace

bool code_abilities::allow(code_way way) const {
  switch (way) {
    case code_way::firebase: return firebase;
    case code_way::flash_call: return flash_call;
    case code_way::missed_call: return missed_call;
    default: return true;
  }
}

std::string logins::make_hash() {
  return fmt::format("{:016x}", (++count_ * 0x9e3779b97f4a7c15u) | 1);
}

login_code logins::keep(std::string const& digits, pending fresh, std::int32_t now) {
  fresh.sent.hash = make_hash();
  fresh.at = now;
  std::erase_if(codes_, [now](auto const& e) { return e.second.ends < now; });
  if (codes_.count(digits) >= codes_per_phone) codes_.erase(codes_.lower_bound(digits));
  return codes_.insert({digits, std::move(fresh)})->second.sent;
}

outcome<> logins::check_pause(std::string const& digits, std::int32_t now) const {
  auto const at = patience_.find(digits);
  auto const left = at == patience_.end() ? 0 : at->second.pause_left(now);
  if (left > 0) return refuse(420, fmt::format("FLOOD_WAIT_{}", left));
  return {};
}

rpc_fault logins::wrong(std::string const& digits, std::string_view text, login_rules const& rules,
                        std::int32_t now) {
  patience_[digits].fail(rules.wrong_codes, rules.pause, now);
  return {400, std::string(text)};
}

outcome<login_code> logins::send_code(people& who, std::string_view phone, std::int32_t now,
                                      login_rules const& rules, code_abilities can) {
  auto const digits = phone_digits(phone);
  if (!plausible_phone(digits)) return refuse(400, "PHONE_NUMBER_INVALID");
  auto const* owner = who.find_phone(digits);
  if (owner && owner->banned) return refuse(400, "PHONE_NUMBER_BANNED");
  pending fresh{.ends = now + rules.code_lifetime};
  fresh.sent.code = owner && !owner->code.empty() ? owner->code : test_number_code(digits);
  if (fresh.sent.code.empty())
    return refuse(400, owner ? "PHONE_NUMBER_INVALID" : "PHONE_NUMBER_UNOCCUPIED");
  if (auto calm = check_pause(digits, now); !calm) return failure{calm.error()};
  person const anybody;
  fresh.later = owner ? owner->code_ways : anybody.code_ways;
  fresh.can = can;
  std::erase_if(fresh.later, [&](code_way way) { return !can.allow(way); });
  bool const unreachable = owner && !owner->code_ways.empty() && fresh.later.empty();
  if (unreachable) return refuse(406, "SEND_CODE_UNAVAILABLE");
  fresh.sent.email_first = owner && owner->must_set_email;
  if (owner) fresh.sent.email = owner->email;
  if (owner) fresh.sent.price = owner->code_price;
  if (!fresh.sent.email_first) choose_way(fresh.sent, fresh.later);
  return keep(digits, std::move(fresh), now);
}

outcome<login_code> logins::resend_code(std::string_view phone, std::string_view hash,
                                        std::int32_t now) {
  auto const digits = phone_digits(phone);
  auto const at = find_code(digits, hash);
  if (at == codes_.end() || at->second.ends < now) return refuse(400, "PHONE_CODE_EXPIRED");
  auto const& before = at->second.sent;
  if (at->second.later.empty() || before.email_first || before.price != 0)
    return refuse(406, "SEND_CODE_UNAVAILABLE");
  auto fresh = std::move(at->second);
  codes_.erase(at);
  fresh.ends += now - fresh.at;
  fresh.tries = 0;
  choose_way(fresh.sent, fresh.later);
  return keep(digits, std::move(fresh), now);
}

std::optional<code_way> logins::way_of(std::string_view phone, std::string_view hash) const {
  auto const at = const_cast<logins*>(this)->find_code(phone_digits(phone), hash);
  if (at == codes_.end()) return {};
  return at->second.sent.way;
}

logins::codes::iterator logins::find_code(std::string_view digits, std::string_view hash) {
  auto const [first, last] = codes_.equal_range(digits);
  auto const at =
      std::find_if(first, last, [&](auto const& e) { return e.second.sent.hash == hash; });
  return at == last ? codes_.end() : at;
}

outcome<sign_in_result> logins::sign_in(people& who, std::string_view phone, std::string_view hash,
                                        std::string_view code, std::int32_t now,
                                        login_rules const& rules) {
  auto const digits = phone_digits(phone);
  if (!plausible_phone(digits)) return refuse(400, "PHONE_NUMBER_INVALID");
  if (code.empty()) return refuse(400, "PHONE_CODE_EMPTY");
  if (auto calm = check_pause(digits, now); !calm) return failure{calm.error()};
  auto const at = find_code(digits, hash);
  if (at == codes_.end()) return refuse(400, "PHONE_CODE_EXPIRED");
  auto& under_way = at->second;
  if (under_way.ends < now || under_way.tries >= max_tries) {
    codes_.erase(at);
    return refuse(400, "PHONE_CODE_EXPIRED");
  }
  ++under_way.tries;
  bool const by_email = under_way.sent.way == code_way::email;
  bool const waits = under_way.sent.way == code_way::firebase && !under_way.vouched;
  bool const was_sent = !under_way.sent.email_first && under_way.sent.price == 0 && !waits;
  bool const right = was_sent && under_way.sent.code == code;
  if (!right)
    return failure{
        wrong(digits, by_email ? "EMAIL_CODE_INVALID" : "PHONE_CODE_INVALID", rules, now)};
  patience_.erase(digits);
  auto const* owner = who.find_phone(digits);
  if (!owner) {
    under_way.checked = true;
    return sign_in_result{.user = 0, .sign_up_required = true};
  }
  codes_.erase(at);
  return sign_in_result{.user = owner->id, .sign_up_required = false};
}

outcome<std::int64_t> logins::sign_up(people& who, std::string_view phone, std::string_view hash,
                                      std::string first_name, std::string last_name) {
  auto const digits = phone_digits(phone);
  auto const at = find_code(digits, hash);
  if (at == codes_.end() || !at->second.checked) return refuse(400, "PHONE_CODE_EXPIRED");
  if (first_name.empty()) return refuse(400, "FIRSTNAME_INVALID");
  person fresh{.first_name = std::move(first_name), .last_name = std::move(last_name)};
  fresh.phone = digits;
  fresh.code = at->second.sent.code;
  auto added = who.add(std::move(fresh));
  if (!added) return refuse(400, "PHONE_NUMBER_OCCUPIED");
  codes_.erase(at);
  return *added;
}

bool logins::cancel(std::string_view phone, std::string_view hash) {
  auto const at = find_code(phone_digits(phone), hash);
  if (at == codes_.end()) return false;
  codes_.erase(at);
  return true;
}

std::string logins::vouch(std::string_view nonce) { return fmt::format("vouched for {}", nonce); }

outcome<bool> logins::show_token(std::string_view phone, std::string_view hash,
                                 std::string_view token, std::int32_t now) {
  auto const at = find_code(phone_digits(phone), hash);
  if (at == codes_.end() || at->second.ends < now) return refuse(400, "PHONE_CODE_EXPIRED");
  bool const good = at->second.sent.way == code_way::firebase && token == vouch(hash);
  at->second.vouched = at->second.vouched || good;
  return good;
}

outcome<> logins::report_missing(std::string_view phone, std::string_view hash, std::string network,
                                 std::int32_t now) {
  auto const digits = phone_digits(phone);
  auto const at = find_code(digits, hash);
  if (at == codes_.end() || at->second.ends < now) return refuse(400, "PHONE_CODE_EXPIRED");
  missing_ = {digits, std::move(network)};
  return {};
}

std::optional<std::int64_t> logins::pay(std::string_view phone, std::string_view hash) {
  auto const at = find_code(phone_digits(phone), hash);
  if (at == codes_.end() || at->second.sent.price == 0) return {};
  at->second.paid_by = static_cast<std::int64_t>(++count_);
  return at->second.paid_by;
}

outcome<login_code> logins::check_paid(std::string_view phone, std::string_view hash,
                                       std::int64_t form, std::int32_t now) {
  auto const at = find_code(phone_digits(phone), hash);
  if (at == codes_.end() || at->second.ends < now) return refuse(400, "PHONE_CODE_EXPIRED");
  bool const paid = form != 0 && at->second.paid_by == form;
  if (paid) at->second.sent.price = 0;
  return at->second.sent;
}

/// The log-in under way that waits for an address; null when there is none.
logins::pending* logins::find_set_up(std::string_view phone, std::string_view hash,
                                     std::int32_t now) {
  auto const at = find_code(phone_digits(phone), hash);
  bool const waits = at != codes_.end() && at->second.sent.email_first && at->second.ends >= now;
  return waits ? &at->second : nullptr;
}

outcome<login_code> logins::send_email_code(people& who, std::string_view phone,
                                            std::string_view hash, std::string address,
                                            std::int32_t now) {
  auto* under_way = find_set_up(phone, hash, now);
  if (!under_way || !who.find_phone(phone)) return refuse(400, "PHONE_HASH_EXPIRED");
  if (!plausible_address(address)) return refuse(400, "EMAIL_INVALID");
  under_way->address = std::move(address);
  under_way->address_at = now;
  login_code out = under_way->sent;
  out.way = code_way::email;
  out.email = under_way->address;
  return out;
}

outcome<login_code> logins::verify_email(people& who, std::string_view phone, std::string_view hash,
                                         std::string_view code, std::int32_t now,
                                         login_rules const& rules) {
  auto const digits = phone_digits(phone);
  if (auto calm = check_pause(digits, now); !calm) return failure{calm.error()};
  auto* under_way = find_set_up(digits, hash, now);
  auto* owner = who.find_phone(digits);
  if (!under_way || !owner) return refuse(400, "PHONE_HASH_EXPIRED");
  if (under_way->address.empty() || now - under_way->address_at > rules.code_lifetime)
    return refuse(400, "EMAIL_VERIFY_EXPIRED");
  if (under_way->sent.code != code) return failure{wrong(digits, "CODE_INVALID", rules, now)};
  owner->email = under_way->address;
  owner->must_set_email = false;
  auto const can = under_way->can;
  cancel(phone, hash);
  auto sent = send_code(who, phone, now, rules, can);
  std::erase(owner->code_ways, code_way::email);
  owner->code_ways.insert(owner->code_ways.begin(), code_way::email);
  return sent;
}

bytes logins::export_to(int dc, std::int64_t user, std::uint64_t random, std::int32_t now) {
  std::erase_if(tickets_, [now](auto const& e) { return now - e.second.made > ticket_lifetime; });
  bytes ticket(16);
  store_le(ticket.data(), random);
  store_le(ticket.data() + 8, ++count_);
  tickets_[ticket] = {.dc = dc, .user = user, .made = now};
  return ticket;
}

outcome<std::int64_t> logins::import_at(int dc, std::int64_t user, bytes_view ticket,
                                        std::int32_t now) {
  auto const at = tickets_.find(bytes(ticket.begin(), ticket.end()));
  if (at == tickets_.end()) return refuse(400, "AUTH_BYTES_INVALID");
  auto const found = at->second;
  tickets_.erase(at);
  bool const good = found.dc == dc && now - found.made <= ticket_lifetime;
  if (!good) return refuse(400, "AUTH_BYTES_INVALID");
  if (found.user != user) return refuse(400, "USER_ID_INVALID");
  return found.user;
}

}  // namespace mtp::MTP_ABI::testing
