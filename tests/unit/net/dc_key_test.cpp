// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/dc_key.hpp"

#include "support/catch.hpp"

#include <asio/io_context.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using net::bind_outcome;

namespace {

struct stage {
  asio::io_context context;
  moment now = real_environment().now();
  key_options options = {.pfs = pfs_mode::with_fallback};
  net::dc_key key = {real_environment(), context.get_executor(), options};

  stage() { key.set(make_context(1), 1); }

  static std::shared_ptr<mtproto::key_context> make_context(std::uint8_t seed) {
    return std::make_shared<mtproto::key_context>(*crypto::auth_key::left_padded(bytes(256, seed)));
  }
  net::temporary_key make_temporary(std::uint8_t seed, std::chrono::seconds left = 24h) const {
    net::temporary_key out;
    out.context = make_context(seed);
    out.expires_at = static_cast<std::int32_t>(out.context->clock.second_at(now) + left.count());
    return out;
  }
  mtproto::key_context* bind(link_purpose purpose, std::uint8_t seed) {
    key.set_temporary(purpose, make_temporary(seed));
    key.on_bind(purpose, bind_outcome::bound, now);
    return context_of(purpose);
  }
  mtproto::key_context* context_of(link_purpose purpose) {
    auto const* const found = key.temporary(purpose, now);
    return found ? found->context.get() : nullptr;
  }
};

}  // namespace

TEST_CASE("each purpose has a temporary key of its own", "[net][key][pfs]") {
  stage s;
  auto const* const main = s.bind(link_purpose::main, 2);
  auto const* const upload = s.bind(link_purpose::upload, 3);
  CHECK(main != upload);
  CHECK(s.context_of(link_purpose::main) == main);
  CHECK(s.context_of(link_purpose::download) == nullptr);
}

TEST_CASE("all purposes share a temporary key where the server binds one at a time",
          "[net][key][pfs]") {
  stage s;
  auto const* const main = s.bind(link_purpose::main, 2);
  auto const* const upload = s.bind(link_purpose::upload, 3);
  s.key.on_binding_lost(link_purpose::main, main);
  CHECK(s.context_of(link_purpose::main) == upload);
  CHECK(s.context_of(link_purpose::upload) == upload);
  CHECK(s.context_of(link_purpose::download) == upload);
}

TEST_CASE("a binding that the server only forgot is made anew", "[net][key][pfs]") {
  stage s;
  auto const* const upload = s.bind(link_purpose::upload, 3);
  auto const* const main = s.bind(link_purpose::main, 2);
  s.key.on_binding_lost(link_purpose::main, main);  // nothing was bound after it
  CHECK(s.context_of(link_purpose::main) == nullptr);
  CHECK(s.context_of(link_purpose::upload) == upload);
}

TEST_CASE("a temporary key serves while the next is made", "[net][key][pfs]") {
  stage s;
  auto const one = s.make_temporary(2, 2h);
  s.key.set_temporary(link_purpose::main, one);
  CHECK(s.key.renewal(one, s.now) == s.now.steady + 1h);
  s.now.steady += 90min;
  s.now.wall += 90min;
  CHECK(s.context_of(link_purpose::main) == one.context.get());
  s.now.steady += 25min;
  s.now.wall += 25min;
  CHECK(s.context_of(link_purpose::main) == nullptr);  // too near its end
}

TEST_CASE("temporary keys that are broken off three times are done without", "[net][key][pfs]") {
  stage s;
  for (int i = 0; i < 2; ++i) s.key.on_temporary_refused();
  s.key.set_temporary(link_purpose::main, s.make_temporary(2));  // it makes them
  for (int i = 0; i < 2; ++i) s.key.on_temporary_refused();
  CHECK(s.key.uses_temporary());
  s.key.on_temporary_refused();
  CHECK(!s.key.uses_temporary());
}
