// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "libsql/target.hpp"

#include <atomic>
#include <memory>
#include <string>

namespace mtp::MTP_ABI::libsql {

/// What a server answered.
struct http_answer {
  long status = 0;
  secret<std::string> body = {};
};

/// Requests to a server, over connections that are kept. It follows no redirection and asks no
/// proxy: the token goes to the url that is given.
///
/// Lifetime: `to` outlives it. Errors: throws store_error. Threads: an owner at a time, besides
/// stop().
class http {
 public:
  explicit http(target const& to);

  http_answer post(std::string const& url, secret<std::string> const& body);
  /// Ends the request that is under way, within a second, and all later ones.
  void stop() noexcept { stopped_ = true; }

 private:
  struct incoming;

  void set_up();
  [[noreturn]] void fail(int code) const;
  static void finish(void* raw);
  static std::size_t take(char* data, std::size_t size, std::size_t count, void* to);
  static std::size_t count(char*, std::size_t size, std::size_t count, void* to);

  target const* to_;
  std::atomic<bool> stopped_ = false;
  std::unique_ptr<void, void (*)(void*)> raw_;
};

}  // namespace mtp::MTP_ABI::libsql
