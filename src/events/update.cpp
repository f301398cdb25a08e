// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/update.hpp>

#include "events/tag_of.hpp"

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
  out.unreadable_ = std::move(body);
  return out;
}

update update::loss(std::shared_ptr<updates::lost const> what) {
  update out;
  out.tag_ = event_tag::updates_lost;
  out.loss_ = std::move(what);
  return out;
}

}  // namespace mtp::MTP_ABI
