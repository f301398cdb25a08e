// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/name_cache.hpp"
#include "client/state_keeper.hpp"
#include "client/update_engine.hpp"
#include "net/link.hpp"

#include <mtp/client/client.hpp>
#include <mtp/core/secret.hpp>

#include <asio/strand.hpp>

#include <atomic>
#include <exception>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace mtp::detail {

/// What a client is made of. Operations under way share it, so it outlives the client's handle.
///
/// Threads: everything but the constructor happens on its strand.
class client_core final : public std::enable_shared_from_this<client_core>,
                          private net::link_listener {
 public:
  /// Errors: mtp::error with client_errc::bad_config.
  client_core(asio::any_io_executor executor, client_config config);

  environment& world() const noexcept { return world_; }
  asio::any_io_executor const& strand() const noexcept { return strand_; }
  client_config const& config() const noexcept { return config_; }
  state_keeper& keeper() noexcept { return keeper_; }
  session_state const& state() const noexcept { return keeper_.state(); }
  update_engine& updates() noexcept { return engine_; }
  void tell(log_level level, std::string_view text) const;

  /// Everything from opening the store to closing it. Once only.
  task<> run();
  /// Asks run() to end. May be called from any thread.
  void close();

  // The one stream of updates. From any thread.
  void open_updates();
  void close_updates() noexcept;
  bool has_stream() const noexcept { return stream_open_; }
  /// Lets the stream end while everything else goes on.
  void end_updates();

  /// Performs a request with everything that belongs to it: connection, introduction, waiting,
  /// moving to another data centre, signing in again. The answer is the object as it came.
  ///
  /// Cancellation: terminal. Errors: rpc_error and its kinds, client_closed, error.
  task<bytes> exchange(raw_request request);

  /// Ends when the store was read. Errors: as exchange().
  task<> opened();

  /// Stands in a coroutine that waits on the strand, also when that ends with the loop. As long as
  /// there is one, the loop is alive.
  class waiting {
   public:
    explicit waiting(client_core& core);
    waiting(waiting const&) = delete;
    waiting& operator=(waiting const&) = delete;
    ~waiting() { --count_; }

   private:
    std::atomic<int>& count_;
  };

  /// Remembers the access hashes of those whom an answer or an update brought.
  void meet(tl::list<tl::User> const& users, tl::list<tl::Chat> const& chats);
  /// The peers of the names that were asked for lately.
  name_cache& names() noexcept { return names_; }
  tl::Peer self_peer() const;
  /// Who is signed in; 0 when nobody is.
  std::int64_t self_id() const { return state().self ? state().self->id : 0; }

  /// `token` signs in again when the server has forgotten the login.
  void remember_token(std::string token) { token_ = std::move(token); }
  /// Somebody signed in just now. Ends when that is stored.
  task<> signed_in(stored_self who);
  /// The login that the store knew is good.
  void still_signed_in();

 private:
  task<> keep_key(crypto::auth_key key, mtproto::client_session_state state) override;
  void keep_state(mtproto::client_session_state state) override;
  void key_lost() override;
  void connected() override;
  void session_created() override;
  void update(bytes body) override { engine_.push(std::move(body)); }
  void own_result(bytes body) override { engine_.own_result(std::move(body)); }

  task<> run_here(std::shared_ptr<client_core> self);
  task<> run_parts();
  task<> run_home();
  task<> watch(event& what, task_scope& scope);
  task<> finish();
  void end_operations();
  void heed_early_close();
  std::shared_ptr<net::link> make_link();
  int home_dc() const;
  address_book const& addresses() const;
  void move_home(int dc);

  task<std::shared_ptr<net::link>> current_link();
  task<bytes> perform(std::shared_ptr<client_core> self, raw_request request);
  task<> follow(net::request_policy::action action, rpc_failure why);
  task<net::call_outcome> try_once(raw_request const& request, bytes const& body);
  bool signs_in_again(rpc_failure const& why) const;
  task<bool> sign_in_again();
  void forget_account();
  task<> save_login();
  task<> pause(duration span);
  void throw_if_over() const;

  client_config config_;
  environment& world_;
  asio::any_io_executor strand_;
  state_keeper keeper_;
  update_engine engine_;
  bytes introduction_;  // what stands before a request on a connection that does not know us
  std::shared_ptr<net::link> link_;
  event link_changed_;
  event moved_;
  event stop_;
  event signed_in_again_;
  name_cache names_;
  std::list<event*> pauses_;  ///< of requests that wait to be repeated
  secret<std::string> token_;
  std::exception_ptr failure_;
  std::atomic<bool> stream_open_ = false;
  std::atomic<int> waiting_ = 0;
  std::atomic<bool> close_wanted_ = false;
  bool signing_in_ = false;
  bool introduced_ = false;
  bool stood_once_ = false;  ///< there was a connection
  bool started_ = false;
  bool over_ = false;
};

}  // namespace mtp::detail
