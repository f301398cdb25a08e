// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "call_context.hpp"
#include "tl_values.hpp"

#include <optional>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// What every call that sends says beside what it sends.
struct said_of_sending {
  tl::InputPeer peer = {};
  tl::InputReplyTo reply_to = {};
  tl::InputPeer send_as = {};
  bool silent = false;
  bool noforwards = false;
  bool invert_media = false;
  bool clear_draft = false;
  std::optional<std::int32_t> schedule_date = {};
  std::optional<std::int64_t> effect = {};
  std::optional<std::int64_t> allow_paid_stars = {};

  template <class Request>
  static said_of_sending of(Request const& q) {
    said_of_sending out;
    if constexpr (requires { q.to_peer; }) out.peer = q.to_peer;
    if constexpr (requires { q.peer; }) out.peer = q.peer;
    if constexpr (requires { q.invert_media; }) out.invert_media = q.invert_media;
    if constexpr (requires { q.clear_draft; }) out.clear_draft = q.clear_draft;
    out.reply_to = q.reply_to;
    out.send_as = q.send_as;
    out.silent = q.silent;
    out.noforwards = q.noforwards;
    out.schedule_date = q.schedule_date;
    out.effect = q.effect;
    out.allow_paid_stars = q.allow_paid_stars;
    return out;
  }
};

/// The messages of one call on their way to one place, now or later.
class dispatch {
 public:
  /// Errors: those of resolve_place(); SEND_AS_PEER_INVALID, EFFECT_ID_INVALID, QUOTE_TEXT_INVALID,
  /// STORY_ID_INVALID, REPLY_MESSAGE_ID_INVALID, ALLOW_PAYMENT_REQUIRED_ and the price (403).
  static outcome<dispatch> begin(call_context& c, said_of_sending said);

  /// A message as the options want it, which still says nothing.
  message_content blank() const { return common_.content; }
  /// Errors: those of world::send() and schedules::add().
  outcome<> send(message_content content, std::int64_t random_id);
  /// What the author gets: the numbers, then the messages.
  tl::Updates answer() const;

 private:
  struct sent {
    std::int64_t random_id = 0;
    sent_message what = {};
  };

  dispatch(call_context& c, said_of_sending said, peer to);
  outcome<> read_options();
  outcome<> read_reply();
  outcome<> quote(tl::inputReplyToMessage const& from, message_content const& answered,
                  tl::messageReplyHeader& header) const;
  outcome<> read_sender();
  outcome<> read_price();

  call_context* c_;
  said_of_sending said_;
  outgoing_message common_;
  std::vector<sent> sent_;
};

/// What a page of the web looks like in a message; empty when nobody knows it.
std::optional<tl::messageMediaWebPage> preview_of(call_context const& c, std::string_view url);
/// The first page that a text names, as a message keeps it; no bytes when there is none.
bytes preview_in(call_context const& c, std::string_view text);

/// Puts what a client sends beside a text into a message.
///
/// Errors: those of make_media(); WEBPAGE_NOT_FOUND.
outcome<> put_media(call_context& c, tl::InputMedia const& media, message_content& into);

}  // namespace mtp::MTP_ABI::testing
