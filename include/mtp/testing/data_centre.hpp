// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/log.hpp>
#include <mtp/crypto/auth_key.hpp>
#include <mtp/crypto/rsa.hpp>
#include <mtp/testing/call_record.hpp>
#include <mtp/testing/dc_address.hpp>
#include <mtp/testing/handler.hpp>
#include <mtp/testing/key_choice.hpp>
#include <mtp/testing/method_fault.hpp>
#include <mtp/testing/session_roaming.hpp>
#include <mtp/testing/world/world.hpp>

#include <asio/any_io_executor.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI {
class environment;
namespace mtproto {
struct server_faults;
}
}  // namespace mtp::MTP_ABI

namespace mtp::MTP_ABI::testing {

/// One address of one of the data centres that are played; a data centre may have several.
struct dc_place {
  int id = 2;
  std::uint16_t port = 0;  ///< 0 picks a free one, which later starts keep
  address_options options = {};
  std::string host = {};  ///< that of the configuration when empty
};

/// The TL text of a layer that clients speak; its `// LAYER n` line says which.
struct schema_text {
  std::string text = {};
  std::string name = "schema";  ///< stands in messages about mistakes in it
};

struct data_centre_config {
  std::string host = "127.0.0.1";
  std::vector<dc_place> dcs = {dc_place{}};
  std::optional<crypto::rsa_private_key> key = {};  ///< one is made when absent
  std::vector<schema_text> schemas = {};
  log_sink log = {};
  std::size_t record_calls = 0;         ///< so many of the latest calls, for call_log()
  bool require_initialisation = false;  ///< CONNECTION_NOT_INITED for who never said initConnection
  session_roaming roaming = session_roaming::free;
  /// Telegram's test servers: key exchanges must name the data centre by 10 000 more, and are
  /// refused with -444 otherwise.
  bool test_servers = false;
  bool log_calls = false;                ///< each call with its result, never with its content
  bool announce_sessions = true;         ///< send new_session_created
  bool always_containers = false;        ///< put even single messages into one
  std::size_t compress_from = 0;         ///< pack answers from that size on; 0 for none
  std::chrono::seconds clock_skew = {};  ///< what the server's clock is wrong by
  /// Where time, random numbers and connections come from; empty: from this machine.
  std::shared_ptr<environment> surroundings = {};
};

/// A Telegram data centre, or several over one world, for tests without a network.
///
/// It speaks MTProto for real: transports, key exchange, sessions, updates. Every function may be
/// called before start(), while it runs and after stop(); the world, the keys and the sessions
/// outlive a stop, as if the network had failed.
///
/// Threads: with start() it has a thread of its own, and every function may be called from any
/// other one. With start(executor) it runs on the caller's loop and everything must be called
/// there.
class MTP_API data_centre {
 public:
  /// Errors: throws std::invalid_argument for a schema text that cannot be read.
  explicit data_centre(data_centre_config config = {});
  data_centre(data_centre_config config, testing::world population);
  data_centre(data_centre const&) = delete;
  data_centre& operator=(data_centre const&) = delete;
  /// Stops it.
  ~data_centre();

  /// Listens and serves on a thread of its own.
  ///
  /// Errors: throws std::system_error, whose text names the address that cannot be had.
  void start();
  /// Listens and serves on a loop that the caller runs on one thread.
  ///
  /// Lifetime: the loop must run, or be destroyed, after stop() for the last of it to end.
  /// Errors: as start().
  void start(asio::any_io_executor loop);
  /// Breaks all connections and listens no more. Nothing is forgotten.
  void stop();
  bool is_running() const;

  /// All addresses, in the order of the configuration; the ports are known after the first start.
  std::vector<dc_address> addresses() const;
  /// The first of them.
  dc_address address() const { return addresses().front(); }
  crypto::rsa_public_key const& public_key() const;

  /// Puts `handler`, a function of (call&, F const&) that gives an `outcome` of what `F` answers,
  /// in the place of the data centre's own.
  template <tl::tl_function F, class Handler>
  void on(Handler handler) {
    replace(F::tl_id, F::tl_name, typed_handler<F, call>(std::move(handler)));
  }

  /// Looks at the world, or changes it. What happens in it is told to the clients.
  void with_world(std::function<void(world&)> const& use);
  /// Lets somebody write, as if from another client. Returns the message's number for the sender.
  ///
  /// Errors: throws std::runtime_error with the text of the refusal.
  std::int32_t say(std::int64_t from, peer to, std::string text);

  /// Knows a key as if a client had made it earlier with data centre `dc`, and had signed in as
  /// `account` (0: nobody): that client needs no key exchange.
  void know_key(int dc, crypto::auth_key const& key, std::int64_t account = 0);

  /// Makes something go wrong with calls.
  void add_fault(method_fault fault);
  /// Adds steps, each of which waits until those before it are used up.
  void script(std::vector<method_fault> steps);
  /// How many steps of scripts are not used up.
  std::size_t steps_left() const;
  /// Drops faults and steps.
  void clear_faults();
  /// Writes the answers that were held.
  void release_answers();
  /// Makes something go wrong with the next packets of a user's sessions; 0 for everybody's.
  /// Returns how many sessions those are.
  std::size_t break_packets(std::int64_t account, mtproto::server_faults const& faults);
  void drop_connections();
  /// Hangs up after the next `times` key exchanges, once the last answer is written.
  void close_after_exchange(int times = 1);
  /// Clients go on under their keys, in sessions that the server no longer knows.
  void forget_sessions();
  /// Every client must make a new key and sign in again.
  void forget_keys();
  /// Every client must be told the new salt.
  void rotate_salts();
  /// Forgets one thing about each of the chosen keys; returns how many those are.
  std::size_t forget(remembered what, key_choice const& whose = {});
  /// Answers the next `times` packets (all, when negative) under each of the chosen keys with error
  /// -404, although the keys are good; returns how many those are.
  std::size_t deny_keys(key_choice const& whose, int times = 1);
  /// As if somebody else had been seen using the chosen keys: their logins are over, and every call
  /// under them is refused with AUTH_KEY_DUPLICATED. Returns how many permanent keys those are.
  std::size_t duplicate_keys(key_choice const& whose = {});
  /// Writes a bare error frame on the connections of the account (0: on all), as anybody on the way
  /// can; they stay open. Returns how many those are.
  std::size_t inject_error(std::int32_t code, std::int64_t account = 0);
  /// The keys that are known.
  std::vector<key_record> keys() const;
  /// How many connected sessions of the account get its updates: who waits for a bot to be signed
  /// in waits for one.
  std::size_t listeners(std::int64_t account) const;
  /// How often a method, such as "updates.getState", was called, whatever came of it.
  std::size_t calls(std::string_view method) const;
  /// The latest calls, oldest first; as many as the configuration says.
  std::vector<call_record> call_log() const;
  void clear_call_log();
  /// How many connections there are.
  std::size_t connections() const;

 private:
  struct server;
  void replace(std::uint32_t id, std::string_view name, raw_handler<call> run);
  std::unique_ptr<server> server_;
};

}  // namespace mtp::MTP_ABI::testing
