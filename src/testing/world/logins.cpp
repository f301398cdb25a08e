// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/logins.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace mtp::MTP_ABI::testing {
namespace {

constexpr int max_tries = 5;
constexpr std::int32_t ticket_lifetime = 60;

bool plausible_phone(std::string_view digits) { return digits.size() >= 7 && digits.size() <= 15; }

}  // namespace

outcome<std::string> logins::send_code(people& who, std::string_view phone, std::int32_t now) {
  auto const digits = phone_digits(phone);
  if (!plausible_phone(digits)) return refuse(400, "PHONE_NUMBER_INVALID");
  auto const* owner = who.find_phone(digits);
  auto code = owner && !owner->code.empty() ? owner->code : test_number_code(digits);
  if (code.empty()) return refuse(400, owner ? "PHONE_NUMBER_INVALID" : "PHONE_NUMBER_UNOCCUPIED");
  auto hash = fmt::format("{:016x}", (++count_ * 0x9e3779b97f4a7c15u) | 1);
  std::erase_if(codes_, [now](auto const& e) { return now - e.second.sent > code_lifetime; });
  if (codes_.count(digits) >= codes_per_phone) codes_.erase(codes_.lower_bound(digits));
  codes_.insert({digits, {.hash = hash, .code = std::move(code), .sent = now}});
  return hash;
}

logins::codes::iterator logins::find_code(std::string_view digits, std::string_view hash) {
  auto const [first, last] = codes_.equal_range(digits);
  auto const at = std::find_if(first, last, [&](auto const& e) { return e.second.hash == hash; });
  return at == last ? codes_.end() : at;
}

outcome<sign_in_result> logins::sign_in(people& who, std::string_view phone, std::string_view hash,
                                        std::string_view code, std::int32_t now) {
  auto const digits = phone_digits(phone);
  if (!plausible_phone(digits)) return refuse(400, "PHONE_NUMBER_INVALID");
  if (code.empty()) return refuse(400, "PHONE_CODE_EMPTY");
  auto const at = find_code(digits, hash);
  if (at == codes_.end()) return refuse(400, "PHONE_CODE_EXPIRED");
  auto& sent = at->second;
  if (now - sent.sent > code_lifetime || sent.tries >= max_tries) {
    codes_.erase(at);
    return refuse(400, "PHONE_CODE_EXPIRED");
  }
  ++sent.tries;
  if (sent.code != code) return refuse(400, "PHONE_CODE_INVALID");
  auto const* owner = who.find_phone(digits);
  if (!owner) {
    sent.checked = true;
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
  fresh.code = at->second.code;
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
