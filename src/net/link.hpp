// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "net/address_memory.hpp"
#include "net/call_order.hpp"
#include "net/dc_key.hpp"
#include "net/dialler.hpp"
#include "net/link_listener.hpp"
#include "net/reconnect_policy.hpp"
#include "net/session_pump.hpp"
#include "net/temporary_key_policy.hpp"

#include <mtp/core/log.hpp>
#include <mtp/core/task_scope.hpp>
#include <mtp/mtproto/client_handshake.hpp>
#include <mtp/net/connection_options.hpp>

#include <functional>
#include <list>
#include <string>
#include <unordered_map>
#include <variant>

namespace mtp::MTP_ABI::net {

/// What a link needs to know about its data centre and its owner.
struct link_options {
  int dc = 2;                ///< its number among people
  std::int32_t wire_dc = 2;  ///< and on the wire
  link_purpose purpose = link_purpose::main;
  std::vector<dc_endpoint> endpoints = {};
  std::optional<dc_endpoint> last_good = {};  ///< of them, the one that worked last
  std::shared_ptr<std::vector<crypto::rsa_public_key> const> trusted = {};
  connection_options connection = {};
  mtproto::client_session_options session = {};
  bytes init_prefix = {};      ///< stands before the first calls of each connection
  bytes call_prefix = {};      ///< stands before every call
  bool was_connected = false;  ///< the owner had a connection, to wherever: gives up no more
  /// Except for what no attempt can change, until this one was connected: the owner makes another
  /// link when it needs one.
  bool ends_when_hopeless = false;
};

/// What the server said to a call.
struct refused {
  std::int32_t code = 0;
  std::string text = {};
};
/// The link was closed before the call had an answer. After link::hand_over() the call may be
/// repeated on another link.
struct closed {};
using call_outcome = std::variant<slice, refused, std::error_code, closed>;

/// How a call is to be treated.
struct call_options {
  mtproto::request_options request = {.repeatable = true};
  /// Told the answer when it arrives, in its place among the updates, before the call ends.
  std::function<void(slice const&)> on_answer = {};
  std::shared_ptr<call_order> order = {};  ///< the server executes it after the last one of these
};

/// One session with one data centre for one purpose, over as many connections as it takes.
///
/// Threads: belongs to its strand. Lifetime: outlives run() and the calls under way.
class link final : private session_pump::owner {
 public:
  /// Lifetime: `world` and `listener` outlive it.
  link(environment& world, asio::any_io_executor strand, link_options options,
       std::shared_ptr<dc_key> key, log_sink log, link_listener& listener);

  link_id id() const noexcept { return {options_.dc, options_.purpose, key_->id()}; }

  /// Connects, makes keys where there are none, and keeps the connection.
  ///
  /// Ends only by an error: when the first connection does not come about, when the restart policy
  /// says so, or when it is cancelled.
  task<> run();

  /// Sends one request and waits for its answer, however many connections that takes.
  ///
  /// Cancellation: terminal; the server is told to drop the answer.
  task<call_outcome> call(slice body, call_options options = {});
  /// As call(), for a body that depends on its place in the session.
  task<call_outcome> call(mtproto::body_builder build, call_options options = {});

  /// Calls `handler` with true when a connection is established, and with false when it is gone.
  /// One at a time may be told; it may come at any time in run().
  void on_change(std::function<void(bool established)> handler) { on_change_ = std::move(handler); }

  /// Calls that wait for an answer.
  std::size_t pending() const noexcept { return calls_.size(); }
  /// The connection knows this client: a call that was sent with the prefix was answered.
  bool is_initialised() const noexcept { return initialised_; }
  /// The server says that it does not know this client: the next calls say it again.
  void require_init() { initialised_ = false; }
  /// The addresses to use from the next connection on.
  void set_endpoints(std::vector<dc_endpoint> endpoints);
  /// The program knows that the network is back: waits end.
  void on_network_restored();

  /// The server said that the key is of no use: forgets it, and makes another. The calls under way
  /// go on with that one.
  void renew_key();

  /// Ends every call, those under way and those to come, with `closed`.
  void close();
  /// The same, for an owner that repeats them elsewhere: a call that the server may have executed,
  /// and that must not be executed twice, ends with client_errc::outcome_unknown instead.
  void hand_over();

 private:
  struct pending_call;
  struct pump_place;
  using calls = std::list<pending_call*>;
  using handshake = mtproto::client_handshake;

  // Connections: link.cpp.
  task<> prepare_to_dial();
  task<> dial();
  task<> wait_to_connect();
  std::vector<dc_endpoint> addresses() const;
  void remember_address(bool good);
  race_options race() const;
  std::unique_ptr<transport::framing> make_framing(dc_endpoint const& to);
  void after_failure(std::exception_ptr failed);
  connection_failure failure_of(std::error_code why) const;
  [[noreturn]] void give_up(std::error_code why) const;
  void log(log_level level, std::string_view text) const;

  // What is said over one of them: link_session.cpp.
  task<bool> prepare(dialler::attempt& over);
  task<> carry_session(dialler::attempt& over);
  task<> probe(dialler::attempt& over);
  task<std::vector<mtproto::session_event>> next_events(dialler::attempt& over,
                                                        mtproto::client_session& of);
  void begin_carrying(bool probed);
  void end_carrying(bool cancelled);
  void begin_calls();
  void on_established();
  void give_up_session(moment now);
  void on_event(mtproto::session_event event) override;
  void on_packet() override;
  void on_bytes(std::size_t count, moment now) override;
  void on_first_packet(dc_endpoint const& from) override;
  bool tolerates(std::error_code refusal) const override;
  steady_time look_after(moment now) override;
  bool waits_for_answers() const override { return handover_.is_leaving(); }

  // Keys: link_keys.cpp.
  key_needs needs();
  [[noreturn]] void start_over();
  std::shared_ptr<mtproto::key_context> current_context();
  task<> make_keys(dialler::attempt& over);
  task<> make_permanent(dialler::attempt& over);
  task<> make_temporary(dialler::attempt& over);
  task<temporary_key> exchange_temporary(dialler::attempt& over);
  task<handshake::done> exchange(dialler::attempt& over, std::chrono::seconds lifetime);
  task<handshake::done> run_exchange(dialler::attempt& over, std::chrono::seconds lifetime);
  void forget_key();
  void report_doubt();
  void break_off(std::error_code why);

  // Their binding: link_binding.cpp.
  mtproto::request_handle submit_binding(mtproto::client_session& in, temporary_key const& fresh);
  void begin_binding(temporary_key const& fresh);
  void on_bind_outcome(bind_outcome said);
  void on_bound();
  task<> prove(dialler::attempt& over);
  task<bind_outcome> try_to_bind(dialler::attempt& over);
  task<bind_outcome> bind_beside(dialler::attempt& over, temporary_key fresh);
  std::optional<bind_outcome> binding_outcome(mtproto::session_event const& event,
                                              mtproto::request_handle request) const;

  // The next one: link_renewal.cpp.
  bool is_replaced();
  task<> renew_in_time();
  task<> renew_beside();
  task<> renew_over(dialler::attempt& over);
  steady_time look_after_temporary_key(moment now);

  // The session and its calls: link_calls.cpp.
  void use_session(std::shared_ptr<mtproto::key_context> context);
  void leave_session();
  bool has_unrepeatable_calls() const;
  void begin(pending_call& call);
  bool may_not_be_repeated(pending_call const& call) const;
  void end(pending_call& call, call_outcome outcome);
  void submit_all();
  void submit(pending_call& call);
  mtproto::request_options next_in_order(pending_call const& call);
  static mtproto::body_builder in_order(bytes prefix, slice body);
  pending_call* find(mtproto::request_handle request) const;
  void on_answer(mtproto::request_handle request, slice body);
  void on_refusal(mtproto::request_handle request, refused what);
  void finish(mtproto::request_handle request, call_outcome outcome);

  environment& world_;
  asio::any_io_executor strand_;
  link_options options_;
  std::shared_ptr<dc_key> key_;
  log_sink log_;
  link_listener& listener_;
  std::function<void(bool)> on_change_;
  address_memory memory_;
  std::optional<reconnect_policy> policy_;
  std::optional<dialler> dialler_;
  std::unique_ptr<dc_key::turn> turn_;             // while keys are made or bound
  detail::waiting_room callers_;                   // beside it those who wait for answers
  strand_event wake_;                              // the next connection need not wait any longer
  std::shared_ptr<mtproto::key_context> context_;  // of the session
  std::optional<temporary_key> temporary_;         // the same, when that key is a temporary one
  std::optional<mtproto::client_session> session_;
  std::uint64_t session_number_ = 0;
  mtproto::request_handle binding_ = {};
  temporary_key_policy handover_;  // when that one is left for the next
  calls calls_;
  std::unordered_map<std::uint64_t, pending_call*> by_request_;
  std::shared_ptr<mtproto::key_context> used_context_;  // something was said under it
  session_pump* pump_ = nullptr;                        // while a connection carries the session
  bool may_call_ = false;                               // no key has to be bound before
  bool initialised_ = false;
  bool closed_ = false;
};

}  // namespace mtp::MTP_ABI::net
