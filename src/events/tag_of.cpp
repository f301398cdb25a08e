// SPDX-License-Identifier: MIT OR Apache-2.0
#include "events/tag_of.hpp"

#include "events/event_table.hpp"
#include "events/message_in.hpp"

namespace mtp::MTP_ABI::detail {
namespace {

using tags = tl::Update::tags;

bool has_message(tl::Update const& in) { return message_in(in) != nullptr; }

constexpr event_row rows[] = {
    {tags::updateNewChannelMessage, event_tag::new_message, has_message},
    {tags::updateNewMessage, event_tag::new_message, has_message},
};
constexpr event_table table(rows);

}  // namespace

event_tag tag_of(tl::Update const& of) { return table.find(of); }

}  // namespace mtp::MTP_ABI::detail
