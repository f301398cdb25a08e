// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/types/text_entities.hpp>

#include <mtp/text/styles.hpp>
#include <mtp/tl/types/InputUser.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessageEntity.hpp>
#include <mtp/tl/types/TextWithEntities.hpp>
#include <mtp/types/message.hpp>
#include <support/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace mtp;

namespace {

/// Every kind once, each with a character of its own.
formatted_text one_of_each() {
  std::string text;
  std::vector<text_entity> parts;
  for (int i = 0; i <= static_cast<int>(entity_kind::unknown); ++i) {
    text_style style{static_cast<entity_kind>(i), "x.y", 7, 0, 9, {.day_of_week = true}, true};
    parts.push_back({std::move(style), i, 1});
    text += 'x';
  }
  return {std::move(text), std::move(parts)};
}

}  // namespace

TEST_CASE("each kind of part is one of the API, and comes back", "[types][text]") {
  auto const text = one_of_each();
  REQUIRE(text.entities().size() == 25);
  auto const entities = to_tl_entities(text);
  CHECK(to_formatted_text(text.text(), entities) == text);
  CHECK(to_formatted_text(to_text_with_entities(text)) == text);
  // 26 constructors: two of them are a mention by name, one for each direction.
  std::vector<std::uint32_t> ids;
  for (auto const& one : entities) one.visit([&]<class T>(T const&) { ids.push_back(T::tl_id); });
  REQUIRE(ids.size() == 25);
  std::ranges::sort(ids);
  CHECK(std::ranges::adjacent_find(ids) == ids.end());
}

TEST_CASE("a mention by name goes with its access hash, and comes without", "[types][text]") {
  auto const entities = to_tl_entities(text::mention("x", 5, 6));
  auto const* const sent = entities[0].get_if<tl::inputMessageEntityMentionName>();
  REQUIRE(sent);
  CHECK(sent->user_id == tl::InputUser(tl::inputUser{.user_id = 5, .access_hash = 6}));
  tl::list<tl::MessageEntity> received;
  received.push_back(tl::messageEntityMentionName{.offset = 0, .length = 1, .user_id = 5});
  CHECK(to_formatted_text("x", received) == text::mention("x", 5));
}

TEST_CASE("whatever a server sends is a text", "[types][text]") {
  tl::list<tl::MessageEntity> entities;
  entities.push_back(tl::messageEntityBold{.offset = -1, .length = INT32_MAX});
  entities.push_back(tl::messageEntityItalic{.offset = INT32_MAX, .length = INT32_MAX});
  entities.push_back({});
  CHECK(to_formatted_text("a\xFF", entities) == text::bold("a\uFFFD"));
}

TEST_CASE("a message has its text with its parts", "[types][text]") {
  tl::message raw;
  raw.message = tl::string("bold");
  raw.entities.emplace();
  raw.entities->push_back(tl::messageEntityBold{.offset = 0, .length = 4});
  message const one(received<tl::message>::own(raw), {});
  CHECK(one.formatted() == text::bold("bold"));
}
