// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/number_changes.hpp>

#include <fmt/format.h>

namespace mtp::MTP_ABI::testing {
namespace {

constexpr std::size_t shortest_number = 5;
constexpr std::size_t longest_number = 15;

}  // namespace

outcome<std::string> number_changes::begin(people& who, std::int64_t account,
                                           std::string_view phone, std::int32_t now) {
  auto digits = phone_digits(phone);
  if (digits.size() < shortest_number || digits.size() > longest_number)
    return refuse(400, "PHONE_NUMBER_INVALID");
  if (who.find_phone(digits)) return refuse(400, "PHONE_NUMBER_OCCUPIED");
  auto hash = fmt::format("number-{}", ++count_);
  pending_[account] = {.phone = std::move(digits), .hash = hash, .sent = now};
  return hash;
}

outcome<> number_changes::finish(people& who, std::int64_t account, std::string_view phone,
                                 std::string_view hash, std::string_view code, std::int32_t now) {
  if (code.empty()) return refuse(400, "PHONE_CODE_EMPTY");
  auto const at = pending_.find(account);
  bool const good = at != pending_.end() && at->second.hash == hash &&
                    at->second.phone == phone_digits(phone) && now - at->second.sent <= lifetime;
  if (!good) return refuse(400, "PHONE_CODE_EXPIRED");
  auto const* self = who.find(account);
  if (!self || self->code != code) return refuse(400, "PHONE_CODE_INVALID");
  auto changed = who.set_phone(account, phone);
  if (changed) pending_.erase(at);
  return changed;
}

}  // namespace mtp::MTP_ABI::testing
