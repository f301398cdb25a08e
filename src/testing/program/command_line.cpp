// SPDX-License-Identifier: MIT OR Apache-2.0
#include "command_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace mtp::testing {
namespace {

template <class Number>
std::optional<Number> whole(std::string_view text, Number least, Number most) {
  Number value{};
  auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const good = problem == std::errc() && end == text.data() + text.size() && !text.empty();
  if (!good || value < least || value > most) return {};
  return value;
}

using problem = std::optional<std::string>;

problem read_listen(std::string_view text, command_line& out, std::uint16_t& port) {
  auto const colon = text.rfind(':');
  auto const number = colon == std::string_view::npos
                          ? std::nullopt
                          : whole<std::uint16_t>(text.substr(colon + 1), 0, 65535);
  if (!number || colon == 0) return fmt::format("--listen wants HOST:PORT, not \"{}\"", text);
  out.host = text.substr(0, colon);
  if (out.host.starts_with('[') && out.host.ends_with(']'))
    out.host = out.host.substr(1, out.host.size() - 2);  // IPv6
  port = *number;
  return {};
}

problem read_dc(std::string_view text, command_line& out) {
  auto const equals = text.find('=');
  if (equals == std::string_view::npos) return fmt::format("--dc wants N=PORT, not \"{}\"", text);
  auto const id = whole<int>(text.substr(0, equals), 1, 999);
  auto const port = whole<std::uint16_t>(text.substr(equals + 1), 0, 65535);
  if (!id || !port) return fmt::format("--dc wants N=PORT, not \"{}\"", text);
  bool const twice = std::any_of(out.dcs.begin(), out.dcs.end(),
                                 [&](dc_port const& other) { return other.id == *id; });
  if (twice) return fmt::format("data centre {} is named twice", *id);
  out.dcs.push_back({*id, *port});
  return {};
}

problem read_option(std::string_view name, std::string_view value, command_line& out,
                    std::uint16_t& port) {
  if (name == "--listen") return read_listen(value, out, port);
  if (name == "--dc") return read_dc(value, out);
  if (name == "--key") out.key_file = value;
  if (name == "--world") out.world_file = value;
  if (name == "--schema") out.schema_files.emplace_back(value);
  return {};
}

constexpr std::string_view with_value[] = {"--listen", "--dc", "--key", "--world", "--schema"};

}  // namespace

std::string_view usage() noexcept {
  return "usage: mtp-test-dc [--listen HOST:PORT] [--dc N=PORT]... [--key FILE.pem]\n"
         "                   [--world FILE.json] [--schema FILE.tl]... [--log]\n"
         "\n"
         "Plays a Telegram data centre, offline, for clients under test.\n"
         "\n"
         "  --listen HOST:PORT  where to listen; port 0 picks one (127.0.0.1:0)\n"
         "  --dc N=PORT         play data centre N on that port of the host; may be repeated.\n"
         "                      Of --listen only the host counts then. Without it: data centre 2,\n"
         "                      on the port of --listen\n"
         "  --key FILE.pem      private RSA key of 2048 bits; without it one is made\n"
         "  --world FILE.json   users, bots, groups and messages; see docs/guide/testing.md\n"
         "  --schema FILE.tl    TL text of another layer, for clients that speak it; may be "
         "repeated\n"
         "  --log               tell on standard error what each call was and how it ended, and\n"
         "                      why connections were closed\n"
         "\n"
         "When ready it prints one line of JSON. It ends on SIGTERM and SIGINT.\n";
}

result<command_line, std::string> parse_command_line(std::span<std::string_view const> arguments) {
  command_line out;
  std::uint16_t port = 0;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    auto name = arguments[i];
    if (name == "--log" || name == "--help" || name == "-h") {
      (name == "--log" ? out.log : out.help) = true;
      continue;
    }
    auto const equals = name.find('=');
    bool const joined = name.starts_with("--") && equals != std::string_view::npos;
    auto const bare = joined ? name.substr(0, equals) : name;
    if (std::find(std::begin(with_value), std::end(with_value), bare) == std::end(with_value))
      return failure{fmt::format("unknown argument \"{}\"", name)};
    if (!joined && i + 1 == arguments.size()) return failure{fmt::format("{} wants a value", bare)};
    auto const value = joined ? name.substr(equals + 1) : arguments[++i];
    if (auto wrong = read_option(bare, value, out, port)) return failure{std::move(*wrong)};
  }
  if (out.dcs.empty()) out.dcs.push_back({2, port});
  return out;
}

}  // namespace mtp::testing
