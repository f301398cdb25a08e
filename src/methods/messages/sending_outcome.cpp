// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/type/Updates
#include "methods/messages/sending_outcome.hpp"

#include "core/trimmed.hpp"

#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessageFwdHeader.hpp>
#include <mtp/tl/types/MessageMedia.hpp>
#include <mtp/tl/types/MessageReplyHeader.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/Updates.hpp>

namespace mtp::MTP_ABI::detail {
namespace {

/// The message that an update brings; null when it brings none.
tl::Message const* message_in(tl::Update const& update) {
  if (auto const* u = update.get_if<tl::updateNewMessage>()) return &u->message;
  if (auto const* u = update.get_if<tl::updateNewChannelMessage>()) return &u->message;
  if (auto const* u = update.get_if<tl::updateNewScheduledMessage>()) return &u->message;
  if (auto const* u = update.get_if<tl::updateBotNewBusinessMessage>()) return &u->message;
  if (auto const* u = update.get_if<tl::updateQuickReplyMessage>()) return &u->message;
  return nullptr;
}

class outcome_reader {
 public:
  explicit outcome_reader(sent_text const& sent) : sent_(sent) {}

  void read_list(tl::list<tl::Update> const& all) {
    for (auto const& one : all) note_id(one);
    for (auto const& one : all) {
      if (auto const* message = message_in(one)) note(*message);
    }
  }
  void read(tl::Update const& one) {
    note_id(one);
    if (auto const* message = message_in(one)) note(*message);
  }
  /// The short forms of an own message; of others' they say nothing.
  template <class Short>
  void read_short(Short const& one) {
    bool const is_ours = one.out && is_same_text(one.message.view(), sent_.text);
    if (is_ours && one.id > 0) out_ = {.id = one.id, .date = one.date};
  }
  void read_brief(tl::updateShortSentMessage const& one) {
    if (one.id > 0) out_ = {.id = one.id, .brief = &one, .date = one.date};
  }

  sending_outcome finish() const {
    if (out_.id == 0 && similar_)
      return {.id = similar_->id, .whole = similar_, .date = similar_->date};
    return out_;
  }

 private:
  void note_id(tl::Update const& one) {
    auto const* named = one.get_if<tl::updateMessageID>();
    if (named && named->random_id == sent_.random_id && named->id > 0) out_.id = named->id;
  }

  void note(tl::Message const& one) {
    auto const* text = one.get_if<tl::message>();
    if (!text || text->id <= 0) return;
    if (text->id == out_.id) {
      out_.whole = text;
      out_.date = text->date;
    }
    bool const is_like_ours =
        text->out && text->peer_id == sent_.chat && is_same_text(text->message.view(), sent_.text);
    if (is_like_ours && (!similar_ || text->id > similar_->id)) similar_ = text;
  }

  sent_text const& sent_;
  sending_outcome out_;
  tl::message const* similar_ = nullptr;  ///< ours by its text, where no id is named
};

}  // namespace

sending_outcome outcome_of_sending(tl::Updates const& answer, sent_text const& sent) {
  outcome_reader from(sent);
  if (auto const* one = answer.get_if<tl::updates_>()) from.read_list(one->updates);
  if (auto const* one = answer.get_if<tl::updatesCombined>()) from.read_list(one->updates);
  if (auto const* one = answer.get_if<tl::updateShort>()) from.read(one->update);
  if (auto const* one = answer.get_if<tl::updateShortMessage>()) from.read_short(*one);
  if (auto const* one = answer.get_if<tl::updateShortChatMessage>()) from.read_short(*one);
  if (auto const* one = answer.get_if<tl::updateShortSentMessage>()) from.read_brief(*one);
  return from.finish();
}

bool is_same_text(std::string_view a, std::string_view b) { return trimmed(a) == trimmed(b); }

}  // namespace mtp::MTP_ABI::detail
