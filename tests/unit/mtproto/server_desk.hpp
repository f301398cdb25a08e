// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "handmade.hpp"
#include "mtproto/unpack.hpp"
#include "session_world.hpp"
#include "support/catch.hpp"

#include <mtp/mtproto/message_id.hpp>
#include <mtp/mtproto/server_session.hpp>

#include <zlib.h>

namespace mtp::test {

using namespace mtproto;
using handmade::id;
using handmade::start;

inline constexpr std::int64_t session_number = 4242;

/// A session and a client of which every message is made by hand.
struct desk {
  seeded_random random{1};
  moment now{steady_time(1000s), std::chrono::system_clock::time_point(1'700'000'000s)};
  server_salts salts{random};
  server_session session;
  sequence_counter sequence;
  message_id_source ids;

  explicit desk(server_session_options options = {})
      : session(test_key(), session_number, salts, random, options) {
    session.on_connected(now);
  }

  std::int64_t second() const {
    return std::chrono::duration_cast<std::chrono::seconds>(now.wall.time_since_epoch()).count();
  }
  std::int64_t next_id() { return ids.next(std::chrono::seconds(second()), id_kind::from_client); }
  std::int64_t salt() { return salts.current(second()); }

  /// Events, or nothing when the message closed the connection.
  std::vector<server_event> send(std::int64_t message, std::int32_t number, bytes body,
                                 std::optional<std::int64_t> with_salt = {}) {
    message_header const header{with_salt ? *with_salt : salt(), session_number, message, number};
    auto got = session.on_message({header, std::move(body)}, now);
    error = got ? std::nullopt : std::optional(got.error());
    return got ? std::move(*got) : std::vector<server_event>();
  }
  std::vector<server_event> call(std::int64_t message, std::uint32_t number) {
    return send(message, sequence.next(true), object_of(question_id, number));
  }
  std::vector<server_event> service(bytes body) {
    return send(next_id(), sequence.next(false), std::move(body));
  }

  /// Everything that the session says now.
  std::vector<inner_message> said() {
    std::vector<inner_message> out;
    while (auto packet = session.next_packet(now)) {
      auto opened = open_message(test_key(), crypto::direction::to_client, std::move(*packet));
      REQUIRE(opened.has_value());
      std::size_t budget = 1 << 20;
      auto parts = unpack(std::move(*opened), budget);
      REQUIRE(parts.has_value());
      for (auto& part : *parts) out.push_back(std::move(part));
    }
    return out;
  }

  /// The first message of this kind among what is said now.
  std::optional<inner_message> said_one(id what) {
    std::optional<inner_message> found;
    for (auto& one : said())
      if (handmade::id_of(one.body) == what && !found) found = std::move(one);
    return found;
  }

  std::optional<protocol_errc> error;
};

template <class T>
inline T read(inner_message message) {
  std::size_t budget = 1 << 20;
  auto said = service::read_server_message(message.body, budget);
  REQUIRE(said.has_value());
  REQUIRE(std::holds_alternative<T>(*said));
  return std::get<T>(std::move(*said));
}

/// What the session says against a message, of either kind.
inline schema::bad_server_salt rejection(desk& d, bool of_salt = false) {
  auto const found = d.said_one(of_salt ? id::bad_server_salt : id::bad_msg_notification);
  REQUIRE(found.has_value());
  CHECK_FALSE(found->has_content());
  if (of_salt) return read<schema::bad_server_salt>(*found);
  auto const said = read<schema::bad_msg_notification>(*found);
  return {said.bad_msg_id, said.bad_msg_seqno, said.error_code, 0};
}

inline bytes info_of(inner_message const& message) {
  auto const said = read<schema::msgs_state_info>(message);
  bytes_view const info = said.info;
  return bytes(info.begin(), info.end());
}

inline bytes zlib_packed(bytes_view data) {
  uLongf size = compressBound(static_cast<uLong>(data.size()));
  bytes out(size);
  compress(out.data(), &size, data.data(), static_cast<uLong>(data.size()));
  out.resize(size);
  return start(id::gzip_packed).string(out).take();
}

inline bool is_call(std::vector<server_event> const& events, std::uint32_t number) {
  if (events.size() != 1) return false;
  auto const* call = std::get_if<server_events::incoming_call>(&events[0]);
  return call && number_of(call->body) == number;
}

}  // namespace mtp::test
