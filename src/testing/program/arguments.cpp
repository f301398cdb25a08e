// SPDX-License-Identifier: MIT OR Apache-2.0
#include "arguments.hpp"

#include <fmt/format.h>

namespace mtp::MTP_ABI::testing {
namespace {

constexpr int max_seconds = 24 * 60 * 60;
constexpr int max_times = 1'000'000;
constexpr std::string_view delay_mark = "delay:";

/// What stands before `mark`, which is taken off `text` with it; all of it without a mark.
std::string_view take_until(std::string_view& text, char mark) {
  auto const at = text.find(mark);
  auto const out = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
  return out;
}

bool read_how(std::string_view how, address_options& out) {
  if (how == "media-only") return out.media_only = true;
  if (how == "tcpo-only") return out.tcpo_only = true;
  if (how == "cdn") return out.cdn = true;
  bool const silent = how == "silent";
  if (!silent && how != "closed") return false;
  out.service = silent ? address_service::silent : address_service::closed;
  return true;
}

/// CODE:TEXT, as in rpc_error.
std::optional<rpc_fault> read_refusal(std::string_view text) {
  auto const code = whole<std::int32_t>(take_until(text, ':'), -9999, 9999);
  if (!code || text.empty()) return {};
  return rpc_fault{*code, std::string(text)};
}

/// What is wrong; empty when nothing is.
std::string read_delay(std::string_view text, method_fault& out) {
  auto const span = whole<int>(text, 1, max_seconds);
  if (!span) return fmt::format("delay wants 1 to {} seconds, not \"{}\"", max_seconds, text);
  out.delay = std::chrono::seconds(*span);
  return {};
}

std::string read_times(std::string_view text, method_fault& out) {
  auto const times = text == "always" ? -1 : whole<int>(text, 1, max_times);
  if (!times) return fmt::format("*TIMES wants 1 to {} or always, not \"{}\"", max_times, text);
  out.times = *times;
  return {};
}

bool read_what(std::string_view what, method_fault& out) {
  if (what == "lose") return out.lose_answer = true;
  if (what == "disconnect") return out.disconnect = true;
  if (what == "ignore") return out.ignore = true;
  if (what == "garbage") out.damage = answer_damage::garbage;
  if (what == "broken-gzip") out.damage = answer_damage::broken_gzip;
  if (what == "bomb") out.damage = answer_damage::inflates_too_far;
  if (out.damage != answer_damage::none) return true;
  out.refusal = read_refusal(what);
  return out.refusal.has_value();
}

}  // namespace

std::optional<host_and_port> read_place(std::string_view text) {
  auto const colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return {};
  auto const port = whole<std::uint16_t>(text.substr(colon + 1), 0, 65535);
  if (!port) return {};
  auto host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return host_and_port{std::string(host), *port};
}

std::optional<dc_port> read_dc(std::string_view text) {
  dc_port out;
  auto const id = whole<int>(take_until(text, '='), 1, 999);
  auto const where = take_until(text, ',');
  auto const bare = whole<std::uint16_t>(where, 0, 65535);
  auto const place = bare ? host_and_port{{}, *bare} : read_place(where);
  if (!id || !place) return {};
  while (!text.empty()) {
    if (!read_how(take_until(text, ','), out.options)) return {};
  }
  out.id = *id;
  out.port = place->port;
  out.host = place->host;
  return out;
}

result<method_fault, std::string> read_fault(std::string_view text) {
  auto const given = text;
  method_fault out;
  auto const method = take_until(text, '=');
  if (method != "all") out.method = method;
  auto const what = take_until(text, '*');
  std::string wrong;
  if (what.starts_with(delay_mark)) {
    wrong = read_delay(what.substr(delay_mark.size()), out);
  } else if (method.empty() || !read_what(what, out)) {
    wrong = fmt::format("wants METHOD=WHAT[*TIMES], not \"{}\"", given);
  }
  if (wrong.empty() && !text.empty()) wrong = read_times(text, out);
  if (!wrong.empty()) return failure{std::move(wrong)};
  return out;
}

}  // namespace mtp::MTP_ABI::testing
