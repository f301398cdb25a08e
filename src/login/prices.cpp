// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Digits behind the point are the minor units of ISO 4217, as `exp` of
// https://core.telegram.org/bots/payments/currencies.json; XTR are Telegram's Stars.
#include "login/prices.hpp"

#include <mtp/core/config.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace mtp::MTP_ABI::login {
namespace {

constexpr std::string_view without_digits[] = {
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG",
    "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF", "XTR",
};
constexpr std::string_view with_three[] = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};

std::size_t digits_behind_point(std::string_view currency) {
  auto const in = [&](auto const& all) {
    return std::ranges::find(all, currency) != std::ranges::end(all);
  };
  if (in(without_digits)) return 0;
  return in(with_three) ? 3 : 2;
}

}  // namespace

std::string price_text(std::int64_t amount, std::string_view currency) {
  auto const unsigned_amount = static_cast<std::uint64_t>(amount);
  auto digits = fmt::format("{}", amount < 0 ? 0 - unsigned_amount : unsigned_amount);
  auto const behind = digits_behind_point(currency);
  if (behind > 0) {
    if (digits.size() <= behind) digits.insert(0, behind + 1 - digits.size(), '0');
    digits.insert(digits.size() - behind, 1, '.');
  }
  return fmt::format("{}{} {}", amount < 0 ? "-" : "", digits, currency);
}

}  // namespace mtp::MTP_ABI::login
