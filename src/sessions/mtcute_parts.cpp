// SPDX-License-Identifier: MIT OR Apache-2.0
#include "sessions/mtcute_parts.hpp"

#include "sessions/parts.hpp"
#include "sessions/reading.hpp"

namespace mtp::MTP_ABI::sessions {
namespace {

constexpr std::uint8_t is_ipv6 = 1;
constexpr std::uint8_t is_media = 2;
constexpr std::uint8_t is_test = 4;
constexpr std::uint8_t version = 2;  // in version 1 there was no flag for tests

}  // namespace

result<mtcute_address> read_mtcute_address(bytes_view data) {
  wire::reader from(data);
  auto const written_by = from.number<std::uint8_t>();
  if (from.ok() && (written_by < 1 || written_by > version))
    return failed(portable_errc::wrong_version);
  mtcute_address out;
  out.dc = from.number<std::uint8_t>();
  auto const flags = from.number<std::uint8_t>();
  out.address.host = as_text(from.text());
  auto const port = from.number<std::int32_t>();
  require(from, is_dc(out.dc) && is_host(out.address.host) && is_port(port));
  if (auto const problem = problem_of(from)) return failure{problem};
  out.address.port = static_cast<std::uint16_t>(port);
  out.address.media_only = (flags & is_media) != 0;
  out.test = written_by == version && (flags & is_test) != 0;
  return out;
}

bytes write_mtcute_address(mtcute_address const& value) {
  auto const& address = value.address;
  std::uint8_t flags = address.host.find(':') == std::string::npos ? 0 : is_ipv6;
  if (address.media_only) flags |= is_media;
  if (value.test) flags |= is_test;
  return wire::writer()
      .number(version)
      .number(static_cast<std::uint8_t>(value.dc))
      .number(flags)
      .text(as_bytes(address.host))
      .number(std::int32_t{address.port})
      .take();
}

}  // namespace mtp::MTP_ABI::sessions
