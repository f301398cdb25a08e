// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/update.hpp>

#include "events/tag_of.hpp"
#include "events/update_access.hpp"

#include <cstring>
#include <type_traits>
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

/// Most updates are none: they are not to be larger for it.
update update::loss(updates::lost const& what) {
  static_assert(std::is_trivially_copyable_v<updates::lost>);
  bytes object(sizeof what);
  std::memcpy(object.data(), &what, sizeof what);
  update out;
  out.tag_ = event_tag::updates_lost;
  out.unreadable_ = slice(std::move(object));
  return out;
}

updates::lost detail::update_access::loss(update const& of) {
  updates::lost out;
  if (of.unreadable_.size() == sizeof out) std::memcpy(&out, of.unreadable_.data(), sizeof out);
  return out;
}

}  // namespace mtp::MTP_ABI
