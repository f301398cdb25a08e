// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/start.hpp"

#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/core/as_result.hpp>

#include <asio/bind_executor.hpp>
#include <asio/dispatch.hpp>
#include <asio/this_coro.hpp>

using namespace mtp;
using detail::client_core;

namespace {

std::shared_ptr<client_core> make_core(asio::any_io_executor executor) {
  client_config config;
  config.api_id = 1;
  config.api_hash = "hash";
  return std::make_shared<client_core>(std::move(executor), std::move(config));
}

/// A result that cannot be made from nothing, and says how often it was copied.
struct counted {
  explicit counted(int start) : value(start) {}
  counted(counted const& other) : value(other.value), copies(other.copies + 1) {}
  counted(counted&&) = default;
  counted& operator=(counted const&) = default;
  counted& operator=(counted&&) = default;
  int value;
  int copies = 0;
};

task<counted> length_of(client_core& core, std::string text) {
  auto const here = co_await asio::this_coro::executor;
  CHECK(here == core.strand());
  co_return counted(static_cast<int>(text.size()));
}

task<> fail(client_core&, int code) {
  throw error(make_error_code(client_errc::bad_argument), std::to_string(code));
  co_return;
}

}  // namespace

TEST_CASE("an operation runs on the strand of its client, and its arguments are its own",
          "[client][start]") {
  test::run([]() -> task<> {
    auto const executor = co_await asio::this_coro::executor;
    auto const core = make_core(executor);
    auto text = std::make_unique<std::string>("twenty characters ..");
    auto work = detail::start(core, length_of, std::string_view(*text));
    text.reset();
    counted const out = co_await std::move(work);
    CHECK(out.value == 20);
    CHECK(out.copies == 0);
  }());
}

TEST_CASE("an operation throws what its work throws", "[client][start]") {
  test::run([]() -> task<> {
    auto const executor = co_await asio::this_coro::executor;
    auto const core = make_core(executor);
    auto const failed = co_await test::failure_of(detail::start(core, fail, 7));
    CHECK(describe_exception(failed).code == client_errc::bad_argument);
  }());
}

TEST_CASE("an operation keeps its client alive, and needs one", "[client][start]") {
  test::run([]() -> task<> {
    auto const executor = co_await asio::this_coro::executor;
    auto core = make_core(executor);
    std::weak_ptr<client_core> const seen = core;
    auto work = detail::start(std::move(core), length_of, "four");
    CHECK(!seen.expired());
    counted const out = co_await std::move(work);
    CHECK(out.value == 4);
    auto const failed = co_await test::failure_of(detail::start(seen.lock(), length_of, "four"));
    CHECK(describe_exception(failed).code == client_errc::closed);
  }());
}
