// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/sessions/any_string.hpp>

#include "damage.hpp"

using namespace mtp;
using namespace mtp::test;

namespace {

struct known_string {
  std::string_view text;
  session_library library;
};

constexpr known_string all[] = {
    {vectors::telethon_ipv4_session, session_library::telethon},
    {vectors::telethon_ipv6_session, session_library::telethon},
    {vectors::gramjs_session, session_library::gramjs},
    {vectors::pyrogram_current_session, session_library::pyrogram},
    {vectors::pyrogram_old_64_session, session_library::pyrogram},
    {vectors::pyrogram_old_32_session, session_library::pyrogram},
    {vectors::mtcute_full_session, session_library::mtcute},
    {vectors::mtcute_bare_session, session_library::mtcute},
    {vectors::mtkruto_current_session, session_library::mtkruto},
    {vectors::mtkruto_old_session, session_library::mtkruto},
    {vectors::ferogram_1_session, session_library::ferogram},
    {vectors::ferogram_2_session, session_library::ferogram},
};

result<portable_session> read_any(std::string_view text) {
  auto found = read_any_string(text);
  if (!found) return failure{found.error()};
  return found->session;
}

}  // namespace

TEST_CASE("whose string it is needs not be said", "[sessions][any]") {
  for (auto const& one : all) {
    auto const found = read_any_string(" " + std::string(one.text) + "\n");
    INFO(one.text);
    REQUIRE(found);
    CHECK(name_of(found->library) == name_of(one.library));
    CHECK(found->session.dcs.at(found->session.home_dc).auth_key.reveal() == counting_key());
  }
}

TEST_CASE("a string of nobody is none", "[sessions][any]") {
  for (char const* text : {"", " ", "1", "hello", "https://t.me/telegram", "AAAA"})
    CHECK(read_any_string(text).error() == portable_errc::wrong_format);
}

TEST_CASE("no string that is cut is one of another library", "[sessions][any]") {
  for (auto const& one : all) {
    // Of these two libraries, a string that is cut may be an older one.
    if (one.library == session_library::pyrogram) continue;
    if (one.text == vectors::mtkruto_current_session) continue;
    cut_everywhere(std::string(one.text), read_any);
  }
}

TEST_CASE("noise is no session", "[sessions][any]") {
  feed_noise<std::string>({}, read_any);
  feed_noise<std::string>("ABCDEFabcdef0123456789-_", read_any);
}
