// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/links
#include "methods/peers/peer_name.hpp"

#include "core/trimmed.hpp"

#include <algorithm>
#include <array>

namespace mtp::MTP_ABI::detail {
namespace {

/// The longest that the server gives is 32; longer ones are its to refuse.
constexpr std::size_t max_username = 64;

constexpr std::array<std::string_view, 3> hosts = {"t.me", "telegram.me", "telegram.dog"};

/// What stands in a link where a username stands otherwise.
constexpr std::array<std::string_view, 24> other_links = {
    "addemoji", "addlist",     "addstickers",  "addtheme", "bg",       "boost",
    "c",        "call",        "confirmphone", "contact",  "giftcode", "iv",
    "invoice",  "joinchat",    "login",        "m",        "msg",      "nft",
    "proxy",    "setlanguage", "share",        "socks",    "stickers", "web"};

char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_of_username(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

/// Takes `prefix` off the front of `text`, if it is there.
bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

/// Everything before the first of `ends`.
std::string_view before(std::string_view text, std::string_view ends) {
  return text.substr(0, text.find_first_of(ends));
}

/// The `domain` of "resolve?domain=alice&post=7".
std::optional<std::string_view> domain_of(std::string_view link) {
  if (!take(link, "resolve?")) return std::nullopt;
  link = before(link, "#");
  while (!link.empty()) {
    std::string_view part = before(link, "&");
    link.remove_prefix(std::min(part.size() + 1, link.size()));
    if (take(part, "domain=")) return part;
  }
  return std::nullopt;
}

/// The name in the path of a link, behind the host.
std::optional<std::string_view> name_in_path(std::string_view path) {
  if (!take(path, "/")) return std::nullopt;
  take(path, "s/");  // the preview of a channel
  std::string_view const name = before(path, "/?#");
  if (std::ranges::find(other_links, name) != other_links.end()) return std::nullopt;
  return name;
}

/// "alice" of "alice.t.me".
std::optional<std::string_view> name_before(std::string_view host, std::string_view of) {
  if (!host.ends_with(of) || host.size() <= of.size()) return std::nullopt;
  host.remove_suffix(of.size());
  if (!host.ends_with('.')) return std::nullopt;
  host.remove_suffix(1);
  return host;
}

/// What a text in lower case names, links taken apart. Empty for links to something else.
std::optional<std::string_view> name_in(std::string_view text) {
  if (take(text, "tg://") || take(text, "tg:")) return domain_of(text);
  bool const is_web = take(text, "https://") || take(text, "http://");
  take(text, "www.");
  std::string_view const host = before(text, "/?#");
  for (std::string_view const known : hosts) {
    if (host == known) return name_in_path(text.substr(host.size()));
    if (auto const name = name_before(host, known)) return name;
  }
  if (is_web) return std::nullopt;
  take(text, "@");
  return text;
}

}  // namespace

std::optional<std::string> to_username(std::string_view written) {
  std::string text(trimmed(written));
  std::ranges::transform(text, text.begin(), to_lower);
  auto const name = name_in(text);
  bool const good = name && !name->empty() && name->size() <= max_username &&
                    std::ranges::all_of(*name, is_of_username);
  if (!good) return std::nullopt;
  return std::string(*name);
}

}  // namespace mtp::MTP_ABI::detail
