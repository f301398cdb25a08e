// SPDX-License-Identifier: MIT OR Apache-2.0
#include "sessions/parts.hpp"

#include "sessions/failed.hpp"

#include <mtp/net/address_book.hpp>

#include <asio/ip/address.hpp>

#include <algorithm>
#include <charconv>

namespace mtp::MTP_ABI::sessions {
namespace {

std::optional<asio::ip::address> parse(std::string const& host) {
  asio::error_code problem;
  auto const address = asio::ip::make_address(host, problem);
  if (problem) return {};
  return address;
}

address_book const& book(bool test) {
  return builtin_addresses(test ? dc_environment::test : dc_environment::production);
}

bool is_in(address_book const& all, std::string_view host) {
  return std::ranges::any_of(all, [host](auto const& dc) {
    return std::ranges::any_of(dc.second, [host](auto const& one) { return one.host == host; });
  });
}

template <class Accepted>
std::optional<portable_address> first_address(portable_session const& session, int dc,
                                              Accepted const& accepted) {
  auto const found = session.dcs.find(dc);
  if (found == session.dcs.end()) return known_address(dc, session.test);
  auto const& all = found->second.addresses;
  auto const one = std::ranges::find_if(
      all, [&](portable_address const& a) { return !a.media_only && accepted(a); });
  if (one == all.end()) return known_address(dc, session.test);
  return *one;
}

}  // namespace

bool is_dc(std::int64_t number) { return number >= 1 && number <= max_dc; }
bool is_user_id(std::int64_t number) { return number >= 1 && number <= max_user_id; }

// --- Addresses

std::optional<bytes> packed_address(std::string const& host) {
  auto const address = parse(host);
  if (!address) return {};
  if (address->is_v4()) {
    auto const raw = address->to_v4().to_bytes();
    return bytes(raw.begin(), raw.end());
  }
  auto const raw = address->to_v6().to_bytes();
  return bytes(raw.begin(), raw.end());
}

std::string address_text(bytes_view packed) {
  if (packed.size() == 4) {
    asio::ip::address_v4::bytes_type raw{};
    std::ranges::copy(packed, raw.begin());
    return asio::ip::address_v4(raw).to_string();
  }
  asio::ip::address_v6::bytes_type raw{};
  std::ranges::copy(packed, raw.begin());
  return asio::ip::address_v6(raw).to_string();
}

bool is_host(std::string_view text) {
  constexpr std::size_t max_name = 253;
  if (text.empty() || text.size() > max_name) return false;
  if (text.find(':') != std::string_view::npos) return parse(std::string(text)).has_value();
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-';
  });
}

std::optional<portable_address> split_address(std::string_view text) {
  auto const colon = text.rfind(':');
  if (colon == std::string_view::npos) return {};
  auto host = text.substr(0, colon);
  auto const digits = text.substr(colon + 1);
  portable_address out;
  auto const [end, problem] =
      std::from_chars(digits.data(), digits.data() + digits.size(), out.port);
  if (problem != std::errc() || end != digits.data() + digits.size() || out.port == 0) return {};
  bool const bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (!is_host(host) || bracketed != (host.find(':') != std::string_view::npos)) return {};
  out.host = host;
  return out;
}

std::string join_address(portable_address const& address) {
  bool const brackets = address.host.find(':') != std::string::npos;
  return (brackets ? '[' + address.host + ']' : address.host) + ':' + std::to_string(address.port);
}

bool is_test_host(std::string_view host) {
  return is_in(book(true), host) && !is_in(book(false), host);
}

std::optional<portable_address> known_address(int dc, bool test) {
  auto const found = book(test).find(dc);
  if (found == book(test).end() || found->second.empty()) return {};
  return portable_address{.host = found->second.front().host, .port = found->second.front().port};
}

std::optional<portable_address> address_of(portable_session const& session, int dc) {
  return first_address(session, dc, [](portable_address const& one) { return is_host(one.host); });
}

std::optional<portable_address> ip_address_of(portable_session const& session, int dc) {
  return first_address(session, dc, [](portable_address const& one) {
    return packed_address(one.host).has_value();
  });
}

// --- For readers

result<portable_session> session_of(int dc, bytes_view key) {
  if (!is_dc(dc)) return failed(portable_errc::bad_value);
  bool const empty = std::ranges::all_of(key, [](std::uint8_t byte) { return byte == 0; });
  if (key.size() != auth_key_size || empty) return failed(portable_errc::no_key);
  portable_session out;
  out.home_dc = dc;
  out.dcs[dc].auth_key = bytes(key.begin(), key.end());
  return out;
}

// --- For writers

result<bytes_view> home_key(portable_session const& session) {
  auto const found = session.dcs.find(session.home_dc);
  if (found == session.dcs.end() || found->second.auth_key.reveal().size() != auth_key_size)
    return failed(portable_errc::no_key);
  return bytes_view(found->second.auth_key.reveal());
}

result<std::uint8_t> home_byte(portable_session const& session) {
  if (session.home_dc < 1 || session.home_dc > 255) return failed(portable_errc::does_not_fit);
  return static_cast<std::uint8_t>(session.home_dc);
}

}  // namespace mtp::MTP_ABI::sessions
