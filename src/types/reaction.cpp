// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/tl/types/Reaction.hpp>

#include <mtp/types/reaction.hpp>

namespace mtp::MTP_ABI {

reaction::reaction(tl::Reaction const& from) {
  if (auto const* one = from.get_if<tl::reactionEmoji>()) emoji_ = one->emoticon.str();
  if (auto const* one = from.get_if<tl::reactionCustomEmoji>()) document_ = one->document_id;
  paid_ = from.holds<tl::reactionPaid>();
}

reaction reaction::custom(std::int64_t document) {
  reaction out;
  out.document_ = document;
  return out;
}

reaction reaction::stars() {
  reaction out;
  out.paid_ = true;
  return out;
}

tl::Reaction reaction::to_tl() const {
  if (paid_) return tl::reactionPaid{};
  if (document_ != 0) return tl::reactionCustomEmoji{.document_id = document_};
  if (!emoji_.empty()) return tl::reactionEmoji{.emoticon = tl::string(emoji_)};
  return tl::reactionEmpty{};
}

}  // namespace mtp::MTP_ABI
