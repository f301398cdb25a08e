// SPDX-License-Identifier: MIT OR Apache-2.0
#include "login/scan_url.hpp"

#include "sessions/base64.hpp"

#include <utility>

namespace mtp::MTP_ABI::login {
namespace {

constexpr std::string_view scan_url_start = "tg://login?token=";

}  // namespace

std::string scan_url(bytes_view token) {
  return sessions::encode_base64(token, sessions::alphabet::url, false, scan_url_start).reveal();
}

std::optional<secret<bytes>> token_in(std::string_view url) {
  if (!url.starts_with(scan_url_start)) return std::nullopt;
  auto token = sessions::decode_base64(url.substr(scan_url_start.size()), sessions::alphabet::url);
  if (!token || token->reveal().empty()) return std::nullopt;
  return *std::move(token);
}

}  // namespace mtp::MTP_ABI::login
