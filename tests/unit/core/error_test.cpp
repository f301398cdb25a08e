// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/error.hpp>

#include <mtp/core/as_result.hpp>
#include <support/catch.hpp>

using namespace mtp;

TEST_CASE("the number of a refusal is taken out of its name", "[core]") {
  auto const last = parse_rpc_error(420, "FLOOD_WAIT_31", "messages.sendMessage");
  CHECK(last.name == "FLOOD_WAIT");
  CHECK(last.value == 31);
  auto const middle = parse_rpc_error(400, "FILE_PART_7_MISSING", "messages.sendMedia");
  CHECK(middle.name == "FILE_PART_MISSING");
  CHECK(middle.value == 7);
  auto const digit_first = parse_rpc_error(420, "2FA_CONFIRM_WAIT_604800", "account.deleteAccount");
  CHECK(digit_first.name == "2FA_CONFIRM_WAIT");
  CHECK(digit_first.value == 604800);
  auto const none = parse_rpc_error(400, "PEER_ID_INVALID", "users.getUsers");
  CHECK(none.name == "PEER_ID_INVALID");
  CHECK(!none.value);
}

TEST_CASE("the text of a refusal is made harmless", "[core]") {
  auto const long_one = parse_rpc_error(400, std::string(5000, 'A'), "x");
  CHECK(long_one.name.size() == 256);
  auto const control = parse_rpc_error(400, "A\x1b[31mB", "x");
  CHECK(control.name == "A?[31mB");
  CHECK(parse_rpc_error(400, "", "x").name.empty());
  CHECK(!parse_rpc_error(400, "X_99999999999999999999999", "x").value);
}

TEST_CASE("a refusal is thrown as the type that fits", "[core]") {
  CHECK_THROWS_AS(throw_rpc_error(parse_rpc_error(420, "FLOOD_WAIT_3", "m")), flood_wait);
  CHECK_THROWS_AS(throw_rpc_error(parse_rpc_error(401, "AUTH_KEY_UNREGISTERED", "m")),
                  auth_required);
  CHECK_THROWS_AS(throw_rpc_error(parse_rpc_error(401, "SESSION_PASSWORD_NEEDED", "m")),
                  password_needed);
  try {
    throw_rpc_error(parse_rpc_error(400, "CHAT_INVALID", "messages.getChats"));
  } catch (rpc_error const& e) {
    CHECK(std::string(e.what()) ==
          "messages.getChats: CHAT_INVALID: the server refused the request with code 400");
    CHECK(e.code().category() == rpc_category());
  }
}

TEST_CASE("a deadline is the standard's timed_out too", "[core]") {
  CHECK(make_error_code(client_errc::timed_out) == std::errc::timed_out);
  CHECK(make_error_code(client_errc::cancelled) == std::errc::operation_canceled);
  CHECK(make_error_code(protocol_errc::bad_nonce) != std::errc::timed_out);
}

namespace {

struct wordless : std::exception {
  char const* what() const noexcept override { return nullptr; }
};

}  // namespace

TEST_CASE("an exception without a text is described by one", "[core]") {
  auto const info = describe_exception(std::make_exception_ptr(wordless()));
  CHECK(info.code == std::errc::state_not_recoverable);
  CHECK(info.text == "an exception without a text");
}
