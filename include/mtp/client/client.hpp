// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/client/call_chain.hpp>
#include <mtp/client/client_health.hpp>
#include <mtp/client/config.hpp>
#include <mtp/client/open_chat.hpp>
#include <mtp/client/raw_request.hpp>
#include <mtp/client/status_stream.hpp>
#include <mtp/client/stream_options.hpp>
#include <mtp/client/transfer_handle.hpp>
#include <mtp/client/update_stream.hpp>
#include <mtp/core/config.hpp>
#include <mtp/login/flow.hpp>
#include <mtp/storage/store_statistics.hpp>
#include <mtp/transfer/file_sink.hpp>
#include <mtp/transfer/file_source.hpp>
#include <mtp/transfer/transfer_options.hpp>
#include <mtp/types/message.hpp>
#include <mtp/types/peer_ref.hpp>
#include <mtp/types/remote_file.hpp>
#include <mtp/types/send_file_options.hpp>
#include <mtp/types/sent_code.hpp>
#include <mtp/types/uploaded_file.hpp>
#include <mtp/types/user.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI {

class account_methods;
class auth_methods;
class bot_methods;
class chat_methods;
class draft_methods;
class file_methods;
class message_methods;
class peer_methods;
class poll_methods;
class reaction_methods;
class scheduled_methods;

namespace detail {
struct runner_access;
}

/// A Telegram client: one account, one session, one home data centre.
///
/// Everything happens while run() runs; what is called before waits for it. Destroying the client
/// closes it; operations under way then end with client_closed.
///
/// Threads: distinct clients are independent. One client has one strand, get_executor(); its
/// operations may be awaited, and cancelled, by any coroutine on any other strand or thread: they
/// hop there and back. A coroutine itself is cancelled where it runs, as everywhere in Asio; on a
/// pool of threads that must be a strand.
class MTP_API client {
 public:
  /// Errors: mtp::error with client_errc::bad_config; the text says which part.
  client(asio::any_io_executor executor, client_config config);
  client(client&&) noexcept = default;
  client& operator=(client&&) noexcept;
  ~client();

  asio::any_io_executor get_executor() const;

  /// Opens the session, connects, keeps the connection, saves. Ends after close(). Once only.
  ///
  /// Cancellation: terminal; saves before it ends. Errors: those of record_store::open(), or
  /// of session_store::open(); client_errc::lease_lost when another process took the store over;
  /// when the first connection does not come about, what its last attempt said.
  task<> run();
  /// Asks run() to end. Threads: any.
  void close();
  /// Tells the client that the network is back, as a system's notification says it: an attempt to
  /// connect is made at once, and earlier failures are forgotten. Threads: any.
  void network_restored();

  // --- By area. What these return is declared in <mtp/methods/AREA.hpp>; <mtp/mtp.hpp> has all.

  /// One's own account: its logins, password, number and end. Threads: any.
  account_methods account() const;
  /// Signing in. Threads: any.
  auth_methods auth() const;
  /// What bots answer. Threads: any.
  bot_methods bots() const;
  /// Groups and channels. Threads: any.
  chat_methods chats() const;
  /// Messages that were begun. Threads: any.
  draft_methods drafts() const;
  /// Files, up and down. Threads: any.
  file_methods files() const;
  /// Messages of conversations. Threads: any.
  message_methods messages() const;
  /// Who is who. Threads: any.
  peer_methods peers() const;
  /// Polls and lists of things to do. Threads: any.
  poll_methods polls() const;
  /// What people think of messages. Threads: any.
  reaction_methods reactions() const;
  /// Messages that go later. Threads: any.
  scheduled_methods scheduled() const;

  // --- What most programs need, without its area

  /// auth().sign_in_bot(). Lifetime, Cancellation, Errors: as there.
  task<user> sign_in_bot(std::string_view token);
  /// auth().sign_in(). Lifetime, Cancellation, Errors: as there.
  task<user> sign_in(std::string_view phone, code_prompt ask_for_code);
  /// auth().sign_in(). Lifetime, Cancellation, Errors: as there.
  task<login::step> sign_in(login::flow& flow);
  /// auth().sign_in(). Lifetime, Threads, Cancellation, Errors: as there.
  task<user> sign_in(login::asker ask);
  /// auth().get_me(). Cancellation, Errors: as there.
  task<user> get_me();
  /// messages().send(). Lifetime, Cancellation, Errors: as there.
  task<message> send_message(peer_ref peer, text_ref text, send_message_options options = {});
  /// messages().get_history(). Lifetime, Cancellation, Errors: as there.
  task<std::vector<message>> get_history(peer_ref peer, int limit);
  /// files().upload(). Lifetime, Cancellation, Errors: as there.
  task<uploaded_file> upload(file_source const& from, upload_options options = {});
  /// files().send(). Lifetime, Cancellation, Errors: as there.
  task<message> send_file(peer_ref peer, uploaded_file const& file, std::string_view caption = {},
                          send_file_options options = {});
  /// files().download(). Lifetime, Cancellation, Errors: as there.
  task<std::uint64_t> download(remote_file const& from, file_sink const& to,
                               download_options options = {});
  /// files().start_upload(). Lifetime, Threads, Errors: as there.
  upload_handle start_upload(file_source const& from, upload_options options = {});
  /// files().start_download(). Lifetime, Threads, Errors: as there.
  download_handle start_download(remote_file const& from, file_sink const& to,
                                 download_options options = {});
  /// peers().resolve(). Lifetime, Cancellation, Errors: as there.
  task<peer_id> resolve(std::string_view username);
  /// peers().input_peer(). Lifetime, Cancellation, Errors: as there.
  task<tl::InputPeer> input_peer(peer_ref peer);

  /// Looks at a channel or supergroup that the account need not have joined: what happens there
  /// comes by the stream of updates, from now on, or from where it was left, until the last
  /// open_chat of it ends. It is asked for at the pace that the server names, for each channel by
  /// itself, and a refusal holds up nobody else.
  ///
  /// Lifetime: copies `peer` before it first suspends. Cancellation: terminal; nothing is open
  /// then. Errors: those of peers().resolve(); client_errc::bad_argument for what is no channel;
  /// rpc_error when it is closed to the account (CHANNEL_PRIVATE).
  task<open_chat> open(peer_ref peer);

  /// Opens the stream of updates. Errors: std::logic_error when one is open.
  update_stream updates(stream_options options = {});
  /// Opens the stream of one of several consumers, each with its place among the updates, its
  /// filter and its own pace. What it has not got past waits for it in the store, also while it has
  /// no stream, until remove_consumer(); a new name begins with what comes from now on. While there
  /// is such a consumer, the stream without a name gives nothing.
  ///
  /// Lifetime: keeps `options` until the consumer is removed or opened anew. Errors:
  /// std::logic_error when it has a stream, or when the stream without a name is open; mtp::error
  /// with client_errc::bad_argument for a name that is empty or longer than 64 bytes, bad_config
  /// when the client keeps its state in a session_store.
  update_stream updates(consumer_options options);
  /// Forgets a consumer and what waits for it. Its stream ends. Does nothing when there is none.
  ///
  /// Lifetime: keeps `name`. Cancellation: terminal; it is forgotten all the same. Errors:
  /// client_errc::storage when the store failed, which is tried again; client_closed.
  task<> remove_consumer(std::string name);
  /// Calls `handler` with each update of a stream of its own, one after the other, until the client
  /// ends. What the handler throws is logged as an error, and the next update follows: nothing that
  /// one person does ends the program.
  ///
  /// Lifetime: keeps `handler` until it ends, and each update until the handler's task has ended.
  /// Threads: the handler is called, and its task runs, where this is awaited: on the executor of
  /// the coroutine that awaits it, not on the strand of the client. Cancellation: terminal; the
  /// update that the handler was busy with comes again. Errors: std::logic_error at the call when a
  /// stream is open; those of update_stream::next().
  task<> each_update(std::function<task<>(update)> handler, stream_options options = {});
  /// The same for one of several consumers. Lifetime, Threads, Cancellation: as there. Errors: as
  /// updates().
  task<> each_update(consumer_options options, std::function<task<>(update)> handler);

  /// How the client is: how far it got, what it waits for, its connections. As a value, as lines
  /// and for Prometheus: see client_health.
  ///
  /// Cancellation: terminal. Errors: client_closed when the client was moved from. Threads: any.
  task<client_health> health() const;
  /// What the store of this client holds: how many peers, keys, positions, ... and their size.
  /// Reads all of it.
  ///
  /// Cancellation: terminal. Errors: those of the store; bad_argument when the client has a
  /// session_store, which holds no records; client_closed.
  task<store_statistics> measure_store() const;
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
    if constexpr (std::is_same_v<response, tl::Updates>) {
      return ask_for_updates(detail::any_request(request), options);
    } else {
      return detail::read_answer<response>(ask(detail::any_request(request), options), F::tl_name);
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
  static task<open_chat> open_with(
      task<std::pair<peer_id, std::shared_ptr<updates::watched_channel>>> opened);
  task<slice> ask(detail::any_request const& request, invoke_options const& options);
  /// For an answer that counts among the updates, which share it: it is decoded once.
  task<received<tl::Updates>> ask_for_updates(detail::any_request const& request,
                                              invoke_options const& options);

  std::shared_ptr<detail::client_core> core_;
};

}  // namespace mtp::MTP_ABI
