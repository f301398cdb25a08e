// SPDX-License-Identifier: MIT OR Apache-2.0
#include "libsql/target.hpp"

#include <mtp/core/error.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace mtp::MTP_ABI::libsql {
namespace {

constexpr std::size_t max_account = 255;
constexpr std::size_t max_shown = 200;

/// What stands in the url may be a secret that went to the wrong place, so it is not repeated.
[[noreturn]] void refuse_target(char const* what) {
  throw error(make_error_code(client_errc::bad_argument), what);
}

bool is_printable(char c) { return c > ' ' && c < 0x7f; }

bool is_of_host(char c) {
  bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || (c >= '0' && c <= '9') ||
         std::string_view(".-_:[]").find(c) != std::string::npos;
}

}  // namespace

target::target(libsql_options said) : said_(std::move(said)) {
  bool const good =
      said_.account.size() <= max_account && said_.account.find('\0') == std::string::npos;
  if (!good) refuse_target("the name of an account has at most 255 bytes, none of them zero");
  if (!std::ranges::all_of(said_.token.reveal(), is_printable))
    refuse_target("the token of libSQL contains what no token does");
  read();
}

void target::read() {
  std::string_view const url = said_.url;
  if (url == ":memory:" || url == "file::memory:") {
    kind_ = kind::memory;
    return require_nothing_remote();
  }
  if (url.starts_with("file:")) {
    kind_ = kind::file;
    path_ = url.substr(url.starts_with("file:///") ? 7 : 5);
    if (path_.empty() || path_.find('?') != std::string::npos)
      refuse_target("the url of libSQL is file: and a path, without anything behind it");
    return require_nothing_remote();
  }
  auto const colon = url.find("://");
  if (colon == std::string_view::npos)
    refuse_target("the url of libSQL begins with libsql://, https://, http:// or file:");
  read_server(url.substr(0, colon), url.substr(colon + 3));
}

void target::read_server(std::string_view scheme, std::string_view rest) {
  if (scheme != "libsql" && scheme != "https" && scheme != "http")
    refuse_target("the url of libSQL begins with libsql://, https://, http:// or file:");
  bool plain = scheme == "http";
  if (scheme == "libsql" && rest.ends_with("?tls=0")) {
    rest.remove_suffix(6);
    plain = true;
  }
  if (rest.ends_with('/')) rest.remove_suffix(1);
  if (rest.empty() || !std::ranges::all_of(rest, is_of_host))
    refuse_target("the url of libSQL has a host and a port, and the token is not a part of it");
  address_ = (plain ? "http://" : "https://") + std::string(rest);
  place_ = "account " + said_.account + (said_.account.empty() ? "of " : " of ") + address_;
}

void target::require_nothing_remote() const {
  if (!said_.account.empty()) refuse_target("a file of libSQL holds one account, without a name");
  if (!said_.replica.empty()) refuse_target("a file of libSQL is its own replica");
}

std::string target::shown(std::string text) const {
  auto const& word = said_.token.reveal();
  for (auto at = word.empty() ? std::string::npos : text.find(word); at != std::string::npos;
       at = text.find(word, at + 3))
    text.replace(at, word.size(), redacted);
  if (text.size() > max_shown) text = text.substr(0, max_shown) + "...";
  for (auto& one : text)
    if (!is_printable(one)) one = ' ';
  return text;
}

}  // namespace mtp::MTP_ABI::libsql
