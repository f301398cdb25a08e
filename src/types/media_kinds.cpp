// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/type/InputMedia: what is no file.
#include <mtp/tl/types/InputGame.hpp>
#include <mtp/tl/types/InputGeoPoint.hpp>
#include <mtp/tl/types/InputMedia.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/InputUser.hpp>
#include <mtp/tl/types/MessageEntity.hpp>
#include <mtp/tl/types/Poll.hpp>
#include <mtp/tl/types/PollAnswer.hpp>
#include <mtp/tl/types/TextWithEntities.hpp>
#include <mtp/tl/types/TodoItem.hpp>
#include <mtp/tl/types/TodoList.hpp>
#include <mtp/types/media.hpp>

#include <utility>

namespace mtp::MTP_ABI::media {
namespace {

tl::InputGeoPoint to_point(place at) {
  tl::inputGeoPoint out;
  out.lat = at.latitude;
  out.long_ = at.longitude;
  out.accuracy_radius = at.accuracy;
  return out;
}

tl::textWithEntities plain(std::string_view text) {
  tl::textWithEntities out;
  out.text = tl::string(text);
  return out;
}

tl::poll poll_of(std::string_view question, std::vector<std::string> const& answers,
                 poll_details how) {
  tl::poll out;
  out.question = plain(question);
  for (auto const& each : answers) {
    tl::inputPollAnswer answer;
    answer.text = plain(each);
    out.answers.push_back(std::move(answer));
  }
  out.public_voters = how.public_votes;
  out.multiple_choice = how.several;
  out.open_answers = how.open;
  out.revoting_disabled = how.no_revote;
  out.shuffle_answers = how.shuffled;
  out.hide_results_until_close = how.hidden_results;
  if (how.open_for.count() > 0) out.close_period = static_cast<std::int32_t>(how.open_for.count());
  return out;
}

}  // namespace

tl::InputMedia contact(std::string_view phone, std::string_view first, std::string_view last,
                       std::string_view vcard) {
  tl::inputMediaContact out;
  out.phone_number = tl::string(phone);
  out.first_name = tl::string(first);
  out.last_name = tl::string(last);
  out.vcard = tl::string(vcard);
  return out;
}

tl::InputMedia location(place at) {
  tl::inputMediaGeoPoint out;
  out.geo_point = to_point(at);
  return out;
}

tl::InputMedia moved_to(place at, live_details how) {
  tl::inputMediaGeoLive out;
  out.geo_point = to_point(at);
  out.heading = how.heading;
  out.proximity_notification_radius = how.proximity;
  return out;
}

tl::InputMedia live_location(place at, live_details how) {
  auto out = moved_to(at, how);
  out.get_if<tl::inputMediaGeoLive>()->period = static_cast<std::int32_t>(how.period.count());
  return out;
}

tl::InputMedia live_location_ended() {
  tl::inputMediaGeoLive out;
  out.stopped = true;
  out.geo_point = tl::inputGeoPointEmpty{};
  return out;
}

tl::InputMedia venue(place at, venue_details of) {
  tl::inputMediaVenue out;
  out.geo_point = to_point(at);
  out.title = tl::string(of.title);
  out.address = tl::string(of.address);
  out.provider = tl::string(of.provider);
  out.venue_id = tl::string(of.id);
  out.venue_type = tl::string(of.type);
  return out;
}

tl::InputMedia dice(std::string_view emoji) {
  tl::inputMediaDice out;
  out.emoticon = tl::string(emoji);
  return out;
}

tl::InputMedia poll(std::string_view question, std::vector<std::string> answers, poll_details how) {
  tl::inputMediaPoll out;
  out.poll = poll_of(question, answers, how);
  return out;
}

tl::InputMedia quiz(std::string_view question, std::vector<std::string> answers, std::int32_t right,
                    std::string_view why, poll_details how) {
  tl::inputMediaPoll out;
  auto asked = poll_of(question, answers, how);
  asked.quiz = true;
  out.poll = std::move(asked);
  out.correct_answers = tl::list<std::int32_t>{right};
  if (!why.empty()) {
    out.solution = tl::string(why);
    out.solution_entities = tl::list<tl::MessageEntity>{};
  }
  return out;
}

tl::InputMedia todo_list(std::string_view title, std::vector<std::string> items, todo_details how) {
  tl::todoList list;
  list.title = plain(title);
  list.others_can_append = how.others_may_add;
  list.others_can_complete = how.others_may_tick;
  std::int32_t number = 0;
  for (auto const& each : items)
    list.list.push_back(tl::todoItem{.id = ++number, .title = plain(each)});
  tl::inputMediaTodo out;
  out.todo = std::move(list);
  return out;
}

tl::InputMedia story(tl::InputPeer of, std::int32_t id) {
  tl::inputMediaStory out;
  out.peer = std::move(of);
  out.id = id;
  return out;
}

tl::InputMedia game(std::string_view short_name) {
  tl::inputMediaGame out;
  tl::inputGameShortName named;
  named.bot_id = tl::inputUserSelf{};
  named.short_name = tl::string(short_name);
  out.id = std::move(named);
  return out;
}

}  // namespace mtp::MTP_ABI::media
