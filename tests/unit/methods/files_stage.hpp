// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "../../simulation/client_world.hpp"
#include "support/catch.hpp"

#include <mtp/mtp.hpp>
#include <mtp/testing/crashing_files.hpp>

#include <functional>
#include <string>
#include <utility>

namespace mtp::test {

constexpr std::size_t kib = 1024;
constexpr std::size_t mib = 1024 * kib;

/// Bytes that differ from part to part.
inline bytes content_of(std::size_t size) {
  bytes out(size);
  std::uint32_t state = 1;
  for (auto& byte : out) {
    state = state * 1664525 + 1013904223;
    byte = static_cast<std::uint8_t>(state >> 24);
  }
  return out;
}

/// Data centres 2, which is home, and 4; a file system in memory.
struct files_stage : client_world {
  testing::crashing_files files;

  files_stage() : client_world({{.id = 2, .host = "10.0.0.2"}, {.id = 4, .host = "10.0.0.4"}}) {}

  /// One life of a bot that signs in and does what `body` says.
  void play(std::function<task<>(client&)> body) {
    live(config(), [&](client& c) -> task<> {
      co_await sign_in(c);
      co_await body(c);
    });
  }

  /// From the first call of a method on, the call number `at` (the first is 0) goes wrong.
  void fail_at(int at, testing::method_fault how) {
    centre.clear_faults();
    if (at == 0) return centre.add_fault(std::move(how));
    testing::method_fault nothing{.method = how.method, .times = at};
    centre.script({std::move(nothing), std::move(how)});
  }
};

/// A message to Alice that carries `content`.
inline task<message> sent_with(client& c, bytes content, std::string name = "some.bin") {
  auto source = file_source::of_bytes(std::move(content), std::move(name));
  auto const file = co_await c.upload(source);
  auto out = co_await c.send_file("@alice", file, "Look!");
  co_return out;
}

inline task<bytes> content_in(client& c, message const& from) {
  bytes out;
  auto const sink = file_sink::into_bytes(out);
  remote_file const file(from);
  auto const size = co_await c.download(file, sink);
  CHECK(size == out.size());
  co_return out;
}

}  // namespace mtp::test
