// SPDX-License-Identifier: MIT OR Apache-2.0
// What the guide shows of a message; it stands between marks.
#include "support/catch.hpp"

#include <mtp/mtp.hpp>
#include <mtp/tl/types/Document.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessageMedia.hpp>
#include <mtp/tl/types/MessageReactions.hpp>
#include <mtp/tl/types/MessageReplyHeader.hpp>
#include <mtp/tl/types/ReactionCount.hpp>

#include <ostream>
#include <sstream>
#include <utility>

namespace {

// [message_parts]
void show(std::ostream& out, mtp::message const& one) {
  if (auto const command = one.command()) out << "command " << command->name << "\n";
  if (auto const answered = one.reply_to()) out << "answers " << *answered << "\n";
  if (one.edited()) out << "edited\n";
  for (auto const& each : one.reactions()) out << each.count << " of a reaction\n";
  if (one.document()) out << "file " << one.document()->id << "\n";
}
// [/message_parts]

}  // namespace

TEST_CASE("the guide's message says what stands in it", "[guide]") {
  mtp::tl::message raw;
  raw.message = "/start now";
  raw.edit_date = 5;
  raw.reply_to = mtp::tl::messageReplyHeader{.reply_to_msg_id = 3};
  raw.media = mtp::tl::messageMediaDocument{.document = mtp::tl::document{.id = 8}};
  raw.reactions = mtp::tl::messageReactions{.results = {mtp::tl::reactionCount{.count = 2}}};
  mtp::message const one(mtp::received<mtp::tl::message>::own(std::move(raw)), {});
  std::ostringstream out;
  show(out, one);
  CHECK(out.str() == "command start\nanswers 3\nedited\n2 of a reaction\nfile 8\n");
}
