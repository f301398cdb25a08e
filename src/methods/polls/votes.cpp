// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/poll
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/messages/offset_pages.hpp"
#include "methods/peers/resolve.hpp"
#include "methods/polls/poll_place.hpp"
#include "types/tl_peer.hpp"

#include <mtp/methods/messages.hpp>
#include <mtp/methods/polls.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/Chat.hpp>
#include <mtp/tl/types/InputMedia.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/MessageEntity.hpp>
#include <mtp/tl/types/MessageMedia.hpp>
#include <mtp/tl/types/MessagePeerVote.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Poll.hpp>
#include <mtp/tl/types/PollAnswer.hpp>
#include <mtp/tl/types/PollAnswerVoters.hpp>
#include <mtp/tl/types/PollResults.hpp>
#include <mtp/tl/types/TextWithEntities.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/Updates.hpp>
#include <mtp/tl/types/User.hpp>
#include <mtp/tl/types/messages/VotesList.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

/// The update that tells how a poll stands; null when the answer has none.
tl::updateMessagePoll const* told_of(tl::Updates const& answer) {
  tl::updateMessagePoll const* found = nullptr;
  answer.visit([&](auto const& form) {
    if constexpr (requires { form.updates; }) {
      for (auto const& each : form.updates)
        if (auto const* one = each.template get_if<tl::updateMessagePoll>()) found = one;
    }
    if constexpr (requires { form.update; }) {
      found = form.update.template get_if<tl::updateMessagePoll>();
    }
  });
  return found;
}

/// Answers that came since the message was read are told too.
poll_place with_news(poll_place of, tl::poll const* told) {
  if (!told) return of;
  of.options.clear();
  of.texts.clear();
  for (auto const& each : told->answers) {
    auto const* answer = each.get_if<tl::pollAnswer>();
    of.options.push_back(answer ? answer->option : tl::bytes{});
    of.texts.push_back(answer ? answer->text.text.str() : std::string{});
  }
  return of;
}

void note_row(poll_standing& out, poll_place const& of, tl::pollAnswerVoters const& row) {
  auto const at = std::ranges::find(of.options, row.option);
  if (at == of.options.end()) return;
  auto& answer = out.answers[static_cast<std::size_t>(at - of.options.begin())];
  answer.voters = row.voters.value_or(0);
  answer.chosen = row.chosen;
  answer.right = row.correct;
}

poll_standing standing_of(tl::Updates const& answer, poll_place asked) {
  auto const* told = told_of(answer);
  if (!told) throw sent_but_unknown(tl::messages::sendVote::tl_name);
  tl::poll const* poll = told->poll ? &*told->poll : nullptr;
  auto const of = with_news(std::move(asked), poll);
  poll_standing out;
  for (auto const& text : of.texts) out.answers.push_back({.text = text});
  out.voters = told->results.total_voters.value_or(0);
  out.closed = poll && poll->closed;
  out.has_counts = told->results.results.has_value();
  if (told->results.solution) out.why = told->results.solution->str();
  if (told->results.results)
    for (auto const& row : *told->results.results) note_row(out, of, row);
  return out;
}

template <class Request>
task<poll_standing> ask_poll(client_core& core, poll_place of, Request request) {
  owned_peer where(of.chat);
  request.peer = co_await input_peer(core, std::move(where));
  request.msg_id = of.id;
  auto const answer = co_await call(core, request);
  co_return standing_of(*answer, std::move(of));
}

using voter_list = offset_list<poll_voter, tl::messages::getPollVotes>;

std::size_t place_of(voter_list const& of, tl::bytes const& option) {
  auto const at = std::ranges::find(of.options, option);
  return static_cast<std::size_t>(at - of.options.begin());
}

poll_voter voter_of(tl::MessagePeerVote const& from, voter_list const& of) {
  poll_voter out;
  from.visit([&](auto const& vote) {
    if constexpr (requires { vote.peer; }) out.who = to_peer_id(vote.peer).value_or(peer_id{});
    if constexpr (requires { vote.date; })
      out.date = std::chrono::sys_seconds(std::chrono::seconds(vote.date));
    if constexpr (requires { vote.option; }) out.answers.push_back(place_of(of, vote.option));
    if constexpr (requires { vote.options; })
      for (auto const& option : vote.options) out.answers.push_back(place_of(of, option));
  });
  bool const is_named = !out.answers.empty();
  if (!is_named && of.request.option) out.answers.push_back(place_of(of, *of.request.option));
  return out;
}

std::vector<poll_voter> read_voters(client_core&, voter_list::answer const& page,
                                    voter_list const& of) {
  std::vector<poll_voter> out;
  for (auto const& each : page->votes) out.push_back(voter_of(each, of));
  return out;
}

/// The poll of a message, closed.
tl::InputMedia closed_poll(message const& of) {
  tl::inputMediaPoll out;
  out.poll = of.media().get_if<tl::messageMediaPoll>()->poll;
  out.poll.closed = true;
  return out;
}

}  // namespace
}  // namespace detail

poll_methods::poll_methods(std::shared_ptr<detail::client_core> client)
    : client_(std::move(client)) {}

task<poll_standing> poll_methods::vote(message const& of,
                                       std::span<std::size_t const> answers) const {
  auto place = detail::poll_in(of);
  tl::messages::sendVote request;
  for (auto const answer : answers) request.options.push_back(detail::option_at(place, answer));
  return detail::start(client_, detail::ask_poll<tl::messages::sendVote>, std::move(place),
                       std::move(request));
}

task<poll_standing> poll_methods::vote(message const& of, std::size_t answer) const {
  return vote(of, std::span<std::size_t const>(&answer, 1));
}

task<poll_standing> poll_methods::retract(message const& of) const {
  return vote(of, std::span<std::size_t const>{});
}

task<poll_standing> poll_methods::results(message const& of) const {
  return detail::start(client_, detail::ask_poll<tl::messages::getPollResults>, detail::poll_in(of),
                       tl::messages::getPollResults{});
}

task<message> poll_methods::stop(message const& of) const {
  auto const place = detail::poll_in(of);
  return message_methods(client_).edit_media(place.chat, place.id, detail::closed_poll(of));
}

pager<poll_voter> poll_methods::voters(message const& of, std::optional<std::size_t> answer) const {
  auto const place = detail::poll_in(of);
  detail::voter_list list;
  list.where.emplace_back(peer_ref(place.chat));
  list.request.id = place.id;
  if (answer) list.request.option = detail::option_at(place, *answer);
  list.options = place.options;
  list.read = detail::read_voters;
  return {std::make_unique<detail::offset_pages<poll_voter, tl::messages::getPollVotes>>(
              client_, std::move(list)),
          0};
}

task<poll_standing> poll_methods::add_answer(message const& of, std::string_view text) const {
  tl::messages::addPollAnswer request;
  tl::inputPollAnswer answer;
  answer.text.text = tl::string(text);
  request.answer = std::move(answer);
  return detail::start(client_, detail::ask_poll<tl::messages::addPollAnswer>, detail::poll_in(of),
                       std::move(request));
}

task<poll_standing> poll_methods::remove_answer(message const& of, std::size_t answer) const {
  auto place = detail::poll_in(of);
  tl::messages::deletePollAnswer request;
  request.option = detail::option_at(place, answer);
  return detail::start(client_, detail::ask_poll<tl::messages::deletePollAnswer>, std::move(place),
                       std::move(request));
}

}  // namespace mtp::MTP_ABI
