// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "support/catch.hpp"
#include "support/server_process.hpp"
#include "support/temporary_folder.hpp"

#include <mtp/redis/redis_records.hpp>

#include <hiredis/hiredis.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <thread>

namespace mtp::test {

/// A server of Redis with a folder of its own, reached by a socket there, or by TCP.
class redis_server {
 public:
  static constexpr char const* password = "only-for-tests";

  redis_server() { start(); }
  ~redis_server() {
    if (server_) server_->end(SIGTERM);
  }

  void start() {
    server_.emplace(
        server_process({"redis-server", "--port", std::to_string(port_), "--bind", "127.0.0.1",
                        "--unixsocket", socket(), "--dir", folder_.path().string(), "--appendonly",
                        "yes", "--appendfsync", "always", "--save", "", "--requirepass", password},
                       "root", folder_ / "log"));
    for (int i = 0; i < 600; ++i) {
      if (run("PING") == "PONG") return;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    std::ifstream in(folder_ / "log");
    throw std::runtime_error("Redis does not start: " +
                             std::string(std::istreambuf_iterator<char>(in), {}));
  }
  void crash() {
    server_->end(SIGKILL);
    server_.reset();
  }
  /// Stops it where it is, and lets it go on.
  void signal(int number) const { ::kill(server_->process(), number); }

  redis_options options() const {
    redis_options out;
    out.path = socket();
    out.password = std::string(password);
    return out;
  }
  redis_options options_by_tcp() const {
    auto out = options();
    out.path.clear();
    out.host = "127.0.0.1";
    out.port = port_;
    return out;
  }

  /// What a command gave, past the store; empty when there is nobody.
  std::string run(char const* command) const {
    std::unique_ptr<redisContext, void (*)(redisContext*)> at(redisConnectUnix(socket().c_str()),
                                                              redisFree);
    if (!at || at->err) return "";
    freeReplyObject(redisCommand(at.get(), "AUTH %s", password));
    std::unique_ptr<redisReply, void (*)(redisReply*)> said(
        static_cast<redisReply*>(redisCommand(at.get(), command)),
        [](redisReply* one) { freeReplyObject(one); });
    if (!said) return "";
    if (said->type == REDIS_REPLY_INTEGER) return std::to_string(said->integer);
    return said->str ? std::string(said->str, said->len) : "";
  }

 private:
  std::string socket() const { return (folder_ / "socket").string(); }

  temporary_folder folder_;
  int port_ = free_port();
  std::optional<server_process> server_;
};

/// The server of all tests of a program; none where Redis is not installed, which is a failure in
/// CI.
inline redis_server* redis() {
  static bool const there = std::system("command -v redis-server >/dev/null") == 0;
  if (!there) {
    if (std::getenv("CI")) FAIL("the server of Redis is not installed, and this is CI");
    WARN("left out: the server of Redis is not installed (package redis-server)");
    return nullptr;
  }
  static redis_server server;
  return &server;
}

}  // namespace mtp::test
