// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Media that is no file: questions, lists, places that move, stories, games.
#include "media.hpp"
#include "peers.hpp"
#include "to_received.hpp"
#include "views.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::testing {
namespace {

constexpr std::size_t max_answers = 12;
constexpr std::size_t max_question = 300;
constexpr std::size_t max_answer = 100;
constexpr std::size_t max_items = 30;

bool has_length(tl::string const& text, std::size_t most) {
  auto const count = count_characters(text.view());
  return count && *count > 0 && *count <= most;
}

/// Answers are told apart by a byte, their place.
outcome<tl::list<tl::PollAnswer>> numbered_answers(tl::list<tl::PollAnswer> const& sent) {
  tl::list<tl::PollAnswer> out;
  for (auto const& each : sent) {
    tl::pollAnswer answer;
    each.visit([&](auto const& one) {
      if constexpr (requires { one.text; }) answer.text = one.text;
    });
    if (!has_length(answer.text.text, max_answer)) return refuse(400, "POLL_ANSWER_INVALID");
    answer.option = tl::bytes(bytes{static_cast<std::uint8_t>(out.size())});
    out.push_back(std::move(answer));
  }
  return out;
}

outcome<> check_right(tl::inputMediaPoll const& q) {
  if (!q.poll.quiz) return {};
  if (!q.correct_answers || q.correct_answers->empty())
    return refuse(400, "QUIZ_CORRECT_ANSWERS_EMPTY");
  if (q.correct_answers->size() > 1 && !q.poll.multiple_choice)
    return refuse(400, "QUIZ_CORRECT_ANSWERS_TOO_MUCH");
  for (auto const place : *q.correct_answers) {
    bool const is_there = place >= 0 && place < static_cast<std::int32_t>(q.poll.answers.size());
    if (!is_there) return refuse(400, "QUIZ_CORRECT_ANSWER_INVALID");
  }
  return {};
}

/// Which answers are right, and why: shown to who has voted.
tl::pollResults results_of(tl::inputMediaPoll const& q, tl::list<tl::PollAnswer> const& answers) {
  tl::list<tl::pollAnswerVoters> rows;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    tl::pollAnswerVoters row;
    row.option = answers[i].get_if<tl::pollAnswer>()->option;
    row.correct =
        q.correct_answers && std::ranges::find(*q.correct_answers, static_cast<std::int32_t>(i)) !=
                                 q.correct_answers->end();
    rows.push_back(std::move(row));
  }
  tl::pollResults out;
  out.results = std::move(rows);
  out.solution = q.solution;
  out.solution_entities = q.solution_entities;
  return out;
}

outcome<tl::MessageMedia> poll(call_context& c, tl::inputMediaPoll const& q) {
  if (!has_length(q.poll.question.text, max_question)) return refuse(400, "POLL_QUESTION_INVALID");
  bool const fine_count = !q.poll.answers.empty() && q.poll.answers.size() <= max_answers;
  if (!fine_count) return refuse(400, "POLL_ANSWERS_INVALID");
  auto answers = numbered_answers(q.poll.answers);
  if (!answers) return failure{answers.error()};
  auto const right = check_right(q);
  if (!right) return failure{right.error()};
  tl::messageMediaPoll out;
  out.results = results_of(q, *answers);
  out.poll = q.poll;
  out.poll.id = c.random.make<std::int64_t>() & INT64_MAX;
  out.poll.answers = std::move(*answers);
  return tl::MessageMedia(std::move(out));
}

outcome<tl::MessageMedia> todo(tl::inputMediaTodo const& q) {
  if (q.todo.list.empty()) return refuse(400, "TODO_ITEMS_EMPTY");
  if (q.todo.list.size() > max_items) return refuse(400, "TODO_ITEMS_TOO_MUCH");
  std::vector<std::int32_t> ids;
  for (auto const& item : q.todo.list) {
    if (std::ranges::find(ids, item.id) != ids.end()) return refuse(400, "TODO_ITEM_DUPLICATE");
    ids.push_back(item.id);
  }
  tl::messageMediaToDo out;
  out.todo = q.todo;
  return tl::MessageMedia(std::move(out));
}

outcome<tl::MessageMedia> live_place(tl::inputMediaGeoLive const& q) {
  tl::messageMediaGeoLive out;
  if (auto const* at = q.geo_point.get_if<tl::inputGeoPoint>()) {
    tl::geoPoint point;
    point.lat = at->lat;
    point.long_ = at->long_;
    out.geo = std::move(point);
  } else if (!q.stopped) {
    return refuse(400, "MEDIA_INVALID");
  } else {
    out.geo = tl::geoPointEmpty{};
  }
  bool const lasts = !q.period || (*q.period >= 60 && *q.period <= 86400) || *q.period == INT32_MAX;
  if (!lasts) return refuse(400, "PERIOD_INVALID");
  out.period = q.period.value_or(0);
  out.heading = q.heading;
  out.proximity_notification_radius = q.proximity_notification_radius;
  return tl::MessageMedia(std::move(out));
}

outcome<tl::MessageMedia> story(call_context& c, tl::inputMediaStory const& q) {
  auto const whose = resolve_place(c, q.peer);
  if (!whose) return failure{whose.error()};
  if (q.id <= 0) return refuse(400, "STORY_ID_INVALID");
  view render(c.world, c.account);
  tl::messageMediaStory out;
  out.peer = render.peer_of(*whose);
  out.id = q.id;
  return tl::MessageMedia(std::move(out));
}

/// A bot has the games that it names.
outcome<tl::MessageMedia> game(call_context& c, tl::inputMediaGame const& q) {
  auto const* named = q.id.get_if<tl::inputGameShortName>();
  if (!named || named->short_name.empty()) return refuse(400, "GAME_BOT_INVALID");
  if (!c.self().is_bot()) return refuse(400, "GAME_BOT_INVALID");
  tl::game out;
  out.id = c.random.make<std::int64_t>() & INT64_MAX;
  out.short_name = named->short_name;
  out.title = named->short_name;
  out.photo = tl::photoEmpty{};
  return tl::MessageMedia(tl::messageMediaGame{.game = std::move(out)});
}

outcome<tl::MessageMedia> invoice(call_context& c, tl::inputMediaInvoice const& q) {
  if (!c.self().is_bot()) return refuse(400, "USER_BOT_REQUIRED");
  if (q.payload.empty()) return refuse(400, "PAYMENT_PROVIDER_INVALID");
  tl::messageMediaInvoice out;
  out.title = q.title;
  out.description = q.description;
  out.currency = q.invoice.currency;
  for (auto const& price : q.invoice.prices) out.total_amount += price.amount;
  if (q.start_param) out.start_param = *q.start_param;
  return tl::MessageMedia(std::move(out));
}

}  // namespace

outcome<tl::MessageMedia> make_other_media(call_context& c, tl::InputMedia const& media) {
  if (auto const* q = media.get_if<tl::inputMediaPoll>()) return poll(c, *q);
  if (auto const* q = media.get_if<tl::inputMediaTodo>()) return todo(*q);
  if (auto const* q = media.get_if<tl::inputMediaGeoLive>()) return live_place(*q);
  if (auto const* q = media.get_if<tl::inputMediaStory>()) return story(c, *q);
  if (auto const* q = media.get_if<tl::inputMediaGame>()) return game(c, *q);
  if (auto const* q = media.get_if<tl::inputMediaInvoice>()) return invoice(c, *q);
  return refuse(400, media.get_if<tl::inputMediaEmpty>() ? "MEDIA_EMPTY" : "MEDIA_INVALID");
}

}  // namespace mtp::MTP_ABI::testing
