// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/wrappers.hpp"

#include "support/catch.hpp"

#include <mtp/client/call_chain.hpp>
#include <mtp/core/error.hpp>
#include <mtp/tl/decode.hpp>
#include <mtp/tl/encode.hpp>
#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/functions/root.hpp>
#include <mtp/tl/types/MessageRange.hpp>

using namespace mtp;
using mtp::detail::wrappers_of;

namespace {

bytes query() {
  tl::help::getNearestDc const q;
  return *tl::encode(q);
}

bytes wrapped(invoke_options const& options) {
  bytes out = wrappers_of(options);
  append(out, query());
  return out;
}

bytes to_bytes(tl::raw const& inner) { return {inner.view().begin(), inner.view().end()}; }

}  // namespace

TEST_CASE("a call without options has no wrapper", "[client][wrappers]") {
  CHECK(wrappers_of({}).empty());
}

TEST_CASE("each option is a wrapper around the query", "[client][wrappers]") {
  SECTION("without updates") {
    auto const whole = wrapped({.without_updates = true});
    auto const outer = tl::decode<tl::invokeWithoutUpdates>(whole);
    CHECK(to_bytes((*outer)->query) == query());
  }
  SECTION("takeout") {
    auto const whole = wrapped({.takeout_id = 77});
    auto const outer = tl::decode<tl::invokeWithTakeout>(whole);
    CHECK((*outer)->takeout_id == 77);
    CHECK(to_bytes((*outer)->query) == query());
  }
  SECTION("a business connection") {
    auto const whole = wrapped({.business_connection_id = "shop"});
    auto const outer = tl::decode<tl::invokeWithBusinessConnection>(whole);
    CHECK((*outer)->connection_id == "shop");
    CHECK(to_bytes((*outer)->query) == query());
  }
}

TEST_CASE("a range of messages stands within the takeout", "[client][wrappers]") {
  auto const whole =
      wrapped({.takeout_id = 77, .messages_range = message_id_range{.min_id = 1, .max_id = 9}});
  auto const takeout = tl::decode<tl::invokeWithTakeout>(whole);
  auto const rest = to_bytes((*takeout)->query);
  auto const range = tl::decode<tl::invokeWithMessagesRange>(rest);
  CHECK((*range)->range.min_id == 1);
  CHECK((*range)->range.max_id == 9);
  CHECK(to_bytes((*range)->query) == query());
}

TEST_CASE("options that no server could follow are refused by name", "[client][wrappers]") {
  CHECK(!detail::validate({}));
  CHECK(!detail::validate({.dc = 4, .timeout = std::chrono::seconds(1), .takeout_id = 1}));
  CHECK(detail::validate({.dc = -1})->find(".dc") != std::string::npos);
  CHECK(detail::validate({.timeout = duration::zero()})->find(".timeout") != std::string::npos);
  CHECK(detail::validate({.messages_range = message_id_range{1, 2}})->find("takeout_id") !=
        std::string::npos);
  CHECK(detail::validate({.takeout_id = 1, .messages_range = message_id_range{2, 1}})
            ->find("empty") != std::string::npos);
  call_chain const chain;
  CHECK(!detail::validate({.chain = &chain}));
  CHECK(detail::validate({.dc = 4, .chain = &chain})->find(".chain") != std::string::npos);
  CHECK(detail::validate({.purpose = link_purpose::upload, .chain = &chain}));
}
