// SPDX-License-Identifier: MIT OR Apache-2.0
#include "postgres/target.hpp"

#include <mtp/core/error.hpp>
#include <mtp/core/wipe.hpp>

#include <libpq-fe.h>

#include <cstring>
#include <map>
#include <memory>
#include <string_view>
#include <utility>

namespace mtp::MTP_ABI::postgres {
namespace {

constexpr std::size_t max_account = 255;

[[noreturn]] void refuse(char const* what) {
  throw error(make_error_code(client_errc::bad_argument), what);
}

bool is_hidden(PQconninfoOption const& one) { return std::strcmp(one.dispchar, "*") == 0; }

/// libpq would free them as they are.
void free_options(PQconninfoOption* all) {
  for (auto* one = all; one && one->keyword; ++one) {
    if (one->val) wipe({reinterpret_cast<std::uint8_t*>(one->val), std::strlen(one->val)});
  }
  PQconninfoFree(all);
}

using options = std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)>;

/// What libpq says of a string that it cannot read may be a part of a password.
options parse(std::string const& text) {
  char* said = nullptr;
  options out(PQconninfoParse(text.c_str(), &said), free_options);
  PQfreemem(said);
  if (!out) refuse("the connection string of PostgreSQL cannot be read");
  return out;
}

std::string place_of(std::map<std::string, std::string>& said, std::string const& account) {
  auto const& host = said["host"].empty() ? said["hostaddr"] : said["host"];
  // An address with a password that contains an @ which is not escaped.
  if (host.find('@') != std::string::npos) refuse("the host of PostgreSQL contains an @");
  std::string place = "account " + account + " of postgresql://" + host;
  if (!said["port"].empty()) place += ":" + said["port"];
  return place + "/" + (said["dbname"].empty() ? said["service"] : said["dbname"]);
}

}  // namespace

target::target(secret<std::string> connection, std::string account)
    : connection_(std::move(connection)), account_(std::move(account)) {
  bool const good = !account_.empty() && account_.size() <= max_account &&
                    account_.find('\0') == std::string::npos;
  if (!good) refuse("the name of an account has 1 to 255 bytes, none of them zero");
  read();
}

void target::read() {
  auto const all = parse(connection_.reveal());
  std::map<std::string, std::string> said;
  for (auto* one = all.get(); one->keyword; ++one) {
    if (!one->val || !*one->val) continue;
    if (is_hidden(*one))
      hidden_.emplace_back(std::string(one->val));
    else
      said[one->keyword] = one->val;
  }
  place_ = place_of(said, account_);
}

std::string target::shown(std::string text) const {
  for (auto const& one : hidden_) {
    auto const& word = one.reveal();
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at))
      text.replace(at, word.size(), redacted), at += std::string_view(redacted).size();
  }
  while (!text.empty() && text.back() == '\n') text.pop_back();
  for (auto& one : text)
    if (one == '\n' || one == '\t') one = ' ';
  return text;
}

}  // namespace mtp::MTP_ABI::postgres
