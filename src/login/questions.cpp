// SPDX-License-Identifier: MIT OR Apache-2.0
#include "login/questions.hpp"

#include "login/prices.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <utility>

namespace mtp::MTP_ABI::login {
namespace {

constexpr std::string_view again = "again";
constexpr std::string_view back = "back";

std::string place_of(sent_code const& sent) {
  std::string const clue = sent.clue.empty() ? "" : " (" + sent.clue + ")";
  switch (sent.delivery) {
    case code_delivery::app: return "to your other devices";
    case code_delivery::sms: return "in a text message";
    case code_delivery::call: return "by a call";
    case code_delivery::email: return "by e-mail" + clue;
    case code_delivery::fragment: return "on Fragment" + clue;
    case code_delivery::flash_call: return "as the number that calls you" + clue;
    case code_delivery::missed_call:
      return "as the last digits of the number that calls you" + clue;
    case code_delivery::word: return "as a word in a text message" + clue;
    case code_delivery::phrase: return "as a phrase in a text message" + clue;
    case code_delivery::unknown: break;
  }
  return "in a new way";
}

std::string_view trimmed(std::string_view line) {
  constexpr std::string_view blanks = " \t\r\n";
  auto const first = line.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return line.substr(first, line.find_last_not_of(blanks) - first + 1);
}

/// How and when the code may be had once more.
std::string resend_of(need_code const& s) {
  if (!s.next) return {};
  auto const span = s.resend_after.count();
  auto const wait = span > 0 ? fmt::format(" after {} seconds", span) : std::string();
  return fmt::format("\"again\" sends it anew {}{}, ", place_of({.delivery = *s.next}), wait);
}

/// What is asked, by step.
struct asked {
  question operator()(need_identity const& s) const {
    std::string_view const usual = "Telephone number, bot token, or \"qr\": ";
    if (s.begun.empty()) return {std::string(usual)};
    return {
        fmt::format("A code was sent to {} before, and is still good.\n"
                    "An empty line goes on with it. {}",
                    s.begun, usual)};
  }
  question operator()(need_code const& s) const {
    return {fmt::format("A code was sent {}{}.\nCode ({}\"back\" takes another number): ",
                        place_of(s.sent), s.earlier ? " before" : "", resend_of(s))};
  }
  question operator()(need_payment const& s) const {
    return {
        fmt::format("The server wants {} before it sends a code.\n"
                    "Number of the form by which that was paid (\"back\" takes another number): ",
                    price_text(s.amount, s.currency))};
  }
  question operator()(need_password const& s) const {
    std::string const hint = s.hint.empty() ? "" : "hint: " + s.hint + "; ";
    std::string_view const forgotten =
        s.can_recover ? "an empty line when it is forgotten" : "it is not shown";
    return {fmt::format("Password ({}{}): ", hint, forgotten), true};
  }
  question operator()(need_recovery_code const& s) const {
    return {fmt::format(
        "Code that was sent to {}; it removes the password (\"back\" takes another number): ",
        s.email_pattern)};
  }
  question operator()(need_sign_up const& s) const {
    std::string const age = s.min_age ? fmt::format("You must be {} or older.\n", *s.min_age) : "";
    std::string const terms = s.terms.empty() ? "" : s.terms + "\n";
    return {
        fmt::format("The number has no account yet.\n{}{}Your name; it accepts the terms "
                    "(\"back\" takes another number): ",
                    terms, age)};
  }
  question operator()(need_scan const&) const {
    return {"Scan the code with Telegram on your phone: Settings, Devices, Link Desktop Device.\n"};
  }
  question operator()(need_passkey const& s) const {
    return {
        fmt::format("No terminal can show this to an authenticator:\n{}\n"
                    "Telephone number, bot token, or \"qr\": ",
                    s.options)};
  }
  question operator()(need_email const&) const {
    return {"E-mail address for codes (\"back\" takes another number): "};
  }
  question operator()(need_email_code const& s) const {
    return {fmt::format(
        "Code that was sent to {} (\"again\" sends it anew, \"back\" takes another number): ",
        s.email_pattern)};
  }
  question operator()(done const&) const { return {}; }
};

/// What a line means, by step. It is never empty, but for a password and a log-in to go on with.
struct meant {
  std::string_view line;

  secret<std::string> text() const { return std::string(line); }

  std::optional<answer> operator()(need_identity const& s) const {
    if (line.empty()) return phone_number{s.begun};
    if (line == "qr") return by_qr{};
    if (line.find(':') != std::string_view::npos) return bot_token{text()};
    return phone_number{text()};
  }
  std::optional<answer> operator()(need_passkey const&) const { return (*this)(need_identity()); }
  std::optional<answer> operator()(need_payment const&) const {
    if (line == back) return other_number{};
    std::int64_t form = 0;
    auto const [end, failed] = std::from_chars(line.data(), line.data() + line.size(), form);
    if (failed != std::errc() || end != line.data() + line.size()) return std::nullopt;
    return paid{form};
  }
  std::optional<answer> operator()(need_code const&) const {
    if (line == again) return resend_code{};
    if (line == back) return other_number{};
    return code{text()};
  }
  std::optional<answer> operator()(need_password const& s) const {
    if (!line.empty()) return password{text()};
    if (s.can_recover) return recover_password{};
    return std::nullopt;
  }
  std::optional<answer> operator()(need_recovery_code const&) const {
    if (line == back) return other_number{};
    return code{text()};
  }
  std::optional<answer> operator()(need_sign_up const&) const {
    if (line == back) return other_number{};
    auto const blank = line.find(' ');
    new_name out{.first = std::string(line.substr(0, blank))};
    if (blank != std::string_view::npos) out.last = trimmed(line.substr(blank));
    return out;
  }
  std::optional<answer> operator()(need_scan const&) const { return std::nullopt; }
  std::optional<answer> operator()(need_email const&) const {
    if (line == back) return other_number{};
    return email_address{text()};
  }
  std::optional<answer> operator()(need_email_code const&) const {
    if (line == again) return resend_code{};
    if (line == back) return other_number{};
    return code{text()};
  }
  std::optional<answer> operator()(done const&) const { return std::nullopt; }
};

}  // namespace

question question_of(step const& what) {
  auto out = std::visit(asked(), what);
  auto const wrong = words_of(complaint_of(what));
  if (!wrong.empty()) out.text = wrong + "\n" + out.text;
  return out;
}

/// A password may begin and end with blanks.
std::optional<answer> answer_of(step const& what, std::string_view line) {
  bool const hidden = std::holds_alternative<need_password>(what);
  if (!hidden) line = trimmed(line);
  auto const* who = std::get_if<need_identity>(&what);
  bool const may_be_empty = hidden || (who && !who->begun.empty());
  if (line.empty() && !may_be_empty) return std::nullopt;
  return std::visit(meant{line}, what);
}

}  // namespace mtp::MTP_ABI::login
