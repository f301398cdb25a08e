// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/client/prompt.hpp>

#include "client/terminal.hpp"
#include "login/questions.hpp"

#include <mtp/core/error.hpp>

#include <memory>
#include <utility>

namespace mtp::MTP_ABI {
namespace {

/// The step as text before the cursor. Nothing is typed while a code is to be scanned.
std::string words_for(login::step const& what, login::question const& asked) {
  auto const* scan = std::get_if<login::need_scan>(&what);
  return scan ? "To be shown as a QR code: " + scan->url + "\n" + asked.text : asked.text;
}

task<std::optional<login::answer>> ask(std::shared_ptr<detail::terminal> where,
                                       login::step const* what) {
  auto const asked = login::question_of(*what);
  auto const words = words_for(*what, asked);
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
    if (meant) co_return meant;
  }
}

}  // namespace

login::asker prompt(prompt_options options) {
  auto const where = std::make_shared<detail::terminal>(options.input, options.output);
  return [where](login::step const& what) { return ask(where, &what); };
}

}  // namespace mtp::MTP_ABI
