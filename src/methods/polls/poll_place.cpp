// SPDX-License-Identifier: MIT OR Apache-2.0
#include "methods/polls/poll_place.hpp"

#include <mtp/core/error.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessageMedia.hpp>
#include <mtp/tl/types/Poll.hpp>
#include <mtp/tl/types/PollAnswer.hpp>

namespace mtp::MTP_ABI::detail {

poll_place poll_in(message const& of) {
  auto const* media = of.raw() ? of.media().get_if<tl::messageMediaPoll>() : nullptr;
  if (!media) throw error(make_error_code(client_errc::bad_argument), "the message has no poll");
  poll_place out{.chat = of.chat(), .id = of.id()};
  for (auto const& each : media->poll.answers) {
    auto const* answer = each.get_if<tl::pollAnswer>();
    out.options.push_back(answer ? answer->option : tl::bytes{});
    out.texts.push_back(answer ? answer->text.text.str() : std::string{});
  }
  return out;
}

tl::bytes const& option_at(poll_place const& of, std::size_t answer) {
  if (answer >= of.options.size())
    throw error(make_error_code(client_errc::bad_argument), "the poll has no such answer");
  return of.options[answer];
}

}  // namespace mtp::MTP_ABI::detail
