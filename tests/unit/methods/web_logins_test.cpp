// SPDX-License-Identifier: MIT OR Apache-2.0
//
// People sign in at web sites with their account: by a button, by an address, by a link of a page.
#include "account_stage.hpp"

#include <mtp/crypto/hash.hpp>
#include <mtp/methods/messages.hpp>
#include <mtp/testing/world/web_sites.hpp>
#include <mtp/tl/types/InlineButtonType.hpp>
#include <mtp/tl/types/KeyboardInlineButton.hpp>
#include <mtp/tl/types/KeyboardInlineButtonRow.hpp>
#include <mtp/tl/types/ReplyMarkup.hpp>

#include <fmt/format.h>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

using namespace mtp;
using namespace mtp::test;
using testing::web_site;
using testing::web_sites;

namespace {

constexpr std::string_view people_and_bot = R"({
  "users": [{"id": 42, "first_name": "Alice", "phone": "+9996621001", "code": "12345"}],
  "bots": [{"id": 7, "first_name": "Door", "username": "door_bot", "token": "7:AAdoor"},
           {"id": 8, "first_name": "Other", "username": "other_bot", "token": "8:AAother"}]
})";

constexpr std::string_view page_of_site = "https://tea.example/in?from=chat";

struct web_stage : log_in_stage {
  explicit web_stage(web_site site = {.domain = "tea.example", .bot = 7})
      : log_in_stage(people_and_bot) {
    centre.with_world([&](testing::world& all) { all.sites().add(std::move(site)); });
  }

  /// The bot writes to Alice, with a button that asks her to sign in.
  void write_with_button(std::int64_t bot, std::string_view url) {
    tl::keyboardInlineButton button;
    button.text = "Sign in";
    button.type = tl::inlineButtonTypeUrlAuth{.url = tl::string(url), .button_id = 0};
    tl::keyboardInlineButtonRow row;
    row.buttons.push_back(std::move(button));
    tl::replyInlineMarkup markup;
    markup.rows.push_back(std::move(row));
    testing::outgoing_message out{.to = testing::peer::user(42)};
    out.content.author = bot;
    out.content.text = "Tea?";
    out.content.markup = testing::encode_object(tl::ReplyMarkup(std::move(markup)));
    centre.with_world([&](testing::world& all) { REQUIRE(all.send(std::move(out), now())); });
  }

  std::string open_page(std::int64_t hint = 0) {
    std::string link;
    centre.with_world(
        [&](testing::world& all) { link = all.sites().open("tea.example", now(), hint); });
    return link;
  }
  web_sites::page look(std::string_view link) {
    web_sites::page out;
    centre.with_world(
        [&](testing::world& all) { out = all.sites().look(link).value_or(web_sites::page()); });
    return out;
  }
  testing::web_login last_login() {
    testing::web_login out;
    centre.with_world([&](testing::world& all) {
      auto const& logins = all.everybody().find(42)->web_logins;
      REQUIRE_FALSE(logins.empty());
      out = logins.back();
    });
    return out;
  }
};

// [web-login]
mtp::task<std::string> sign_in_at(mtp::client& client, mtp::message const& message,
                                  std::function<bool(mtp::web_login_request const&)> agrees) {
  auto const buttons = mtp::login_buttons(message);
  if (buttons.empty()) co_return "";
  auto const account = client.account();
  auto answer = co_await account.ask_web_login(buttons.front());
  auto const* asked = std::get_if<mtp::web_login_request>(&answer);
  if (asked && agrees(*asked))
    answer =
        co_await account.accept_web_login(buttons.front(), {.may_write = asked->wants_to_write});
  auto const* in = std::get_if<mtp::web_login_accepted>(&answer);
  co_return in ? in->url : buttons.front().url;
}
// [/web-login]

/// The part of an address behind "NAME=".
std::string field_of(std::string const& url, std::string_view name) {
  auto const at = url.find(std::string(name) + "=");
  if (at == std::string::npos) return "";
  auto const begin = at + name.size() + 1;
  return url.substr(begin, url.find('&', begin) - begin);
}

/// What a site makes of an address to see that it comes from Telegram.
std::string proof_for(std::string const& url, std::string_view token) {
  auto const checked = fmt::format("auth_date={}\nfirst_name={}\nid={}", field_of(url, "auth_date"),
                                   field_of(url, "first_name"), field_of(url, "id"));
  auto const key = crypto::sha256(as_bytes(token));
  std::string out;
  for (auto const octet : crypto::hmac_sha256(key, as_bytes(checked)))
    out += fmt::format("{:02x}", octet);
  return out;
}

task<message> newest_message(client& c, std::string_view from) {
  auto const all = co_await c.messages().get_history(from, 1);
  REQUIRE(all.size() == 1);
  co_return all.front();
}

}  // namespace

TEST_CASE("a button signs in at the site of its bot, as the guide does it", "[methods][account]") {
  web_stage s({.domain = "tea.example", .bot = 7, .asks_to_write = true});
  s.write_with_button(7, page_of_site);
  as_alice(s, [&](client& c) -> task<> {
    auto const asking = co_await newest_message(c, "door_bot");
    auto const refused = co_await sign_in_at(c, asking, [](web_login_request const& asked) {
      CHECK(asked.bot.username() == "door_bot");
      CHECK(asked.domain == "tea.example");
      CHECK(asked.wants_to_write);
      CHECK_FALSE(asked.wants_phone);
      CHECK(asked.match_codes.empty());
      return false;
    });
    CHECK(refused == page_of_site);
    auto const none = co_await c.account().web_sessions();
    CHECK(none.empty());
    auto const url = co_await sign_in_at(c, asking, [](web_login_request const&) { return true; });
    CHECK(url.starts_with(page_of_site));
    CHECK(field_of(url, "id") == "42");
    CHECK(field_of(url, "hash") == proof_for(url, "7:AAdoor"));
    auto const sites = co_await c.account().web_sessions();
    REQUIRE(sites.size() == 1);
    CHECK(sites.front().domain == "tea.example");
    CHECK(sites.front().bot == 7);
  });
  CHECK(s.last_login().may_write);
  CHECK_FALSE(s.last_login().has_phone);
}

TEST_CASE("a button of another bot, and one that is not there, sign nobody in",
          "[methods][account]") {
  web_stage s;
  s.write_with_button(8, page_of_site);
  as_alice(s, [&](client& c) -> task<> {
    auto const account = c.account();
    auto const asking = co_await newest_message(c, "other_bot");
    auto button = login_buttons(asking).at(0);
    CHECK(button.text == "Sign in");
    auto const foreign = co_await account.ask_web_login(button);
    CHECK(std::holds_alternative<web_login_none>(foreign));
    auto const taken = co_await account.accept_web_login(button);
    CHECK(std::holds_alternative<web_login_none>(taken));
    button.button = 1;
    auto const other = co_await refusal_of(account.ask_web_login(button));
    CHECK(other == "BUTTON_INVALID");
    button.message = 77;
    auto const missing = co_await refusal_of(account.accept_web_login(button));
    CHECK(missing == "MESSAGE_ID_INVALID");
    button.chat = {peer_kind::user, 4711};
    auto const unmet = co_await refusal_of(account.ask_web_login(button));
    CHECK(unmet == make_error_code(client_errc::unknown_peer).message());
    auto const sites = co_await account.web_sessions();
    CHECK(sites.empty());
  });
}

TEST_CASE("an address of a site signs in, that of a stranger is opened as it is",
          "[methods][account]") {
  web_stage s({.domain = "tea.example", .bot = 7, .asks_for_phone = true});
  as_alice(s, [&](client& c) -> task<> {
    auto const account = c.account();
    auto const asked = co_await account.ask_web_login(page_of_site);
    REQUIRE(std::holds_alternative<web_login_request>(asked));
    CHECK(std::get<web_login_request>(asked).wants_phone);
    auto const in = co_await account.accept_web_login(page_of_site, {.share_phone = true});
    REQUIRE(std::holds_alternative<web_login_accepted>(in));
    CHECK(field_of(std::get<web_login_accepted>(in).url, "first_name") == "Alice");
    auto const stranger = co_await account.ask_web_login("https://milk.example/");
    CHECK(std::holds_alternative<web_login_none>(stranger));
    auto const odd = co_await refusal_of(account.ask_web_login("tea"));
    CHECK(odd == "URL_INVALID");
  });
  CHECK(s.last_login().has_phone);
}

TEST_CASE("a site that asks nothing signs in at once", "[methods][account]") {
  web_stage s({.domain = "tea.example", .bot = 7, .asks = false});
  as_alice(s, [&](client& c) -> task<> {
    auto const in = co_await c.account().ask_web_login(page_of_site);
    REQUIRE(std::holds_alternative<web_login_accepted>(in));
    CHECK(std::get<web_login_accepted>(in).url.starts_with(page_of_site));
  });
  CHECK(s.last_login().domain == "tea.example");
}

TEST_CASE("a page is signed in at by its link and the code that it shows", "[methods][account]") {
  web_site tea{.domain = "tea.example", .bot = 7};
  tea.match_codes = {"cat", "dog", "fox"};
  tea.match_code_first = true;
  web_stage s(tea);
  std::string link;
  as_alice(s, [&](client& c) -> task<> {
    auto const account = c.account();
    link = s.open_page(42);
    auto const answer = co_await account.ask_web_login(link);
    REQUIRE(std::holds_alternative<web_login_request>(answer));
    auto const& asked = std::get<web_login_request>(answer);
    CHECK(asked.match_codes == std::vector<std::string>{"cat", "dog", "fox"});
    CHECK(asked.match_code_first);
    CHECK(asked.account_hint == 42);
    CHECK(asked.browser == "a browser");
    CHECK(asked.system == "a system");
    CHECK(asked.address == "192.0.2.7");
    CHECK(asked.region == "a place");
    bool const guessed = co_await account.check_match_code(link, "cat");
    CHECK_FALSE(guessed);
    bool const right = co_await account.check_match_code(link, "fox");
    CHECK(right);
    auto const none = co_await refusal_of(account.accept_web_login(link));
    CHECK(none == "MATCH_CODE_INVALID");
    auto const wrong = co_await refusal_of(account.accept_web_login(link, {.match_code = "cat"}));
    CHECK(wrong == "MATCH_CODE_INVALID");
    CHECK(s.look(link).state == web_sites::verdict::waits);
    auto const in = co_await account.accept_web_login(link, {.match_code = "fox"});
    REQUIRE(std::holds_alternative<web_login_accepted>(in));
    CHECK(std::get<web_login_accepted>(in).url.empty());
    auto const again = co_await refusal_of(account.accept_web_login(link, {.match_code = "fox"}));
    CHECK(again == "URL_EXPIRED");
  });
  CHECK(s.look(link).state == web_sites::verdict::accepted);
  CHECK(s.look(link).user == 42);
}

TEST_CASE("a page is told that nobody signs in, and waits only so long", "[methods][account]") {
  web_stage s;
  as_alice(s, [&](client& c) -> task<> {
    auto const account = c.account();
    auto const link = s.open_page();
    co_await account.decline_web_login(link);
    CHECK(s.look(link).state == web_sites::verdict::declined);
    auto const again = co_await refusal_of(account.decline_web_login(link));
    CHECK(again == "URL_EXPIRED");
    auto const address = co_await refusal_of(account.decline_web_login(page_of_site));
    CHECK(address == "URL_INVALID");
    auto const codeless = co_await refusal_of(account.check_match_code(s.open_page(), "fox"));
    CHECK(codeless == "URL_INVALID");
    auto const forgotten = s.open_page();
    co_await s.sim.sleep(std::chrono::seconds(web_sites::lifetime + 1));
    auto const late = co_await refusal_of(account.ask_web_login(forgotten));
    CHECK(late == "URL_EXPIRED");
  });
}

TEST_CASE("an app names itself, where it comes from, and is shown a wallet", "[methods][account]") {
  web_site tea{.domain = "tea.example", .bot = 7, .asks_for_wallet = true, .is_app = true};
  tea.app = "Tea";
  tea.origin = "https://app.tea.example";
  web_stage s(tea);
  as_alice(s, [&](client& c) -> task<> {
    auto const account = c.account();
    auto const link = s.open_page();
    auto const elsewhere = co_await refusal_of(account.ask_web_login(link, "https://milk.example"));
    CHECK(elsewhere == "URL_INVALID");
    auto const nowhere = co_await refusal_of(account.ask_web_login(link));
    CHECK(nowhere == "URL_INVALID");
    auto const answer = co_await account.ask_web_login(link, "https://app.tea.example");
    REQUIRE(std::holds_alternative<web_login_request>(answer));
    auto const& asked = std::get<web_login_request>(answer);
    CHECK(asked.is_app);
    CHECK(asked.app == "Tea");
    CHECK(asked.wants_wallet);
    CHECK(asked.wallet_client == "wallet of tea.example");
    REQUIRE(asked.wallet_session);
    wallet_proof const shown{.session = *asked.wallet_session, .body = as_bytes("a wallet")};
    auto const in = co_await account.accept_web_login(link, {.wallet = shown});
    REQUIRE(std::holds_alternative<web_login_accepted>(in));
    CHECK(std::get<web_login_accepted>(in).url == "https://tea.example/back");
  });
  CHECK(s.last_login().has_wallet);
}

TEST_CASE("a bot signs in at no web site", "[methods][account]") {
  web_stage s;
  s.live([&](client& c) -> task<> {
    co_await c.sign_in_bot("7:AAdoor");
    auto const account = c.account();
    auto const asked = co_await refusal_of(account.ask_web_login(page_of_site));
    CHECK(asked == "BOT_METHOD_INVALID");
    auto const declined = co_await refusal_of(account.decline_web_login(s.open_page()));
    CHECK(declined == "BOT_METHOD_INVALID");
  });
}
