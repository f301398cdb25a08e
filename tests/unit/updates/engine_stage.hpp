// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "support/catch.hpp"
#include "updates_server.hpp"

#include <mtp/core/as_result.hpp>
#include <mtp/tl/encode.hpp>
#include <mtp/tl/types/Chat.hpp>
#include <mtp/tl/types/EncryptedMessage.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/Updates.hpp>
#include <mtp/tl/types/User.hpp>
#include <mtp/tl/types/messages/Messages.hpp>
#include <mtp/tl/types/updates/ChannelDifference.hpp>
#include <mtp/tl/types/updates/Difference.hpp>
#include <mtp/updates/engine.hpp>

#include <deque>
#include <functional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace mtp::test {

/// What somebody posts in any channel.
inline tl::updateNewChannelMessage post_in(std::int64_t channel, std::int32_t pts) {
  tl::message text;
  text.id = pts;
  text.peer_id = tl::peerChannel{.channel_id = channel};
  text.message = tl::string("c" + std::to_string(channel) + "." + std::to_string(pts));
  tl::updateNewChannelMessage update;
  update.message = std::move(text);
  update.pts = pts;
  update.pts_count = 1;
  return update;
}

inline slice to_push(tl::Update update, std::int32_t seq = 0) {
  tl::updates_ all;
  all.updates.push_back(std::move(update));
  all.seq = seq;
  return to_slice(tl::Updates(std::move(all)));
}

inline error_info refusal(int code, std::string name) {
  return {.code = {code, rpc_category()},
          .text = name,
          .refusal = rpc_failure{.code = code, .name = std::move(name)}};
}

inline error_info failure_with(client_errc why) { return {.code = make_error_code(why)}; }

/// What a driver does, under virtual time: performs what the engine says and answers what it asks.
class engine_stage {
 public:
  updates_server server;
  updates::engine engine;
  steady_time now = t0;
  updates::progress stored = {};        ///< what was consumed
  std::vector<std::string> asked = {};  ///< "state", "difference from 3", "channel from 1"
  std::vector<std::string> log = {};
  std::vector<std::string> delivered = {};
  int logins_ended = 0;
  int config_changes = 0;
  std::size_t room = 1000;  ///< so many updates wait for their consumer at most
  bool consumes = true;     ///< whatever is delivered is consumed at once
  /// How the next requests fail, in order; an empty entry is a good answer.
  std::deque<std::optional<error_info>> failures = {};
  /// Called before a request is answered.
  std::function<void()> before_answer = [] {};
  bool answers_twice = false;  ///< the next answer comes once more, or fails once more
  /// What a server of its own kind answers; an empty answer is that of `server`.
  using difference = received<tl::updates::Difference>;
  using channel_difference = received<tl::updates::ChannelDifference>;
  std::function<difference(update_state)> on_difference = [](update_state) { return difference(); };
  std::function<channel_difference(updates::ask_channel_difference const&)> on_channel =
      [](auto const&) { return channel_difference(); };
  std::function<std::optional<error_info>(std::int64_t)> on_channel_failure = [](std::int64_t) {
    return std::optional<error_info>();
  };
  std::function<tl::updates::state()> on_state = [this] { return server.state(); };
  std::function<std::optional<error_info>(updates::message_range)> on_messages_failure =
      [](updates::message_range) { return std::optional<error_info>(); };
  std::vector<std::string> fetched = {};  ///< what was delivered out of the history
  bool holds_channels = false;            ///< answers about channels are left to the test
  std::vector<updates::ask_channel_difference> held = {};
  std::vector<updates::lost> losses = {};
  std::vector<updates::difference_reason> reasons = {};  ///< why differences were asked for

  /// Signs in and opens a stream, and lets everything settle.
  void start() {
    engine.on_stream_opened(stored, now);
    log_in();
    run();
  }
  void log_in(std::int64_t id = 1) {
    engine.on_login_begun({.id = id}, stored, now);
    while (auto const request = engine.next_state_request()) {
      asked.push_back(request->compares ? "comparison" : "state");
      engine.on_login_state(*request, on_state(), now);
      settle();
    }
    engine.on_login_ended();
  }
  void push(slice body) { engine.on_updates(std::move(body), now); }

  /// Lets `span` pass, doing what is to be done.
  void run(duration span = {}) {
    auto const end = now + span;
    for (int steps = 0; steps < 100'000; ++steps) {
      engine.set_room(waiting_.size() < room);
      auto const what = engine.next(now);
      auto const* later = std::get_if<updates::wait_until>(&what);
      if (!later) {
        perform(what);
        continue;
      }
      now = std::max(now, std::min(later->when, end));
      if (later->when > end) return;
    }
    FAIL("it never rests");
  }
  /// Performs what must not wait.
  void settle() {
    while (auto const effect = engine.take_effect()) perform(*effect);
  }

  /// Performs until the difference of a channel is asked for, after `span`; that is left to the
  /// test.
  updates::ask_channel_difference run_to_channel(duration span) {
    run();
    now += span;
    for (int steps = 0; steps < 1000; ++steps) {
      auto const what = engine.next(now);
      if (auto const* request = std::get_if<updates::ask_channel_difference>(&what))
        return *request;
      perform(what);
    }
    FAIL("no channel is asked for");
    return {};
  }

  /// The program takes what was delivered so far.
  void consume(std::size_t count = 100'000) {
    while (!waiting_.empty()) {
      auto const& front = waiting_.front();
      if (!front.text.empty()) {
        if (count == 0) return;
        --count;
        delivered.push_back(front.text);
      }
      store(front.position);
      waiting_.pop_front();
    }
  }
  void close_stream() {
    engine.on_stream_closed(stored, now);
    settle();
  }
  void open_stream() { engine.on_stream_opened(stored, now); }

  /// What was delivered since the last time.
  std::string take_delivered() { return joined(delivered); }
  std::string take_asked() { return joined(asked); }

  void perform(updates::action const& what) {
    std::visit([this](auto const& one) { on(one); }, what);
    if (consumes) consume();
  }

 private:
  struct entry {
    std::string text = {};
    updates::reach position = {};
  };
  static std::string joined(std::vector<std::string>& parts) {
    std::string out;
    for (auto const& part : parts) out += (out.empty() ? "" : " ") + part;
    parts.clear();
    return out;
  }

  void store(updates::reach const& position) {
    if (position.account) stored.account = position.account;
    for (auto const& [channel, pts] : position.channels) {
      if (pts) stored.channels[channel] = *pts;
      if (!pts) stored.channels.erase(channel);
    }
    for (auto const& [channel, id] : position.messages) stored.messages[channel] = id;
  }

  void on(updates::wait_until const&) {}
  void on(updates::meet const&) {}
  void on(updates::lost const& what) { losses.push_back(what); }
  void on(updates::log const& line) { log.push_back(line.text); }
  void on(updates::deliver_unknown const&) { waiting_.push_back({.text = "unknown"}); }
  void on(updates::reach const& position) { waiting_.push_back({.position = position}); }
  void on(updates::discard_undelivered const&) { waiting_.clear(); }
  void on(updates::end_login const&) { ++logins_ended; }
  void on(updates::config_changed const&) { ++config_changes; }
  void on(updates::deliver const& one) {
    tl::Message const* message = nullptr;
    if (auto const* u = one.update->get_if<tl::updateNewMessage>()) message = &u->message;
    if (auto const* u = one.update->get_if<tl::updateNewChannelMessage>()) message = &u->message;
    auto const* text = message ? message->get_if<tl::message>() : nullptr;
    auto words = text ? text->message.str() : changed(*one.update);
    if (one.fetched) fetched.push_back(words);
    waiting_.push_back({.text = std::move(words)});
  }

  static std::string deleted(tl::list<std::int32_t> const& ids) {
    return ids.empty() ? "other" : "deleted:" + std::to_string(ids.front());
  }
  static std::string changed(tl::Update const& one) {
    if (auto const* u = one.get_if<tl::updateEditChannelMessage>())
      return "edited:" + u->message.get_if<tl::message>()->message.str();
    if (auto const* u = one.get_if<tl::updateEditMessage>())
      return "edited:" + u->message.get_if<tl::message>()->message.str();
    if (auto const* u = one.get_if<tl::updateDeleteChannelMessages>()) return deleted(u->messages);
    if (auto const* u = one.get_if<tl::updateDeleteMessages>()) return deleted(u->messages);
    return "other";
  }

  void answer(std::function<void()> const& feed) {
    feed();
    if (!std::exchange(answers_twice, false)) return;
    settle();
    feed();
  }
  std::optional<error_info> next_failure() {
    auto const hook = before_answer;  // which may replace itself
    hook();
    if (failures.empty()) return {};
    auto why = std::move(failures.front());
    failures.pop_front();
    return why;
  }
  bool fails() {
    auto const why = next_failure();
    if (why) answer([&] { engine.on_failed(*why, now); });
    return why.has_value();
  }
  void on(updates::ask_state const&) {
    asked.push_back("state");
    if (!fails()) answer([&] { engine.on_state(on_state(), now); });
  }
  void on(updates::ask_difference const& request) {
    asked.push_back("difference:" + std::to_string(request.from.pts));
    reasons.push_back(request.why);
    auto found = on_difference(request.from);
    if (!found) found = server.difference(request.from);
    if (!fails()) answer([&] { engine.on_difference(found, now); });
  }
  void on(updates::ask_messages const& request) {
    asked.push_back("messages:" + std::to_string(request.which.first) + "-" +
                    std::to_string(request.which.last));
    auto why = next_failure();
    if (!why) why = on_messages_failure(request.which);
    if (why && request.channel == 0) return answer([&] { engine.on_failed(*why, now); });
    if (why) return answer([&] { engine.on_channel_failed(request.channel, *why, now); });
    answer([&] { engine.on_messages(request.channel, server.messages(request), now); });
  }
  void on(updates::ask_channel_difference const& request) {
    asked.push_back("channel:" + std::to_string(request.pts));
    reasons.push_back(request.why);
    if (holds_channels) return held.push_back(request);
    auto found = on_channel(request);
    if (!found) found = server.channel_difference(request.pts);
    auto why = next_failure();
    if (!why) why = on_channel_failure(request.channel);
    if (why) return answer([&] { engine.on_channel_failed(request.channel, *why, now); });
    answer([&] { engine.on_channel_difference(request.channel, found, now); });
  }

  std::deque<entry> waiting_;
};

}  // namespace mtp::test
