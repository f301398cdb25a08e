// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/album.hpp>

#include "events/message_in.hpp"
#include "events/update_access.hpp"

#include <mtp/tl/types/Message.hpp>

#include <cassert>
#include <utility>

namespace mtp::MTP_ABI {

album::album(update const& from) {
  assert(from.tag() == tag);
  using access = detail::update_access;
  for (auto const& part : access::parts(from)) {
    received<tl::message> text(part, detail::message_in(*part));
    messages_.emplace_back(std::move(text), access::client(from), access::self(from));
  }
}

std::int64_t album::id() const { return first().album_id().value_or(0); }

std::string_view album::caption() const {
  for (auto const& each : messages_)
    if (!each.text().view().empty()) return each.text();
  return {};
}

std::vector<std::string_view> album::captions() const {
  std::vector<std::string_view> out;
  for (auto const& each : messages_) out.push_back(each.text());
  return out;
}

}  // namespace mtp::MTP_ABI
