// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/update.hpp>

#include "events/tag_of.hpp"
#include "events/update_extra.hpp"

#include <cassert>
#include <utility>

namespace mtp::MTP_ABI {

update::update(received<tl::Update> raw, std::weak_ptr<detail::client_core> client,
               std::int64_t self)
    : tag_(raw ? detail::tag_of(*raw) : event_tag::other_update),
      raw_(std::move(raw)),
      client_(std::move(client)),
      self_(self) {}

update update::unreadable(slice body) {
  update out;
  out.tag_ = event_tag::unknown_update;
  detail::update_extra extra;
  extra.unreadable = std::move(body);
  out.extra_ = std::make_shared<detail::update_extra const>(std::move(extra));
  return out;
}

update update::of_album(std::vector<received<tl::Update>> parts) {
  assert(!parts.empty());
  update out;
  out.tag_ = event_tag::album;
  out.raw_ = parts.front();
  detail::update_extra extra;
  extra.parts = std::move(parts);
  out.extra_ = std::make_shared<detail::update_extra const>(std::move(extra));
  return out;
}

update update::of_change(client_change_kind what, std::error_code why) {
  update out;
  out.tag_ = event_tag::client_change;
  detail::update_extra extra;
  extra.change = what;
  extra.why = why;
  out.extra_ = std::make_shared<detail::update_extra const>(std::move(extra));
  return out;
}

update update::loss(updates::lost const& what) {
  update out;
  out.tag_ = event_tag::updates_lost;
  detail::update_extra extra;
  extra.loss = what;
  out.extra_ = std::make_shared<detail::update_extra const>(std::move(extra));
  return out;
}

}  // namespace mtp::MTP_ABI
