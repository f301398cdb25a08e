// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/redis/redis_records.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

struct redisContext;
struct redisReply;

namespace mtp::MTP_ABI::redis {

/// What a server answered. What is not there is empty. Lifetime: what it returns goes with it.
class answer {
 public:
  explicit answer(redisReply* raw) : owner_(raw, free), raw_(raw) {}

  bool is_nothing() const;
  bool is_error() const;
  /// Of a text, a status or an error; a number is written out.
  std::string text() const;
  bytes_view blob() const;
  std::size_t size() const;
  /// A part of an array.
  answer at(std::size_t index) const;

 private:
  static void free(redisReply* raw);
  answer(std::shared_ptr<redisReply> owner, redisReply const* raw)
      : owner_(std::move(owner)), raw_(raw) {}

  std::shared_ptr<redisReply> owner_;
  redisReply const* raw_;
};

using words = std::vector<std::string_view>;

/// A connection to a server. Errors: throws store_error. Lifetime: `to` and `place` outlive it.
/// Threads: an owner at a time.
class link {
 public:
  link(redis_options const& to, std::string const& place);

  /// Executes one command. Errors: also what the server refuses.
  answer run(words const& command);
  /// Sends a command whose answer receive() gives later.
  void send(words const& command);
  answer receive();
  /// Throws what an answer says that is an error.
  void check(answer const& said) const;
  /// False when it broke, or has answers that were not asked for.
  bool is_quiet() const;

 private:
  void connect();
  void introduce();
  [[noreturn]] void fail(int code);
  std::string shown(std::string text) const;

  static void finish(redisContext* raw);

  redis_options const* to_;
  std::string const* place_;
  bool usable_ = false;
  std::unique_ptr<redisContext, void (*)(redisContext*)> raw_;
};

}  // namespace mtp::MTP_ABI::redis
