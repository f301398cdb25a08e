// SPDX-License-Identifier: MIT OR Apache-2.0
#include <login/kept_code.hpp>

#include <support/catch.hpp>

using namespace mtp;
using namespace mtp::login;
using namespace std::chrono_literals;

namespace {

kept_code some_code() {
  kept_code out{.phone = std::string("+100"), .hash = "hash"};
  out.at = std::chrono::sys_seconds(1'800'000'000s);
  out.sent = {.delivery = code_delivery::missed_call, .length = 5, .clue = "+1555"};
  out.next = code_delivery::call;
  out.resend_after = 60s;
  out.by_email = true;
  return out;
}

}  // namespace

TEST_CASE("a code that is kept is read as it was written", "[login][kept]") {
  auto code = some_code();
  auto const back = decode_kept_code(encode(code));
  REQUIRE(back);
  CHECK(back->phone.reveal() == "+100");
  CHECK(back->hash == "hash");
  CHECK(back->at == code.at);
  CHECK(back->sent.delivery == code_delivery::missed_call);
  CHECK(back->sent.length == 5);
  CHECK(back->sent.clue == "+1555");
  CHECK(back->next == code_delivery::call);
  CHECK(back->resend_after == 60s);
  CHECK(back->by_email);
  code.next.reset();
  CHECK_FALSE(decode_kept_code(encode(code))->next);
}

TEST_CASE("a damaged code is none", "[login][kept]") {
  auto const whole = encode(some_code());
  for (std::size_t size = 0; size < whole.size(); ++size)
    CHECK_FALSE(decode_kept_code(bytes_view(whole).first(size)));
  auto longer = whole;
  longer.push_back(0);
  CHECK_FALSE(decode_kept_code(longer));
  for (std::size_t const at : {0, 9, 14}) {  // the version, how it was sent, the next way
    auto odd = whole;
    odd[at] = 77;
    CHECK_FALSE(decode_kept_code(odd));
  }
  auto nobody = some_code();
  nobody.phone = std::string();
  CHECK_FALSE(decode_kept_code(encode(nobody)));
}

TEST_CASE("a code is good for five minutes, and not before it was sent", "[login][kept]") {
  auto const code = some_code();
  CHECK(code.is_good_at(code.at));
  CHECK(code.is_good_at(code.at + 299s));
  CHECK_FALSE(code.is_good_at(code.at + 300s));
  CHECK_FALSE(code.is_good_at(code.at - 1s));
  CHECK(code.wait_at(code.at + 20s) == 40s);
  CHECK(code.wait_at(code.at + 100s) == 0s);
}
