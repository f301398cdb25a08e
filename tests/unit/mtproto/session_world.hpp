// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "mtproto/unpack.hpp"
#include "support/seeded_random.hpp"

#include <mtp/mtproto/client_session.hpp>
#include <mtp/mtproto/server_session.hpp>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>

namespace mtp::test {

using namespace std::chrono_literals;
namespace session_events = mtproto::session_events;
namespace server_events = mtproto::server_events;

inline constexpr std::uint32_t question_id = 0x11111111;
inline constexpr std::uint32_t answer_id = 0x22222222;
inline constexpr std::uint32_t update_id = 0x33333333;

inline bytes object_of(std::uint32_t id, std::uint32_t number, std::size_t tail = 0) {
  bytes out(8 + tail);
  store_le(out.data(), id);
  store_le(out.data() + 4, number);
  return out;
}

inline std::uint32_t number_of(bytes_view object) {
  return object.size() < 8 ? 0 : load_le<std::uint32_t>(object.data() + 4);
}

inline crypto::auth_key test_key(std::uint64_t seed = 77) {
  seeded_random random(seed);
  std::array<std::uint8_t, crypto::auth_key::size> data;
  random.fill(data);
  return crypto::auth_key(data);
}

inline std::shared_ptr<mtproto::key_context> context_of(mtproto::client_session_state state = {}) {
  return std::make_shared<mtproto::key_context>(test_key(), std::move(state));
}

/// What goes wrong on the line, once.
struct line_fault {
  enum class kind { none, drop, duplicate, reorder, cut_before, cut_after };
  kind what = kind::none;
  int at = -1;  ///< the number of the packet, both ways counted
};

/// A client, a data centre with one key, a line between them and a clock that only tests move.
class session_world {
 public:
  explicit session_world(std::uint64_t seed = 1,
                         mtproto::client_session_options client_options = {},
                         mtproto::server_session_options server_options = {})
      : random(seed),
        salts(random),
        options(server_options),
        client(context_of(), random, client_options) {}

  // Set up by tests.
  seeded_random random;
  moment now{steady_time(1000s), std::chrono::system_clock::time_point(1'700'000'000s)};
  mtproto::server_salts salts;
  mtproto::server_session_options options;
  mtproto::client_session client;
  line_fault fault;
  bool reconnects = true;
  bool server_mute = false;
  std::int64_t mute_session = 0;  ///< nothing of this one is answered
  /// Answers a call; by default at once.
  std::function<void(mtproto::server_session&, server_events::incoming_call const&)> handler =
      [this](mtproto::server_session& session, server_events::incoming_call const& call) {
        session.answer(call.message_id, object_of(answer_id, number_of(call.body)), now);
      };

  // What happened.
  std::map<mtproto::request_handle, int> answered;
  std::map<mtproto::request_handle, bytes> answers;
  std::vector<session_events::refusal> refusals;
  std::vector<session_events::abandoned> abandoned;
  std::vector<bytes> updates;
  std::vector<server_events::dropped> dropped;
  std::map<std::uint32_t, int> executed;
  std::vector<protocol_errc> client_errors;
  std::vector<protocol_errc> server_errors;
  int sessions_created = 0;
  int connections = 0;
  int packets = 0;
  int silences = 0;

  mtproto::request_handle ask(std::uint32_t number, std::size_t tail = 0,
                              mtproto::request_options how = {.repeatable = true}) {
    return client.submit(object_of(question_id, number, tail), how);
  }

  void connect() {
    if (connected_) return;
    connected_ = true;
    ++connections;
    bool const doubtful = client.is_doubtful(now);
    client.on_connected(now);
    if (doubtful) give_up();
  }

  void disconnect() {
    if (!connected_) return;
    connected_ = false;
    on_line_.clear();
    held_.clear();
    client.on_disconnected();
    for (auto& [id, session] : sessions) session.on_disconnected();
    on_this_connection_.clear();
    reconnect_at_ = now.steady + 1s;
  }

  /// Lets packets flow until nobody has anything to say.
  void settle() {
    connect_if_due();
    bool progress = true;
    while (progress) {
      progress = collect();
      while (!on_line_.empty()) {
        auto next = std::move(on_line_.front());
        on_line_.pop_front();
        deliver(std::move(next));
        progress = true;
      }
      if (!progress && !held_.empty()) {
        on_line_.push_back(std::move(held_.front()));
        held_.pop_front();
        progress = true;
      }
    }
  }

  /// Settles, and moves time from deadline to deadline until `span` has passed.
  void pass(duration span) {
    auto const end = now.steady + span;
    settle();
    while (now.steady < end) {
      auto next = std::min(end, next_deadline());
      if (next <= now.steady) next = now.steady + 1ms;
      now = now.after(next - now.steady);
      if (client.is_silent(now)) {
        ++silences;
        disconnect();
      }
      for (auto& [id, session] : sessions) {
        if (session.should_close(now)) disconnect();
      }
      settle();
    }
  }

  mtproto::server_session& server() { return sessions.at(client.session_id()); }
  bool is_connected() const { return connected_; }

  /// What the client writes now; the data centre does not hear it.
  std::optional<bytes> next_packet() {
    auto packet = client.next_packet(now);
    if (!packet) return std::nullopt;
    bytes_view const written = packet->view();
    return bytes(written.begin(), written.end());
  }

  /// A packet from the data centre, made by hand.
  void inject(bytes_view body, std::int64_t id, std::int32_t sequence = 0) {
    inject_into(client.session_id(), body, id, sequence);
  }
  void inject_into(std::int64_t session, bytes_view body, std::int64_t id,
                   std::int32_t sequence = 0) {
    auto packet =
        mtproto::seal_message(test_key(), crypto::direction::to_client,
                              {.session = session, .id = id, .sequence = sequence}, body, random);
    deliver({false, std::move(packet)});
  }
  /// An id that the data centre may give now.
  std::int64_t server_id(int kind = 1) {
    auto const since = std::chrono::duration_cast<std::chrono::seconds>(
        now.wall.time_since_epoch() + options.clock_skew);
    return (since.count() << 32) + 0x40000000 + 4 * ++injected_ + kind;
  }

  /// A packet of the client that was long on its way.
  void arrive_late(bytes packet) { hand_over({true, std::move(packet)}); }

  void give_up() { take(client.give_up(now)); }

  void take(std::vector<mtproto::session_event> events) {
    for (auto& one : events) std::visit([&](auto& e) { on(e); }, one);
  }

  std::map<std::int64_t, mtproto::server_session> sessions;

 private:
  struct packet_on_line {
    bool to_server;
    bytes data;
  };

  void connect_if_due() {
    if (!connected_ && reconnects && connections > 0 && now.steady >= reconnect_at_) connect();
  }

  steady_time next_deadline() const {
    if (!connected_) return reconnects ? reconnect_at_ : steady_time::max();
    auto first = client.next_deadline().value_or(steady_time::max());
    for (auto const& [id, session] : sessions)
      first = std::min(first, session.next_deadline().value_or(steady_time::max()));
    return first;
  }

  bool collect() {
    bool any = false;
    while (auto packet = next_packet()) {
      on_line_.push_back({true, std::move(*packet)});
      any = true;
    }
    take(client.take_events());
    for (auto id : on_this_connection_) {
      while (auto packet = sessions.at(id).next_packet(now)) {
        on_line_.push_back({false, std::move(*packet)});
        any = true;
      }
    }
    return any;
  }

  void deliver(packet_on_line packet) {
    if (!connected_) return;
    bool const strikes = packets++ == fault.at;
    if (strikes && fault.what == line_fault::kind::drop) return;
    if (strikes && fault.what == line_fault::kind::cut_before) return disconnect();
    if (strikes && fault.what == line_fault::kind::reorder) {
      held_.push_back(std::move(packet));
      return;
    }
    if (strikes && fault.what == line_fault::kind::duplicate) hand_over(packet);
    hand_over(std::move(packet));
    if (strikes && fault.what == line_fault::kind::cut_after) disconnect();
  }

  void hand_over(packet_on_line packet) {
    packet.to_server ? to_server(std::move(packet.data)) : to_client(std::move(packet.data));
  }

  void to_server(bytes packet) {
    if (server_mute) return;
    auto opened =
        mtproto::open_message(test_key(), crypto::direction::to_server, std::move(packet));
    if (!opened) return fail_server(opened.error());
    auto const id = opened->header.session;
    if (id == mute_session) return;
    auto const found = sessions.try_emplace(id, test_key(), id, salts, random, options).first;
    if (std::find(on_this_connection_.begin(), on_this_connection_.end(), id) ==
        on_this_connection_.end()) {
      on_this_connection_.push_back(id);
      found->second.on_connected(now);
    }
    auto events = found->second.on_message(std::move(*opened), now);
    if (!events) return fail_server(events.error());
    for (auto& one : *events) on_server_event(found->second, one);
  }

  void fail_server(protocol_errc why) {
    server_errors.push_back(why);
    disconnect();
  }

  void on_server_event(mtproto::server_session& session, mtproto::server_event& one) {
    if (auto* call = std::get_if<server_events::incoming_call>(&one)) {
      ++executed[number_of(call->body)];
      handler(session, *call);
    } else if (auto* gone = std::get_if<server_events::dropped>(&one)) {
      dropped.push_back(*gone);
    } else if (auto* other = std::get_if<server_events::destroy_session>(&one)) {
      session.finish_destroy_session(other->message_id, other->session,
                                     sessions.contains(other->session), now);
    } else if (auto* key = std::get_if<server_events::destroy_key>(&one)) {
      session.finish_destroy_key(key->message_id, mtproto::server_session::key_end::destroyed, now);
    }
  }

  void to_client(bytes packet) {
    auto events = client.on_packet(std::move(packet), now);
    if (!events) {
      client_errors.push_back(events.error());
      return disconnect();
    }
    take(std::move(*events));
  }

  void on(session_events::answer& e) {
    ++answered[e.request];
    answers[e.request] = e.body.to_bytes();
  }
  void on(session_events::refusal& e) {
    ++answered[e.request];
    refusals.push_back(e);
  }
  void on(session_events::abandoned& e) {
    ++answered[e.request];
    abandoned.push_back(e);
  }
  void on(session_events::pushed_object& e) { updates.push_back(e.body.to_bytes()); }
  void on(session_events::session_created&) { ++sessions_created; }
  void on(session_events::state_changed&) {}

  bool connected_ = false;
  steady_time reconnect_at_ = {};
  std::deque<packet_on_line> on_line_;
  std::deque<packet_on_line> held_;
  std::vector<std::int64_t> on_this_connection_;
  int injected_ = 0;
};

/// What the client says now, containers taken apart; the data centre hears nothing of it.
inline std::vector<mtproto::inner_message> messages_of(session_world& world) {
  std::vector<mtproto::inner_message> out;
  while (auto packet = world.next_packet()) {
    auto opened = mtproto::open_message(test_key(), crypto::direction::to_server, *packet);
    std::size_t budget = 1 << 20;
    auto parts = mtproto::unpack(std::move(opened.value()), budget);
    for (auto& part : parts.value()) out.push_back(std::move(part));
  }
  return out;
}

/// Whether each of these was answered exactly once, with its own number.
inline bool answered_once(session_world const& world,
                          std::vector<mtproto::request_handle> const& asked,
                          std::uint32_t first_number = 0) {
  for (std::size_t i = 0; i < asked.size(); ++i) {
    auto const times = world.answered.find(asked[i]);
    if (times == world.answered.end() || times->second != 1) return false;
    auto const answer = world.answers.find(asked[i]);
    if (answer == world.answers.end() || number_of(answer->second) != first_number + i)
      return false;
  }
  return true;
}

}  // namespace mtp::test
