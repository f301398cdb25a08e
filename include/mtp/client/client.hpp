// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/client/call_chain.hpp>
#include <mtp/client/config.hpp>
#include <mtp/client/invoke_options.hpp>
#include <mtp/client/message.hpp>
#include <mtp/client/status.hpp>
#include <mtp/client/updates.hpp>
#include <mtp/core/config.hpp>
#include <mtp/core/task.hpp>
#include <mtp/tl/function.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace mtp {

namespace detail {

struct runner_access;
struct updates_answer;

/// A request as bytes, or why it cannot be written; and what is known about it.
struct raw_request {
  result<bytes, tl::encode_error> body = bytes();
  std::string_view method = {};  ///< static storage
  bool signs_in = false;         ///< part of signing in: never a reason for signing in again
  int dc = 0;                    ///< the data centre; 0: the account's own
  link_purpose purpose = link_purpose::main;
  call_priority priority = call_priority::normal;
  bool repeatable = false;       ///< whatever the schema says of its function
  bytes wrappers = {};           ///< stand before the body
  bool without_updates = false;  ///< the first of them is invokeWithoutUpdates
  std::optional<duration> timeout = {};
  std::shared_ptr<net::call_order> order = {};   ///< of the chain that the call belongs to
  std::shared_ptr<updates_answer> updates = {};  ///< where an answer goes that counts among them

  /// Takes over what a caller wants of a call.
  ///
  /// Errors: mtp::error with client_errc::bad_config that names the option.
  void apply(invoke_options const& options, std::shared_ptr<net::call_order> chain);
};

task<slice> exchange(std::shared_ptr<client_core> client, raw_request request);
/// The same for an answer that counts among the updates, which share it: it is decoded once.
task<received<tl::Updates>> exchange_updates(std::shared_ptr<client_core> client,
                                             raw_request request);
[[noreturn]] void throw_unreadable(tl::decode_error const& why, std::string_view method);

/// Reads the answer of a call: the only part that is compiled for each type.
template <class T>
task<tl::decoded<T>> read_answer(task<slice> call, std::string_view method) {
  slice body = co_await std::move(call);
  auto value = tl::decode<T>(std::move(body));
  if (!value) throw_unreadable(value.error(), method);
  co_return *std::move(value);
}

}  // namespace detail

/// Whom a message goes to: a peer that was met before, a @username, or "me".
class peer_ref {
 public:
  peer_ref(peer_id peer) : peer_(peer) {}
  peer_ref(user const& who) : peer_(who.peer()) {}
  peer_ref(std::string_view name) : name_(name) {}
  peer_ref(char const* name) : name_(name) {}
  peer_ref(std::string const& name) : name_(name) {}

  peer_id id() const noexcept { return peer_; }
  std::string_view name() const noexcept { return name_; }  ///< empty when it is an id

 private:
  peer_id peer_;
  std::string_view name_;
};

/// Where the code of a log-in went.
struct sent_code {
  std::string_view way = {};  ///< "app", "sms", "call" or another of the server's words
  int length = 0;             ///< how many characters it has; 0 when the server did not say
};

/// Asks a person for the code that was sent to him. Lifetime: `sent` lives until it ends.
using code_prompt = std::function<task<std::string>(sent_code const& sent)>;

/// A Telegram client: one account, one session, one home data centre.
///
/// Everything happens while run() runs; what is called before waits for it. Destroying the client
/// closes it; operations under way then end with client_closed.
///
/// Threads: distinct clients are independent. One client has one strand, get_executor(); its
/// operations may be awaited, and cancelled, by any coroutine on any other strand or thread: they
/// hop there and back. A coroutine itself is cancelled where it runs, as everywhere in Asio; on a
/// pool of threads that must be a strand.
class client {
 public:
  /// Errors: mtp::error with client_errc::bad_config; the text says which part.
  client(asio::any_io_executor executor, client_config config);
  client(client&&) noexcept = default;
  client& operator=(client&&) noexcept;
  ~client();

  asio::any_io_executor get_executor() const;

  /// Opens the session, connects, keeps the connection, saves. Ends after close(). Once only.
  ///
  /// Cancellation: terminal; saves before it ends. Errors: those of session_store::open(); when the
  /// first connection does not come about, what its last attempt said.
  task<> run();
  /// Asks run() to end. Threads: any.
  void close();
  /// Tells the client that the network is back, as a system's notification says it: an attempt to
  /// connect is made at once, and earlier failures are forgotten. Threads: any.
  void network_restored();

  /// Signs in as the bot of `token`. Only asks who that is when the session is that bot's already.
  /// Should the server forget the login later, the library signs in again by itself; when it may
  /// not, the call that found that and the stream of updates throw what the server says.
  ///
  /// Lifetime: copies the token. Errors: rpc_error, as ACCESS_TOKEN_INVALID.
  task<user> sign_in_bot(std::string_view token);
  /// Signs in as a person. Only asks who that is when somebody with that session is signed in
  /// already, whatever the number.
  ///
  /// Lifetime: copies its arguments. Errors: rpc_error, as PHONE_CODE_INVALID; password_needed.
  task<user> sign_in(std::string_view phone, code_prompt ask_for_code);
  /// Who is signed in, as the server has it. Errors: auth_required.
  task<user> get_me();

  /// Sends `text` to `peer` and returns the message as the server stored it.
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal; after the
  /// request was written the message may still appear. Errors: rpc_error and its kinds;
  /// client_errc::unknown_peer for an id that was never met.
  task<message> send_message(peer_ref peer, std::string_view text,
                             send_message_options options = {});
  /// The last `limit` messages of a conversation, at most 100, the newest first. Those about the
  /// conversation itself (somebody joined, ...) are left out. Errors: as send_message().
  task<std::vector<message>> get_history(peer_ref peer, int limit);
  /// The peer of a @username, asked from the server unless it is known.
  task<peer_id> resolve(std::string_view username);
  /// What the API calls the peer, with the access hash that this session knows.
  ///
  /// Errors: client_errc::unknown_peer.
  task<tl::InputPeer> input_peer(peer_ref peer);

  /// Opens the stream of updates. Errors: std::logic_error when one is open.
  update_stream updates();

  /// What the client is doing. Threads: any.
  client_status status() const noexcept;
  /// The steps in its life from now on.
  status_stream status_changes();

  /// Performs any function of the API. The request becomes bytes before anything suspends.
  ///
  /// A call that was written when its session was lost is repeated only when executing it twice
  /// does no harm; otherwise it ends as outcome_unknown when nobody can tell whether it was
  /// executed.
  ///
  /// Cancellation: terminal; a call that was not written yet is taken back, of another the server
  /// is told to drop the answer. Errors: rpc_error and its kinds; outcome_unknown;
  /// client_errc::encode when a required part of the request is empty; decode when the answer is
  /// not what the schema says; timed_out after the time in `options`; bad_config for options that
  /// contradict each other; client_closed.
  template <tl::tl_function F>
  task<tl::answer<F>> invoke(F const& request, invoke_options options = {}) {
    using response = typename F::response;
    detail::raw_request raw{.body = tl::encode(request), .method = F::tl_name};
    raw.apply(options, options.chain ? options.chain->order_ : nullptr);
    if constexpr (std::is_same_v<response, tl::Updates>) {
      return detail::exchange_updates(core_, std::move(raw));
    } else {
      return detail::read_answer<response>(detail::exchange(core_, std::move(raw)), F::tl_name);
    }
  }

#ifdef MTP_GCC12
  /// GCC 12 destroys a request twice that is a temporary of a co_await expression. Write
  /// `tl::some_function request{...}; co_await client.invoke(request);` instead.
  template <tl::tl_function F>
    requires(std::is_aggregate_v<F> && !std::is_trivially_destructible_v<F>)
  task<tl::answer<F>> invoke(F&&, invoke_options = {}) = delete;
#endif

 private:
  friend struct detail::runner_access;
  std::shared_ptr<detail::client_core> core_;
};

}  // namespace mtp
