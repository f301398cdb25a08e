// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/client/prompt.hpp>

#include "client/terminal.hpp"
#include "login/questions.hpp"

#include <mtp/core/error.hpp>

#include <memory>
#include <utility>

namespace mtp::MTP_ABI {
namespace {

using drawing = std::function<std::string(std::string_view text)>;

/// The step as text before the cursor. Nothing is typed while a code is to be scanned.
std::string words_for(login::step const& what, login::question const& asked, drawing const& draw) {
  auto const* scan = std::get_if<login::need_scan>(&what);
  if (!scan) return asked.text;
  auto const address = scan->url + "\n" + asked.text;
  return draw ? draw(scan->url) + address : "To be shown as a QR code: " + address;
}

struct asking {
  drawing draw;
  login::code_options codes = {};
};

/// A number goes with what the program can make of its code.
login::answer with_options(login::answer said, login::code_options const& codes) {
  if (auto* who = std::get_if<login::phone_number>(&said)) who->how = codes;
  return said;
}

task<std::optional<login::answer>> ask(std::shared_ptr<detail::terminal> where,
                                       std::shared_ptr<asking const> how, login::step const* what) {
  auto const asked = login::question_of(*what);
  auto const words = words_for(*what, asked, how->draw);
  for (;;) {
    where->show(words);
    if (std::holds_alternative<login::need_scan>(*what)) co_return std::nullopt;
    auto const line = co_await where->read_line(asked.hidden);
    if (!line) {
      where->show("\n");
      throw error(make_error_code(client_errc::not_signed_in),
                  "the input ended before anybody was signed in");
    }
    auto meant = login::answer_of(*what, line->reveal());
    if (meant) co_return with_options(*std::move(meant), how->codes);
  }
}

}  // namespace

login::asker prompt(prompt_options options) {
  auto const where = std::make_shared<detail::terminal>(options.input, options.output);
  asking all{.draw = std::move(options.draw)};
  if (options.codes) all.codes = *options.codes;
  auto const how = std::make_shared<asking const>(std::move(all));
  return [where, how](login::step const& what) { return ask(where, how, &what); };
}

}  // namespace mtp::MTP_ABI
