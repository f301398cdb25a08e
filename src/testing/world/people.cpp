// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/people.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::testing {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

template <class Map>
typename Map::mapped_type id_of(Map const& map, std::string_view key) {
  auto const at = map.find(key);
  return at == map.end() ? 0 : at->second;
}

/// The finaliser of splitmix64: every input bit reaches every output bit.
std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr std::int64_t first_free_id = 5'000'000'000;

}  // namespace

std::string phone_digits(std::string_view phone) {
  std::string out;
  std::copy_if(phone.begin(), phone.end(), std::back_inserter(out), is_digit);
  return out;
}

std::string test_number_code(std::string_view digits) {
  bool const fits = digits.size() == 10 && digits.starts_with("99966") &&
                    std::all_of(digits.begin(), digits.end(), is_digit);
  return fits ? std::string(5, digits[5]) : std::string();
}

bool plausible_username(std::string_view username) {
  return username.size() >= 3 && username.size() <= 32 && is_letter(username.front()) &&
         std::all_of(username.begin(), username.end(),
                     [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
}

result<std::int64_t, std::string> people::add(person someone) {
  using problem = failure<std::string>;
  someone.phone = phone_digits(someone.phone);
  if (someone.id == 0) {
    someone.id =
        by_id_.empty() ? first_free_id : std::max(first_free_id, by_id_.rbegin()->first + 1);
  }
  if (someone.id < 0) return problem{"an id must be positive"};
  if (by_id_.contains(someone.id)) return problem{"two accounts have the same id"};
  if (someone.first_name.empty()) return problem{"an account needs a first name"};
  if (!someone.username.empty() && !plausible_username(someone.username))
    return problem{"a username has 3 to 32 letters, digits and underscores"};
  if (find_username(someone.username)) return problem{"two accounts have the same username"};
  if (find_phone(someone.phone)) return problem{"two accounts have the same phone number"};
  if (find_token(someone.token)) return problem{"two bots have the same token"};
  if (!someone.is_bot() && someone.phone.empty())
    return problem{"an account needs a phone number or a token"};
  auto const id = someone.id;
  if (!someone.username.empty()) by_username_[lower(someone.username)] = id;
  if (!someone.phone.empty()) by_phone_[someone.phone] = id;
  if (someone.is_bot()) by_token_[someone.token] = id;
  by_id_.emplace(id, std::move(someone));
  return id;
}

person* people::find(std::int64_t id) {
  auto const at = by_id_.find(id);
  return at == by_id_.end() ? nullptr : &at->second;
}

person const* people::find(std::int64_t id) const { return const_cast<people*>(this)->find(id); }

person* people::find_username(std::string_view username) {
  if (username.starts_with('@')) username.remove_prefix(1);
  return find(id_of(by_username_, lower(username)));
}

person* people::find_phone(std::string_view phone) {
  return find(id_of(by_phone_, phone_digits(phone)));
}

person* people::find_token(std::string_view token) { return find(id_of(by_token_, token)); }

outcome<> people::set_phone(std::int64_t id, std::string_view phone) {
  auto& someone = by_id_.at(id);
  auto digits = phone_digits(phone);
  if (find_phone(digits)) return refuse(400, "PHONE_NUMBER_OCCUPIED");
  by_phone_.erase(someone.phone);
  by_phone_[digits] = id;
  someone.phone = std::move(digits);
  return {};
}

void people::remove(std::int64_t id) {
  auto const at = by_id_.find(id);
  if (at == by_id_.end()) return;
  auto const& gone = at->second;
  if (!gone.username.empty()) by_username_.erase(lower(gone.username));
  if (!gone.phone.empty()) by_phone_.erase(gone.phone);
  if (gone.is_bot()) by_token_.erase(gone.token);
  by_id_.erase(at);
}

outcome<> people::set_username(std::int64_t id, std::string username) {
  auto& someone = by_id_.at(id);
  if (!username.empty() && !plausible_username(username)) return refuse(400, "USERNAME_INVALID");
  if (username == someone.username) return refuse(400, "USERNAME_NOT_MODIFIED");
  auto const* holder = find_username(username);
  if (holder && holder != &someone) return refuse(400, "USERNAME_OCCUPIED");
  by_username_.erase(lower(someone.username));
  if (!username.empty()) by_username_[lower(username)] = id;
  someone.username = std::move(username);
  return {};
}

std::int64_t people::access_hash(std::int64_t viewer, std::int64_t target) const {
  auto const hash =
      mix(mix(seed_ ^ static_cast<std::uint64_t>(viewer)) ^ static_cast<std::uint64_t>(target));
  return static_cast<std::int64_t>(hash | 1);
}

}  // namespace mtp::MTP_ABI::testing
