// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "support/catch.hpp"
#include "support/run.hpp"
#include "support/scripted_api.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/core/timeout.hpp>
#include <mtp/mtp.hpp>
#include <mtp/storage/account_store.hpp>

#include <asio/error.hpp>
#include <asio/post.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

namespace mtp::test {

/// A server with the small API, and what a client needs to find it. Lives in the loop of the test.
struct client_stage {
  asio::any_io_executor executor;
  scripted_api api;
  scripted_server server;
  std::shared_ptr<record_store> records = memory_records();
  std::shared_ptr<session_store> store = {};  ///< instead

  explicit client_stage(asio::any_io_executor where)
      : executor(where), server(where, [this](bytes const& body) { return api(body); }) {}

  client_config config() const {
    client_config out;
    out.api_id = 1;
    out.api_hash = "hash";
    if (std::getenv("MTP_TEST_LOG")) out.log = log_to_stderr(log_level::debug);
    out.records = records;
    out.store = store;
    out.addresses[2] = {server.address()};
    out.server_keys = {scripted_server::key().public_key().to_pem()};
    out.connection.backoff = {.initial_delay = std::chrono::milliseconds(5),
                              .max_delay = std::chrono::milliseconds(20)};
    out.connection.initial_timeout = std::chrono::seconds(2);
    out.connection.keys.settled_after = std::chrono::seconds(0);
    out.connection.keys.doubt_delay = std::chrono::milliseconds(1);
    out.connection.keys.max_doubt_delay = std::chrono::milliseconds(20);
    return out;
  }

  /// Alice writes to the bot, and every session is told.
  void alice_writes(std::string const& text) {
    bytes const news = to_bytes(api.alice_writes(text));
    server.push(news);
  }
};

/// What the last life of a client left; the peers stay where they are.
inline task<session_state> stored_in(record_store& store) {
  auto const executor = co_await asio::this_coro::executor;
  co_await store.open(real_environment(), executor);
  account_store account(std::shared_ptr<record_store>(std::shared_ptr<void>(), &store));
  auto reading = export_session(account, std::string(client_consumer));
  auto out = co_await std::move(reading);
  co_await store.close();
  co_return out;
}

inline task<> log_in(client& c) {
  std::string const token(scripted_api::token);
  co_await c.sign_in_bot(token);
}

/// Lets everything else go on until it is so, a minute at most.
template <class Condition>
task<> until(Condition is_so) {
  auto const executor = co_await asio::this_coro::executor;
  auto const give_up = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!is_so() && std::chrono::steady_clock::now() < give_up)
    co_await asio::post(executor, asio::use_awaitable);
  if (!is_so()) throw std::runtime_error("it did not come to be in time");
}

/// Runs `body` on a stage of its own.
template <class Stage>
void play_on(std::function<task<>(Stage&)> body) {
  auto whole = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    Stage s(executor);
    co_await serve_while(s.server, body(s));
  };
  run(whole());
}

inline void play(std::function<task<>(client_stage&)> body) {
  play_on<client_stage>(std::move(body));
}

using program = std::function<task<>(client&)>;
using listener = std::function<task<>(update_stream&)>;

/// One life of a client: runs `what` beside it, then closes it. Rethrows what either throws.
inline task<> live(client_stage& s, client_config config, program what) {
  client c(s.executor, std::move(config));
  task_scope scope(s.executor);
  scope.spawn(c.run());
  scope.spawn([](client& of, program& body) -> task<> {
    co_await body(of);
    of.close();
  }(c, what));
  co_await scope.join();
}
inline task<> live(client_stage& s, program what) { return live(s, s.config(), std::move(what)); }

/// One life of a bot that signs in and listens.
inline task<> listen(client_stage& s, listener what) {
  program const body = [&what](client& c) -> task<> {
    co_await log_in(c);
    auto updates = c.updates();
    co_await what(updates);
  };
  co_await live(s, body);
}

/// The text of the next message that arrives.
///
/// Errors: std::runtime_error when the stream ends or brings something else.
inline task<std::string> next_text(update_stream& updates) {
  auto const update = co_await updates.next();
  auto const message = update ? update->get_if<new_message>() : std::nullopt;
  if (!message) throw std::runtime_error("this is no message");
  co_return std::string(message->text());
}

/// Tells every session that it missed something.
/// Waits for it as long as nobody cancels that.
inline task<> next_text_unless_cancelled(update_stream& updates, std::string& got) {
  try {
    got = co_await next_text(updates);
  } catch (std::system_error const& e) {
    if (e.code() != asio::error::operation_aborted) throw;
  }
}

inline void push_too_long(client_stage& s) {
  bytes const news = to_bytes(tl::Updates(tl::updatesTooLong{}));
  s.server.push(news);
}

/// The next messages say the words of `wanted`, one each.
inline task<> expect_texts(update_stream& updates, std::string wanted) {
  std::istringstream words(wanted);
  for (std::string word; words >> word;) {
    auto waiting = with_timeout(next_text(updates), std::chrono::seconds(5));
    auto const got = co_await std::move(waiting);
    CHECK(got == word);
  }
}

inline std::error_code code_of(std::exception_ptr const& failed) {
  return failed ? describe_exception(failed).code : std::error_code();
}

/// What `work` throws, or null.
template <class T>
task<std::exception_ptr> failure_of(task<T> work) {
  std::exception_ptr failed;
  try {
    co_await std::move(work);
  } catch (...) {
    failed = std::current_exception();
  }
  co_return failed;
}

}  // namespace mtp::test
