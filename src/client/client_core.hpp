// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/lifecycle.hpp"
#include "client/name_cache.hpp"
#include "client/state_keeper.hpp"
#include "client/update_engine.hpp"
#include "net/pool.hpp"

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
  task<slice> exchange(raw_request request);
  /// The same, for an answer that counts among the updates.
  task<received<tl::Updates>> exchange_updates(raw_request request);

  /// The program knows that the network is back.
  void network_restored();

  // What becomes of the client: status.cpp.
  /// From any thread.
  client_status status() const noexcept { return status_; }
  std::uint64_t next_status_number() const noexcept { return next_status_number_; }
  /// The change `number`, or the first that is kept; moves `number` behind it.
  ///
  /// Lifetime: `number` outlives it.
  task<std::optional<status_change>> next_status(std::shared_ptr<client_core> keep,
                                                 std::uint64_t& number);
  /// The updates are being caught up with, or are not.
  void set_updating(bool updating);
  /// The login is good no longer.
  void set_signed_out(std::error_code why);

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

  /// An update may say that there are other addresses.
  void note_configuration(tl::Update const& what);
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
  // What links tell: data_centres.cpp.
  task<> store_key(net::link_id from, crypto::auth_key key, mtproto::client_session_state state,
                   std::int32_t made_at) override;
  void store_state(net::link_id from, mtproto::client_session_state state) override;
  void key_lost(net::link_id from) override;
  void key_suspect(net::link_id from, bool suspect) override;
  void connecting(net::link_id from) override;
  void established(net::link_id from, dc_endpoint const& address) override;
  void disconnected(net::link_id from, std::error_code why, bool suspended) override;
  void session_created(net::link_id from) override;
  void update(net::link_id from, slice body) override;

  task<> run_here(std::shared_ptr<client_core> self);
  task<> run_parts();
  task<> run_home();
  void start_home();
  void stop();
  task<> finish();
  void end_operations();
  void heed_early_close();

  // Data centres: data_centres.cpp, dc_logins.cpp, address_refresh.cpp.
  address_book const& initial_addresses() const;
  bool knows_dc(int dc) const;
  int home_dc() const;
  bool is_home(net::link_id const& from) const;
  std::vector<dc_endpoint> endpoints_of(int dc) const;
  void remember_address(int dc, dc_endpoint const& good);
  std::shared_ptr<net::dc_key> key_of(int dc);
  net::link_options link_options_for(int dc, link_purpose purpose);
  std::shared_ptr<net::link> make_link(net::link_options options);
  void move_home(int dc);
  void retire_pool(int dc);
  std::shared_ptr<net::pool> pool_of(int dc, link_purpose purpose);
  task<> run_pool(std::shared_ptr<net::pool> pool);
  /// Gives no lease when the data centre has become home in the meantime.
  task<net::pool::lease> lease_link(int dc, link_purpose purpose);
  task<> set_up(int dc, std::shared_ptr<net::link> link);
  task<> sign_in_at(int dc, std::shared_ptr<net::link> link);
  task<bytes> export_login(int dc);
  task<bool> import_login(std::shared_ptr<net::link> link, bytes import, bool is_last_try);
  bool is_signed_in_at(int dc) const;
  void set_signed_in_at(int dc, bool signed_in);
  bool refreshes_addresses() const;
  task<> keep_addresses();
  task<received<tl::config>> ask_config();
  task<> wait_for_refresh(steady_time until);
  void note_unread_update(slice const& body);
  std::map<int, stored_addresses> sound_addresses(tl::list<tl::DcOption> const& said) const;
  void take_addresses(tl::list<tl::DcOption> const& said);

  // Requests: requests.cpp.
  /// One try of a request: what came of it, and where it was made.
  struct tried {
    net::call_outcome outcome = net::closed{};
    std::shared_ptr<net::link> on = {};
    net::pool::lease place = {};  ///< keeps that connection open
  };
  bool goes_home(raw_request const& request) const;
  task<std::shared_ptr<net::link>> current_link();
  task<slice> perform(std::shared_ptr<client_core> self, raw_request request);
  task<> follow(net::request_policy::action action, rpc_failure why, raw_request& request,
                std::shared_ptr<net::link> on);
  task<bool> follow_in_place(net::request_policy::action action, rpc_failure why,
                             std::shared_ptr<net::link> on);
  task<slice> call_on(std::shared_ptr<net::link> link, bytes body, std::string_view method);
  net::call_options call_options_for(raw_request const& request, bytes_view body);
  task<tried> try_elsewhere(raw_request const& request, slice body, net::call_options options);
  task<std::optional<int>> restore_login(rpc_failure why, int dc, std::shared_ptr<net::link> on,
                                         int attempts);
  void note_refusal(rpc_failure const& why, raw_request const& request);
  void note_answer(raw_request const& request);
  void publish_status();
  bool signs_in_again(rpc_failure const& why) const;
  task<bool> sign_in_again();
  void forget_account();
  task<> save_login();
  task<> pause(duration span);
  void throw_if_over() const;

  client_config config_;  ///< without the texts of server keys
  environment& world_;
  asio::any_io_executor strand_;
  state_keeper keeper_;
  update_engine engine_;
  std::shared_ptr<std::vector<crypto::rsa_public_key> const> trusted_;
  bytes init_connection_prefix_;  // stands before a request on a connection that does not know us
  std::shared_ptr<net::link> link_;
  std::map<int, std::shared_ptr<net::dc_key>> keys_;
  std::map<std::pair<int, link_purpose>, std::shared_ptr<net::pool>> pools_;
  task_scope* parts_ = nullptr;  ///< while run() runs
  task_scope::child home_ = {};  ///< of them, the one that runs link_
  std::map<int, bool> imports_;  ///< logins that are being brought to a data centre
  lifecycle life_;
  event life_changed_;
  event link_changed_;
  event signed_in_again_;
  event import_ended_;
  event refresh_;               ///< of the addresses, which is wanted
  steady_time next_wish_ = {};  ///< that is granted at once
  name_cache names_;
  std::list<event*> pauses_;  ///< of requests that wait to be repeated
  secret<std::string> token_;
  std::exception_ptr failure_;
  std::atomic<bool> stream_open_ = false;
  std::atomic<client_status> status_ = client_status::offline;
  std::atomic<std::uint64_t> next_status_number_ = 0;
  std::atomic<int> waiting_ = 0;
  std::atomic<bool> close_wanted_ = false;
  bool refresh_wanted_ = false;
  bool signing_in_ = false;
  bool was_connected_ = false;
  bool started_ = false;
  bool moved_ = false;  ///< the link that runs is not at home any more
  bool stopped_ = false;
  bool over_ = false;
};

}  // namespace mtp::detail
