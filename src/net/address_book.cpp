// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/net/address_book.hpp>

#include "core/trimmed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace mtp::MTP_ABI {
namespace {

constexpr std::uint16_t ports[] = {443, 80, 5222};

struct builtin_address {
  int dc;
  char const* host;
};

// The bootstrap addresses that Telegram's own clients carry; IPv4 first.
constexpr builtin_address production[] = {
    {1, "149.154.175.50"},        {2, "149.154.167.51"},        {2, "95.161.76.100"},
    {3, "149.154.175.100"},       {4, "149.154.167.91"},        {5, "149.154.171.5"},
    {1, "2001:b28:f23d:f001::a"}, {2, "2001:67c:4e8:f002::a"},  {3, "2001:b28:f23d:f003::a"},
    {4, "2001:67c:4e8:f004::a"},  {5, "2001:b28:f23f:f005::a"},
};
constexpr builtin_address test[] = {
    {1, "149.154.175.10"},        {2, "149.154.167.40"},       {3, "149.154.175.117"},
    {1, "2001:b28:f23d:f001::e"}, {2, "2001:67c:4e8:f002::e"}, {3, "2001:b28:f23d:f003::e"},
};

template <std::size_t Size>
address_book make_book(builtin_address const (&all)[Size]) {
  address_book book;
  for (std::uint16_t port : ports) {
    for (auto const& [dc, host] : all) book[dc].push_back({.host = host, .port = port});
  }
  return book;
}

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
  Number value = 0;
  auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size() || value <= 0) return {};
  return value;
}

bool plausible_host(std::string_view host) {
  return !host.empty() && host.size() <= 255 && std::ranges::all_of(host, [](unsigned char c) {
    return c > 0x20 && c < 0x7f && c != '/' && c != '@' && c != '[' && c != ']';
  });
}

/// "host:port" or "[address]:port"; an address with colons must stand in brackets.
std::optional<dc_endpoint> parse_endpoint(std::string_view text) {
  auto const colon = text.rfind(':');
  if (colon == std::string_view::npos) return {};
  std::string_view host = text.substr(0, colon);
  auto const port = whole_number<std::uint16_t>(text.substr(colon + 1));
  bool const bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  bool const has_colon = host.find(':') != std::string_view::npos;
  if (!port || !plausible_host(host) || bracketed != has_colon) return {};
  return dc_endpoint{.host = std::string(host), .port = *port};
}

}  // namespace

address_book const& builtin_addresses(dc_environment environment) {
  static address_book const real = make_book(production);
  static address_book const trial = make_book(test);
  return environment == dc_environment::test ? trial : real;
}

result<address_book, std::string> parse_address_book(std::string_view text) {
  address_book book;
  while (!text.empty()) {
    auto const comma = text.find(',');
    std::string_view const entry = detail::trimmed(text.substr(0, comma));
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    auto const at = entry.find('@');
    auto const dc = whole_number<int>(entry.substr(0, std::min(at, entry.size())));
    auto const endpoint =
        at == std::string_view::npos ? std::nullopt : parse_endpoint(entry.substr(at + 1));
    if (!dc || *dc > 9999 || !endpoint)
      return failure{fmt::format("\"{}\" is not of the form 2@host:port", entry)};
    book[*dc].push_back(*endpoint);
  }
  if (book.empty()) return failure{std::string("no data centre is named")};
  return book;
}

}  // namespace mtp::MTP_ABI
