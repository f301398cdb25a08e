// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "support/vectors/session_strings.hpp"

#include <mtp/core/result.hpp>
#include <mtp/sessions/portable_session.hpp>

#include <algorithm>

namespace mtp::test {

inline constexpr std::int64_t somebody = 5000801609;

/// The bytes 0 to 255.
inline bytes counting_key() {
  bytes out(256);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::uint8_t>(i);
  return out;
}

/// A session of data centre 2, under the counting key, with one address.
inline portable_session small_session(std::string host = "149.154.167.51") {
  portable_session out;
  out.home_dc = 2;
  out.dcs[2].auth_key = counting_key();
  out.dcs[2].addresses = {{.host = std::move(host), .port = 443}};
  return out;
}

/// The same with somebody in it.
inline portable_session owned_session(bool bot = false) {
  portable_session out = small_session();
  out.self = portable_self{.id = somebody, .bot = bot};
  out.api_id = 12345;
  return out;
}

inline std::string text_of(result<secret<std::string>> const& written) {
  return written ? written->reveal() : "failed: " + written.error().message();
}

inline portable_session without_addresses(portable_session session) {
  for (auto& [number, dc] : session.dcs) dc.addresses.clear();
  return session;
}

/// Whether the parts of a session that is no error are possible ones.
inline bool is_sound(portable_session const& session) {
  auto const home = session.dcs.find(session.home_dc);
  if (home == session.dcs.end() || home->second.auth_key.reveal().size() != 256) return false;
  bool const addresses = std::ranges::all_of(home->second.addresses,
                                             [](auto const& one) { return !one.host.empty(); });
  return addresses && session.home_dc >= 1 && (!session.self || session.self->id > 0);
}

}  // namespace mtp::test
