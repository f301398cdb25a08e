// SPDX-License-Identifier: MIT OR Apache-2.0
#include "methods/messages/sending_outcome.hpp"

#include "support/catch.hpp"

#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessageAction.hpp>
#include <mtp/tl/types/MessageFwdHeader.hpp>
#include <mtp/tl/types/MessageMedia.hpp>
#include <mtp/tl/types/MessageReplyHeader.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/Updates.hpp>

#include <vector>

using namespace mtp;
using mtp::detail::outcome_of_sending;
using mtp::detail::sending_outcome;
using mtp::detail::sent_text;

namespace {

constexpr std::int64_t our_random_id = 99;
constexpr std::int32_t date = 1'700'000'000;

sent_text what_was_sent() {
  return {.random_id = our_random_id, .chat = tl::peerUser{.user_id = 42}, .text = " hello"};
}

sending_outcome outcome_of(tl::Updates const& answer) {
  return outcome_of_sending(answer, what_was_sent());
}

tl::message sent(std::int32_t id, std::string_view text = "hello") {
  tl::message out;
  out.out = true;
  out.id = id;
  out.peer_id = tl::peerUser{.user_id = 42};
  out.message = text;
  out.date = date;
  return out;
}

tl::updateMessageID named(std::int32_t id, std::int64_t random_id = our_random_id) {
  return {.id = id, .random_id = random_id};
}

tl::updateNewMessage fresh(tl::Message message) { return {.message = std::move(message)}; }

tl::Updates answer_with(std::vector<tl::Update> updates) {
  return tl::updates_{.updates = std::move(updates)};
}

/// Nothing else is sure, and nothing is made up.
void check_unknown(tl::Updates const& answer) {
  sending_outcome const out = outcome_of(answer);
  CHECK(out.id == 0);
  CHECK(out.whole == nullptr);
  CHECK(out.brief == nullptr);
}

/// The id is all that is known.
void check_id_alone(tl::Updates const& answer, std::int32_t id) {
  sending_outcome const out = outcome_of(answer);
  CHECK(out.id == id);
  CHECK(out.whole == nullptr);
  CHECK(out.brief == nullptr);
}

void check_whole(tl::Updates const& answer, std::int32_t id) {
  sending_outcome const out = outcome_of(answer);
  CHECK(out.id == id);
  REQUIRE(out.whole != nullptr);
  CHECK(out.whole->id == id);
  CHECK(out.date == date);
}

}  // namespace

TEST_CASE("the answer to a sent message names it and brings it, in either order",
          "[client][sending]") {
  check_whole(answer_with({named(7), fresh(sent(7))}), 7);
  check_whole(answer_with({fresh(sent(7)), named(7)}), 7);
  check_whole(answer_with({fresh(sent(9)), named(8, 1), fresh(sent(7)), named(7)}), 7);
  check_whole(tl::updatesCombined{.updates = {named(7), fresh(sent(7))}}, 7);
}

TEST_CASE("every update that brings a new message is read", "[client][sending]") {
  check_whole(answer_with({named(7), tl::updateNewChannelMessage{.message = sent(7)}}), 7);
  check_whole(answer_with({named(7), tl::updateNewScheduledMessage{.message = sent(7)}}), 7);
  check_whole(answer_with({named(7), tl::updateQuickReplyMessage{.message = sent(7)}}), 7);
  check_whole(answer_with({named(7), tl::updateBotNewBusinessMessage{.message = sent(7)}}), 7);
  check_whole(tl::updateShort{.update = fresh(sent(7)), .date = date}, 7);
}

TEST_CASE("a message that the server changed is still the one that is named", "[client][sending]") {
  check_whole(answer_with({named(7), fresh(sent(7, "hello, in bold"))}), 7);
}

TEST_CASE("where the message is missing or empty its id is known", "[client][sending]") {
  check_id_alone(answer_with({named(7)}), 7);
  check_id_alone(answer_with({named(7), fresh(tl::messageEmpty{.id = 7})}), 7);
  check_id_alone(answer_with({named(7), fresh(tl::messageService{.out = true, .id = 7})}), 7);
  check_id_alone(answer_with({named(7), fresh(sent(8))}), 7);
  check_id_alone(tl::updateShort{.update = named(7), .date = date}, 7);
}

TEST_CASE("a message without a name is ours by conversation, direction and text",
          "[client][sending]") {
  check_whole(answer_with({fresh(sent(7))}), 7);
  check_whole(answer_with({fresh(sent(7)), fresh(sent(9)), fresh(sent(8))}), 9);
  check_whole(answer_with({named(7, 1), fresh(sent(7, "hello  "))}), 7);
  tl::message received = sent(7);
  received.out = false;
  tl::message elsewhere = sent(7);
  elsewhere.peer_id = tl::peerChat{.chat_id = 42};
  check_unknown(answer_with({fresh(received), fresh(elsewhere), fresh(sent(7, "other"))}));
}

TEST_CASE("an answer that says nothing of the message is no message", "[client][sending]") {
  check_unknown(tl::updatesTooLong{});
  check_unknown(answer_with({}));
  check_unknown(answer_with({tl::updateConfig{}}));
  check_unknown(answer_with({fresh(tl::messageEmpty{.id = 7})}));
  check_unknown(answer_with({named(7, 1)}));
  check_unknown(tl::updateShort{.update = tl::updateConfig{}, .date = date});
  check_unknown(tl::Updates{});
}

TEST_CASE("no message has the id 0", "[client][sending]") {
  check_unknown(answer_with({named(0), fresh(sent(0))}));
  check_unknown(answer_with({named(-1), fresh(sent(-1))}));
  check_unknown(tl::updateShortSentMessage{.out = true, .date = date});
  check_unknown(tl::updateShortMessage{.out = true, .user_id = 42, .message = "hello"});
}

TEST_CASE("the short forms of an own message are read, those of others are not",
          "[client][sending]") {
  tl::Updates const brief = tl::updateShortSentMessage{.out = true, .id = 7, .date = date};
  sending_outcome const out = outcome_of(brief);
  CHECK(out.id == 7);
  REQUIRE(out.brief != nullptr);
  CHECK(out.date == date);

  tl::updateShortMessage direct{.out = true, .id = 7, .user_id = 42, .message = "hello"};
  direct.date = date;
  check_id_alone(direct, 7);
  CHECK(outcome_of(direct).date == date);
  direct.out = false;
  check_unknown(direct);

  tl::updateShortChatMessage in_group{.out = true, .id = 7, .message = "hello"};
  check_id_alone(in_group, 7);
  in_group.message = "other";
  check_unknown(in_group);
}
