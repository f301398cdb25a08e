// SPDX-License-Identifier: MIT OR Apache-2.0
#include "command_line.hpp"

#include "arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace mtp::MTP_ABI::testing {
namespace {

using problem = std::optional<std::string>;

problem read_listen(std::string_view text, command_line& out, std::uint16_t& port) {
  auto place = read_place(text);
  if (!place) return fmt::format("--listen wants HOST:PORT, not \"{}\"", text);
  out.host = std::move(place->host);
  port = place->port;
  return {};
}

problem add_dc(std::string_view text, command_line& out) {
  auto at = read_dc(text);
  if (!at)
    return fmt::format("--dc wants N=[HOST:]PORT[,HOW]..., not \"{}\"; --help tells how", text);
  out.dcs.push_back(std::move(*at));
  return {};
}

problem add_fault(std::string_view text, command_line& out) {
  auto fault = read_fault(text);
  if (!fault) return fmt::format("--fault {}; --help tells what", fault.error());
  out.faults.push_back(std::move(*fault));
  return {};
}

problem read_temporary_keys(std::string_view text, command_line& out) {
  if (text != "on" && text != "off")
    return fmt::format("--temporary-keys wants on or off, not \"{}\"", text);
  out.temporary_keys = text == "on";
  return {};
}

problem read_option(std::string_view name, std::string_view value, command_line& out,
                    std::uint16_t& port) {
  if (name == "--listen") return read_listen(value, out, port);
  if (name == "--dc") return add_dc(value, out);
  if (name == "--fault") return add_fault(value, out);
  if (name == "--temporary-keys") return read_temporary_keys(value, out);
  if (name == "--key") out.key_file = value;
  if (name == "--world") out.world_file = value;
  if (name == "--schema") out.schema_files.emplace_back(value);
  return {};
}

constexpr std::string_view with_value[] = {"--listen", "--dc",    "--key",           "--world",
                                           "--schema", "--fault", "--temporary-keys"};

bool* flag_of(std::string_view name, command_line& out) {
  if (name == "--log") return &out.log;
  if (name == "--test-servers") return &out.test_servers;
  return name == "--help" || name == "-h" ? &out.help : nullptr;
}

}  // namespace

std::string_view usage() noexcept {
  return "usage: mtp-test-dc [--listen HOST:PORT] [--dc N=[HOST:]PORT[,HOW]...]... [--key "
         "FILE.pem]\n"
         "                   [--world FILE.json] [--schema FILE.tl]... [--temporary-keys on|off]\n"
         "                   [--fault METHOD=WHAT[*TIMES]]... [--test-servers] [--log]\n"
         "\n"
         "Plays a Telegram data centre, offline, for clients under test.\n"
         "\n"
         "  --listen HOST:PORT  where to listen; port 0 picks one (127.0.0.1:0)\n"
         "  --dc N=[HOST:]PORT[,HOW]...\n"
         "                      play data centre N at that address; may be repeated, for the same "
         "N\n"
         "                      too. Of --listen only the host counts then. Without it: data "
         "centre\n"
         "                      2, on the port of --listen. An IPv6 host stands in brackets. HOW:\n"
         "                        media-only  no updates; key exchanges name the data centre by "
         "-N\n"
         "                        tcpo-only   only for who obfuscates\n"
         "                        cdn         told to be one\n"
         "                        silent      accepts connections and says nothing\n"
         "                        closed      refuses connections\n"
         "  --key FILE.pem      private RSA key of 2048 bits; without it one is made\n"
         "  --world FILE.json   users, bots, groups and messages; see docs/guide/testing.md\n"
         "  --schema FILE.tl    TL text of another layer, for clients that speak it; may be "
         "repeated\n"
         "  --temporary-keys on|off\n"
         "                      whether temporary keys can be bound (on)\n"
         "  --fault METHOD=WHAT[*TIMES]\n"
         "                      what goes wrong with calls of a method (all: of every method), "
         "once,\n"
         "                      TIMES times or *always; may be repeated. WHAT:\n"
         "                        CODE:TEXT   refuse it, as in 420:FLOOD_WAIT_3\n"
         "                        delay:N     execute it, answer N seconds later, 1 to 86400\n"
         "                        lose        execute it and never answer\n"
         "                        disconnect  execute it, then hang up\n"
         "                        ignore      do nothing at all\n"
         "                        garbage, broken-gzip, bomb\n"
         "                                    execute it, answer what cannot be read or inflated\n"
         "  --test-servers      play Telegram's test servers: key exchanges name data centre N by\n"
         "                      10000 + N\n"
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
    if (auto* const on = flag_of(name, out)) {
      *on = true;
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

}  // namespace mtp::MTP_ABI::testing
