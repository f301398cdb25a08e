// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "net/packet_stream.hpp"

#include <mtp/core/log.hpp>
#include <mtp/core/task_scope.hpp>
#include <mtp/mtproto/client_handshake.hpp>
#include <mtp/mtproto/client_session.hpp>
#include <mtp/net/connection_options.hpp>

#include <list>
#include <string>
#include <unordered_map>
#include <variant>

namespace mtp::net {

/// What a link needs to know about its data centre and its owner.
struct link_options {
  int dc = 2;                ///< its number among people
  std::int32_t wire_dc = 2;  ///< and on the wire
  std::vector<dc_endpoint> endpoints = {};
  std::vector<crypto::rsa_public_key> trusted = {};
  connection_options connection = {};
  mtproto::client_session_options session = {};
  bool stood_before = false;  ///< the owner had a connection, to wherever: gives up no more
};

/// Who owns a link is told what happens on it, on its strand.
class link_listener {
 public:
  /// A key was made with the data centre. The link waits until it is kept before it is used.
  virtual task<> keep_key(crypto::auth_key key, mtproto::client_session_state state) = 0;
  /// Salts or the clock changed.
  virtual void keep_state(mtproto::client_session_state state) = 0;
  /// The data centre has forgotten the key: who was signed in no longer is.
  virtual void key_lost() = 0;
  /// The connection stands; the server may not know this client yet.
  virtual void connected() = 0;
  /// The server may have lost updates for us.
  virtual void session_created() = 0;
  /// An object that answers nothing.
  virtual void update(bytes body) = 0;
  /// The answer of a call that moves the counters of the updates, in its place among them.
  virtual void own_result(bytes body) = 0;

 protected:
  ~link_listener() = default;
};

/// What the server said to a call.
struct refused {
  std::int32_t code = 0;
  std::string text = {};
};
/// The link was closed before the call had an answer; on another link it may be repeated.
struct closed {};
using call_outcome = std::variant<bytes, refused, std::error_code, closed>;

/// How a call is to be treated.
struct call_options {
  mtproto::request_options request = {.repeatable = true};
  bool gives_updates = false;  ///< its answer is told to the listener, too
};

/// One session with one data centre, over as many connections as it takes.
///
/// Threads: belongs to its strand. Lifetime: outlives run() and the calls under way.
class link {
 public:
  /// Lifetime: `world` and `listener` outlive it.
  link(environment& world, asio::any_io_executor strand, link_options options, log_sink log,
       link_listener& listener);

  /// Goes on with a key and a session state from an earlier process. Before run() only.
  void resume(crypto::auth_key key, mtproto::client_session_state state);

  /// Connects, makes a key when there is none, and keeps the connection.
  ///
  /// Ends only by an error: when the first connection does not come about, or when it is cancelled.
  task<> run();

  /// Sends one request and waits for its answer, however many connections that takes.
  ///
  /// Lifetime: `body` lives until it ends. Cancellation: terminal; the server is told to drop the
  /// answer.
  task<call_outcome> call(bytes_view body, call_options options = {});

  /// The server said that the key is of no use: forgets it, and makes another. The calls under way
  /// go on with that one.
  void renew_key();

  /// Ends every call, those under way and those to come, with `closed`.
  void close();

 private:
  struct pending_call;
  using calls = std::list<pending_call*>;

  task<> connect_and_talk();
  task<> connect(packet_stream& stream, dc_endpoint to);
  task<> talk(packet_stream& stream, task_scope& scope);
  task<> make_key(packet_stream& stream);
  task<mtproto::client_handshake::done> exchange_key(packet_stream& stream);
  task<> read_loop(packet_stream& stream);
  task<> write_loop(packet_stream& stream);

  std::unique_ptr<transport::framing> make_framing();
  void begin_session(crypto::auth_key key, mtproto::client_session_state state);
  void submit(pending_call& call);
  void forget_key();
  void handle(mtproto::session_event event);
  bool gives_updates(mtproto::request_handle request) const;
  void finish(mtproto::request_handle request, call_outcome outcome);
  duration after_failure(std::error_code why);
  duration bounded(duration limit) const;
  void give_up_if_hopeless(std::error_code why, std::string const& text);
  void tell(log_level level, std::string_view text) const;

  environment& world_;
  asio::any_io_executor strand_;
  link_options options_;
  random_source& random_;
  log_sink log_;
  link_listener& listener_;
  backoff backoff_;
  event wake_;
  std::optional<mtproto::client_session> session_;
  calls calls_;
  std::unordered_map<std::uint64_t, pending_call*> by_request_;
  steady_time first_deadline_ = {};
  std::size_t next_endpoint_ = 0;
  int unknown_key_ = 0;  ///< how many connections in a row said so
  int hasty_ = 0;        ///< how often it came back without waiting, since the last good packet
  bool established_ = false;  ///< a connection stood once
  bool standing_ = false;     ///< one stands now
  bool key_dead_ = false;     ///< the server said so
  bool closed_ = false;
};

}  // namespace mtp::net
