// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/random.hpp>
#include <mtp/core/task_scope.hpp>
#include <mtp/crypto/rsa.hpp>
#include <mtp/mtproto/encrypted_message.hpp>
#include <mtp/mtproto/plain_message.hpp>
#include <mtp/mtproto/server_handshake.hpp>
#include <mtp/mtproto/server_session.hpp>
#include <mtp/net/address_book.hpp>
#include <mtp/transport/detector.hpp>

#include <asio/ip/tcp.hpp>
#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <variant>

namespace mtp::test {

/// A data centre of a few lines that speaks real MTProto on loopback: it makes keys, keeps
/// sessions, and hands every call to a function of the test. Lives in the loop of the test.
class scripted_server {
 public:
  using tcp = asio::ip::tcp;
  struct refusal {
    std::int32_t code = 400;
    std::string_view text = {};
  };
  struct silence {};
  /// The call is answered, but the connection breaks before the answer is written.
  struct answer_lost {
    bytes object = {};
  };
  /// What a call gets: an object, rpc_error, nothing at all, or trouble.
  using reply = std::variant<bytes, refusal, silence, answer_lost>;
  using handler = std::function<reply(bytes const& body)>;

  scripted_server(asio::any_io_executor executor, handler on_call)
      : executor_(executor),
        scope_(executor),
        acceptor_(executor, tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
        port_(acceptor_.local_endpoint().port()),
        on_call_(std::move(on_call)),
        salts_(system_random()) {
    acceptor_.close();
  }

  /// One key for all tests: making one takes a while.
  static crypto::rsa_private_key const& key() {
    static crypto::rsa_private_key const made = crypto::rsa_private_key::generate();
    return made;
  }
  dc_endpoint address() const { return {"127.0.0.1", port_}; }

  void start() {
    acceptor_ = tcp::acceptor(executor_, tcp::endpoint(asio::ip::address_v4::loopback(), port_));
    scope_.spawn(accept());
  }
  /// Stops listening and breaks every connection.
  void stop() {
    std::error_code ignored;
    acceptor_.close(ignored);
    drop_connections();
  }
  /// Breaks every connection; clients may come back.
  void drop_connections() {
    std::error_code ignored;
    for (auto* socket : *sockets_) socket->close(ignored);
  }
  void forget_sessions() { sessions_.clear(); }
  void forget_key(std::int64_t id) { keys_.erase(id); }
  void forget_keys() {
    keys_.clear();
    sessions_.clear();
  }
  /// Ends everything; await it before the server goes away.
  task<> end() {
    stop();
    scope_.cancel();
    return scope_.join();
  }

  /// Sends an object that answers nothing, on every session.
  void push(bytes_view object) {
    for (auto& [id, one] : sessions_) {
      one->session->push(object, current_moment());
      auto on = one->on.lock();
      if (!on) continue;
      flush(*on);
      scope_.spawn(write_later(std::move(on)));
    }
  }

  std::size_t open_connections() const { return sockets_->size(); }

  int connections = 0;
  int handshakes = 0;
  int calls = 0;
  int dropped = 0;
  int lose_packets = 0;         ///< of those to come, each breaks its connection before it is read
  bool deaf = false;            ///< accepts connections and says nothing
  bool stranger = false;        ///< answers -404 to everything, as anybody on the way can
  bool can_bind = true;         ///< temporary keys; else the method is unknown
  int bindings = 0;             ///< that were asked for
  bool makes_temporary = true;  ///< keys; else it hangs up when it sees that one is wanted
  std::map<std::int64_t, int> packets = {};  ///< that came, by the key
  std::int64_t mute_session = 0;             ///< whose messages are not answered
  std::int64_t last_session = 0;

 private:
  static constexpr std::uint32_t bind_temp_auth_key = 0xcdd42a05;
  struct connection;
  struct one_session {
    std::unique_ptr<mtproto::server_session> session = {};
    std::weak_ptr<connection> on = {};  ///< the connection that it uses
  };
  struct connection : std::enable_shared_from_this<connection> {
    explicit connection(tcp::socket s) : socket(std::move(s)) {}
    tcp::socket socket;
    transport::detector detector{system_random()};
    std::unique_ptr<transport::framing> framing = {};
    mtproto::server_handshake handshake{scripted_server::key(), system_random()};
    std::shared_ptr<one_session> of = {};
    bytes out = {};
    bool writing = false;
  };

  task<> accept() {
    std::error_code failed;
    while (!failed) {
      tcp::socket socket(executor_);
      co_await acceptor_.async_accept(socket, asio::redirect_error(asio::use_awaitable, failed));
      if (failed) break;
      ++connections;
      auto made = std::make_shared<connection>(std::move(socket));
      scope_.spawn(serve(std::move(made)));
    }
  }

  /// A connection that can be broken, until its coroutine ends in whatever way.
  class registration {
   public:
    registration(std::shared_ptr<std::list<tcp::socket*>> all, tcp::socket& one)
        : all_(std::move(all)), place_(all_->insert(all_->end(), &one)) {}
    registration(registration const&) = delete;
    registration& operator=(registration const&) = delete;
    ~registration() { all_->erase(place_); }

   private:
    std::shared_ptr<std::list<tcp::socket*>> all_;  // a frame may outlive the server
    std::list<tcp::socket*>::iterator place_;
  };

  task<> serve(std::shared_ptr<connection> c) {
    registration const registered(sockets_, c->socket);
    std::error_code failed;
    std::array<std::uint8_t, 4096> part;
    while (!failed) {
      auto const buffer = asio::buffer(part);
      std::size_t const got = co_await c->socket.async_read_some(
          buffer, asio::redirect_error(asio::use_awaitable, failed));
      if (failed || deaf) continue;
      if (!take(*c, bytes_view(part.data(), got))) break;
      co_await write(*c, failed);
    }
    if (c->of && c->of->on.lock() == c) c->of->session->on_disconnected();
    std::error_code ignored;
    c->socket.close(ignored);
  }

  task<> write(connection& c, std::error_code& failed) {
    if (std::exchange(c.writing, true)) co_return;
    while (!c.out.empty() && !failed) {
      bytes const writing = std::exchange(c.out, {});
      auto const buffer = asio::buffer(writing);
      co_await asio::async_write(c.socket, buffer,
                                 asio::redirect_error(asio::use_awaitable, failed));
    }
    c.writing = false;
  }

  bool take(connection& c, bytes_view data) {
    if (c.framing) {
      c.framing->feed(data);
    } else {
      auto found = c.detector.feed(data);
      if (!found) return false;
      if (!*found) return true;
      c.framing = std::move((*found)->codec);
    }
    for (;;) {
      auto frame = c.framing->next();
      if (!frame) return false;
      if (!*frame) break;
      auto* packet = std::get_if<transport::packet>(&**frame);
      if (packet && !on_packet(c, std::move(packet->payload))) return false;
    }
    flush(c);
    return true;
  }

  bool on_packet(connection& c, slice packet) {
    if (stranger) {
      c.framing->encode_error(-404, c.out);
      return true;
    }
    if (mtproto::is_plain_packet(packet)) return on_plain(c, packet);
    auto const known = keys_.find(mtproto::key_id_of(packet).value_or(0));
    if (known == keys_.end()) {
      c.framing->encode_error(-404, c.out);
      return true;
    }
    if (lose_packets > 0) return --lose_packets, false;
    ++packets[known->first];
    auto message =
        mtproto::open_message(known->second, crypto::direction::to_server, std::move(packet));
    if (!message) return false;
    if (message->header.session == mute_session) return true;
    last_session = message->header.session;
    one_session& one = session_of(c, known->second, message->header.session);
    auto events = one.session->on_message(*std::move(message), current_moment());
    if (!events) return false;
    for (auto& each : *events) {
      if (!on_event(one, each)) return false;
    }
    return true;
  }

  bool on_plain(connection& c, bytes_view packet) {
    auto action = c.handshake.on_packet(packet, current_moment());
    if (auto* refused = std::get_if<mtproto::server_handshake::refuse>(&action)) {
      c.framing->encode_error(refused->code, c.out);
    } else if (auto* made = std::get_if<mtproto::server_handshake::established>(&action)) {
      if (made->expires_in && !makes_temporary) return false;
      ++handshakes;
      keys_[made->key.id()] = made->key;
      c.framing->encode(made->packet, c.out);
    } else {
      c.framing->encode(std::get<mtproto::server_handshake::send>(action).packet, c.out);
    }
    return true;
  }

  one_session& session_of(connection& c, crypto::auth_key const& key, std::int64_t id) {
    auto& kept = sessions_[id];
    if (!kept) kept = std::make_shared<one_session>();
    one_session& one = *kept;
    if (!one.session)
      one.session = std::make_unique<mtproto::server_session>(key, id, salts_, system_random());
    if (c.of == kept) return one;
    c.of = kept;
    one.session->on_connected(current_moment());
    one.on = c.weak_from_this();
    return one;
  }

  task<> write_later(std::shared_ptr<connection> c) {
    std::error_code ignored;
    co_await write(*c, ignored);
  }

  bool on_event(one_session& one, mtproto::server_event& event) {
    if (std::holds_alternative<mtproto::server_events::dropped>(event)) ++dropped;
    auto* call = std::get_if<mtproto::server_events::incoming_call>(&event);
    if (!call) return true;
    if (load_le<std::uint32_t>(call->body.data()) == bind_temp_auth_key) return bind(one, *call);
    ++calls;
    reply const what = on_call_(call->body);
    moment const now = current_moment();
    if (auto* object = std::get_if<bytes>(&what))
      one.session->answer(call->message_id, *object, now);
    if (auto* no = std::get_if<refusal>(&what))
      one.session->refuse(call->message_id, no->code, no->text, now);
    auto* lost = std::get_if<answer_lost>(&what);
    if (lost) one.session->answer(call->message_id, lost->object, now);
    return !lost;
  }

  /// What a data centre says that knows the permanent key, does not, or knows no such method.
  bool bind(one_session& one, mtproto::server_events::incoming_call const& call) {
    ++bindings;
    moment const now = current_moment();
    bytes bool_true(4);
    store_le(bool_true.data(), std::uint32_t{0x997275b5});
    if (!can_bind) {
      one.session->refuse(call.message_id, 404, "METHOD_INVALID", now);
    } else if (!keys_.contains(load_le<std::int64_t>(call.body.data() + 4))) {
      one.session->refuse(call.message_id, 400, "ENCRYPTED_MESSAGE_INVALID", now);
    } else {
      one.session->answer(call.message_id, bool_true, now);
    }
    return true;
  }

  void flush(connection& c) {
    if (!c.of) return;
    while (auto packet = c.of->session->next_packet(current_moment()))
      c.framing->encode(*packet, c.out);
  }

  asio::any_io_executor executor_;
  task_scope scope_;
  tcp::acceptor acceptor_;
  std::uint16_t port_;
  handler on_call_;
  mtproto::server_salts salts_;
  std::shared_ptr<std::list<tcp::socket*>> sockets_ = std::make_shared<std::list<tcp::socket*>>();
  std::map<std::int64_t, crypto::auth_key> keys_;
  std::map<std::int64_t, std::shared_ptr<one_session>> sessions_;
};

/// Runs `body` while the server is up, and takes that down whatever happened.
inline task<> serve_while(scripted_server& server, task<> body) {
  server.start();
  std::exception_ptr failed;
  try {
    co_await std::move(body);
  } catch (...) {
    failed = std::current_exception();
  }
  co_await server.end();
  if (failed) std::rethrow_exception(failed);
}

}  // namespace mtp::test
