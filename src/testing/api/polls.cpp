// SPDX-License-Identifier: MIT OR Apache-2.0
#include "polls.hpp"

#include "handler_table.hpp"
#include "peers.hpp"
#include "views.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::testing {
namespace {

struct poll_place {
  peer where = {};
  message_copy copy = {};
  tl::messageMediaPoll poll = {};
};

outcome<poll_place> find_poll(call_context& c, tl::InputPeer const& named, std::int32_t id) {
  auto const where = resolve_place(c, named);
  if (!where) return failure{where.error()};
  auto const copy = c.world.find_message(c.account, *where, id);
  if (!copy || copy->content->media.empty()) return refuse(400, "MESSAGE_ID_INVALID");
  auto const media = decode_stored<tl::MessageMedia>(copy->content->media);
  auto const* poll = media.get_if<tl::messageMediaPoll>();
  if (!poll) return refuse(400, "MESSAGE_ID_INVALID");
  return poll_place{*where, *copy, *poll};
}

void keep_poll(poll_place const& at) {
  at.copy.content->media = encode_object(tl::MessageMedia(at.poll));
}

tl::Update poll_update(view& render, poll_place const& at, std::int64_t viewer, std::int32_t id,
                       peer where) {
  auto const seen = poll_for(viewer, *at.copy.content, at.poll);
  tl::updateMessagePoll out;
  out.peer = render.peer_of(where);
  out.msg_id = id;
  out.poll_id = seen.poll.id;
  out.poll = seen.poll;
  out.results = seen.results;
  return out;
}

/// The others see how it stands now, each as they may.
void tell_others(call_context& c, poll_place const& at) {
  bool const in_channel = at.where.kind == world_peer_kind::channel;
  for (auto const who : c.world.audience(c.account, at.where)) {
    if (who == c.account) continue;
    auto const id = in_channel ? at.copy.id : c.world.box(who).id_of(at.copy.content->uid);
    if (!id) continue;
    view render(c.world, who);
    auto const where =
        in_channel || at.where.kind == world_peer_kind::chat ? at.where : peer::user(c.account);
    auto news = poll_update(render, at, who, *id, where);
    c.world.box(who).announce(any_update{encode_object(news)}, c.now);
  }
}

tl::Updates poll_updates(call_context& c, poll_place const& at) {
  view render(c.world, c.account);
  std::vector<tl::Update> changes;
  changes.push_back(poll_update(render, at, c.account, at.copy.id, at.where));
  return render.updates(std::move(changes), c.now);
}

bool has_option(tl::messageMediaPoll const& poll, tl::bytes const& option) {
  return std::ranges::any_of(poll.poll.answers, [&](tl::PollAnswer const& each) {
    auto const* answer = each.get_if<tl::pollAnswer>();
    return answer && answer->option == option;
  });
}

outcome<> check_vote(call_context const& c, poll_place const& at,
                     tl::list<tl::bytes> const& options) {
  if (at.poll.poll.closed) return refuse(400, "MESSAGE_POLL_CLOSED");
  bool const voted = at.copy.content->votes.contains(c.account);
  bool const final = at.poll.poll.quiz || at.poll.poll.revoting_disabled;
  if (voted && final) return refuse(400, "REVOTE_NOT_ALLOWED");
  if (options.size() > 1 && !at.poll.poll.multiple_choice) return refuse(400, "OPTIONS_TOO_MUCH");
  for (auto const& option : options)
    if (!has_option(at.poll, option)) return refuse(400, "OPTION_INVALID");
  return {};
}

outcome<tl::Updates> vote(call_context& c, tl::messages::sendVote const& q) {
  auto const at = find_poll(c, q.peer, q.msg_id);
  if (!at) return failure{at.error()};
  auto const fine = check_vote(c, *at, q.options);
  if (!fine) return failure{fine.error()};
  auto& votes = at->copy.content->votes;
  votes.erase(c.account);
  for (auto const& option : q.options)
    votes[c.account].emplace_back(option.view().begin(), option.view().end());
  tell_others(c, *at);
  return poll_updates(c, *at);
}

outcome<tl::Updates> poll_results(call_context& c, tl::messages::getPollResults const& q) {
  auto const at = find_poll(c, q.peer, q.msg_id);
  if (!at) return failure{at.error()};
  return poll_updates(c, *at);
}

tl::MessagePeerVote rendered_vote(view& render, std::int64_t who, std::vector<bytes> const& options,
                                  std::int32_t now) {
  if (options.size() == 1) {
    tl::messagePeerVote out;
    out.peer = render.peer_of(peer::user(who));
    out.option = tl::bytes(options[0]);
    out.date = now;
    return out;
  }
  tl::messagePeerVoteMultiple out;
  out.peer = render.peer_of(peer::user(who));
  for (auto const& option : options) out.options.push_back(tl::bytes(option));
  out.date = now;
  return out;
}

/// Offsets are numbers of voters.
outcome<tl::messages::VotesList> poll_votes(call_context& c, tl::messages::getPollVotes const& q) {
  auto const at = find_poll(c, q.peer, q.id);
  if (!at) return failure{at.error()};
  auto const& votes = at->copy.content->votes;
  if (!at->poll.poll.public_voters) return refuse(403, "POLL_VOTE_REQUIRED");
  if (!votes.contains(c.account)) return refuse(403, "POLL_VOTE_REQUIRED");
  view render(c.world, c.account);
  std::size_t const begin = q.offset ? std::strtoul(q.offset->str().c_str(), nullptr, 10) : 0;
  auto const limit = static_cast<std::size_t>(std::clamp(q.limit, 1, 50));
  std::vector<tl::MessagePeerVote> list;
  std::size_t number = 0;
  std::size_t fitting = 0;
  for (auto const& [who, options] : votes) {
    bool const fits = !q.option || std::ranges::any_of(options, [&](bytes const& option) {
      return tl::bytes(option) == *q.option;
    });
    if (!fits) continue;
    ++fitting;
    if (number++ < begin || list.size() == limit) continue;
    list.push_back(rendered_vote(render, who, options, at->copy.content->date));
  }
  tl::messages::votesList out;
  out.count = static_cast<std::int32_t>(fitting);
  if (begin + list.size() < fitting)
    out.next_offset = tl::string(std::to_string(begin + list.size()));
  out.votes = to_list(std::move(list));
  out.users = to_list(render.users());
  out.chats = to_list(render.chats());
  return tl::messages::VotesList(std::move(out));
}

outcome<tl::Updates> add_answer(call_context& c, tl::messages::addPollAnswer const& q) {
  auto at = find_poll(c, q.peer, q.msg_id);
  if (!at) return failure{at.error()};
  auto const* sent = q.answer.get_if<tl::inputPollAnswer>();
  if (!sent || sent->text.text.empty()) return refuse(400, "POLL_ANSWER_INVALID");
  if (at->poll.poll.closed) return refuse(400, "MESSAGE_POLL_CLOSED");
  if (!at->poll.poll.open_answers) return refuse(403, "POLL_ANSWERS_CLOSED");
  tl::pollAnswer answer;
  answer.text = sent->text;
  answer.option = tl::bytes(bytes{static_cast<std::uint8_t>(0x80 + at->poll.poll.answers.size())});
  view render(c.world, c.account);
  answer.added_by = render.peer_of(peer::user(c.account));
  answer.date = c.now;
  tl::pollAnswerVoters row;
  row.option = answer.option;
  at->poll.results.results->push_back(std::move(row));
  at->poll.poll.answers.push_back(std::move(answer));
  keep_poll(*at);
  tell_others(c, *at);
  return poll_updates(c, *at);
}

/// Only what one added oneself.
outcome<tl::Updates> delete_answer(call_context& c, tl::messages::deletePollAnswer const& q) {
  auto at = find_poll(c, q.peer, q.msg_id);
  if (!at) return failure{at.error()};
  tl::list<tl::PollAnswer> left;
  tl::list<tl::pollAnswerVoters> rows;
  for (std::size_t i = 0; i < at->poll.poll.answers.size(); ++i) {
    auto const& answer = *at->poll.poll.answers[i].get_if<tl::pollAnswer>();
    auto const* by = answer.added_by.get_if<tl::peerUser>();
    if (answer.option == q.option && by && by->user_id == c.account) continue;
    left.push_back(answer);
    rows.push_back((*at->poll.results.results)[i]);
  }
  if (left.size() == at->poll.poll.answers.size()) return refuse(400, "OPTION_INVALID");
  at->poll.poll.answers = std::move(left);
  at->poll.results.results = std::move(rows);
  keep_poll(*at);
  tell_others(c, *at);
  return poll_updates(c, *at);
}

/// How many chose a row, and whether the viewer did.
void count_row(message_content const& of, std::int64_t viewer, tl::pollAnswerVoters& row) {
  std::int32_t count = 0;
  for (auto const& [who, options] : of.votes) {
    bool const chose = std::ranges::any_of(
        options, [&](bytes const& option) { return tl::bytes(option) == row.option; });
    if (!chose) continue;
    ++count;
    row.chosen = row.chosen || who == viewer;
  }
  row.voters = count;
  row.recent_voters = tl::list<tl::Peer>{};  // the schema wants both or neither
}

}  // namespace

tl::messageMediaPoll poll_for(std::int64_t viewer, message_content const& of,
                              tl::messageMediaPoll poll) {
  poll.poll.creator = of.author == viewer;
  poll.results.total_voters = static_cast<std::int32_t>(of.votes.size());
  bool const hidden = poll.poll.hide_results_until_close && !poll.poll.closed;
  bool const sees = (of.votes.contains(viewer) && !hidden) || poll.poll.closed;
  if (!sees) {
    poll.results.results.reset();
    poll.results.solution.reset();
    poll.results.solution_entities.reset();
    return poll;
  }
  for (auto& row : *poll.results.results) count_row(of, viewer, row);
  return poll;
}

outcome<bool> close_poll(message_content& of, tl::InputMedia const& by) {
  auto const* wanted = by.get_if<tl::inputMediaPoll>();
  if (!wanted || !wanted->poll.closed || of.media.empty()) return false;
  auto media = decode_stored<tl::MessageMedia>(of.media);
  auto* poll = media.get_if<tl::messageMediaPoll>();
  if (!poll) return false;
  if (poll->poll.closed) return refuse(400, "MESSAGE_POLL_CLOSED");
  poll->poll.closed = true;
  of.media = encode_object(media);
  return true;
}

outcome<bool> move_place(message_content& of, tl::InputMedia const& by) {
  auto const* wanted = by.get_if<tl::inputMediaGeoLive>();
  if (!wanted) return false;
  auto media = of.media.empty() ? tl::MessageMedia{} : decode_stored<tl::MessageMedia>(of.media);
  auto* place = media.get_if<tl::messageMediaGeoLive>();
  if (!place) return refuse(400, "MEDIA_PREV_INVALID");
  if (wanted->stopped) place->period = 0;
  if (auto const* at = wanted->geo_point.get_if<tl::inputGeoPoint>()) {
    tl::geoPoint point;
    point.lat = at->lat;
    point.long_ = at->long_;
    place->geo = std::move(point);
  }
  place->heading = wanted->heading;
  of.media = encode_object(media);
  return true;
}

void add_poll_handlers(handler_table& table) {
  table.on<tl::messages::sendVote>(vote);
  table.on<tl::messages::getPollResults>(poll_results);
  table.on<tl::messages::getPollVotes>(poll_votes);
  table.on<tl::messages::addPollAnswer>(add_answer);
  table.on<tl::messages::deletePollAnswer>(delete_answer);
}

}  // namespace mtp::MTP_ABI::testing
