// SPDX-License-Identifier: MIT OR Apache-2.0
#include "text/id_text.hpp"

#include "core/base64.hpp"

#include <mtp/core/error.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::detail {
namespace {

constexpr std::ptrdiff_t max_zeros = 250;

bytes shorten_zeros(bytes_view data) {
  bytes out;
  for (auto at = data.begin(); at != data.end();) {
    if (*at != 0) {
      out.push_back(*at++);
      continue;
    }
    auto const most = std::min(max_zeros, data.end() - at);
    auto const end = std::find_if(at, at + most, [](std::uint8_t b) { return b != 0; });
    out.push_back(0);
    out.push_back(static_cast<std::uint8_t>(end - at));
    at = end;
  }
  return out;
}

}  // namespace

void throw_no_id(char const* why) {
  throw error(make_error_code(client_errc::bad_argument), std::string("no id of a file: ") + why);
}

bytes expand_zeros(bytes_view data) {
  bytes out;
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (data[i] != 0) {
      out.push_back(data[i]);
      continue;
    }
    if (++i == data.size() || data[i] == 0) throw_no_id("a run of zeros has no length");
    out.resize(out.size() + data[i]);
  }
  return out;
}

bytes read_id_base64(std::string_view text) {
  if (text.empty() || text.size() > max_id_text) throw_no_id("too short or too long");
  auto const read = base64::decode(text, base64::alphabet::url);
  if (!read) throw_no_id("it is not written in base64 for addresses");
  return read->reveal();
}

bytes read_id_bytes(std::string_view text) { return expand_zeros(read_id_base64(text)); }

std::string write_id_bytes(bytes_view data, bytes_view version) {
  auto all = shorten_zeros(data);
  append(all, version);
  auto const text = base64::encode(all, base64::alphabet::url, false);
  if (text.reveal().size() > max_id_text) throw_no_id("too long");
  return text.reveal();
}

}  // namespace mtp::MTP_ABI::detail
