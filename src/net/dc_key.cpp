// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/dc_key.hpp"

#include <utility>

namespace mtp::MTP_ABI::net {
namespace {

/// So many exchanges for temporary keys are broken off until the server is believed to make none.
constexpr int max_refusals = 3;

}  // namespace

void dc_key::set(std::shared_ptr<mtproto::key_context> permanent, std::int32_t made_at) {
  permanent_ = std::move(permanent);
  made_at_ = made_at;
  life_ = key_lifecycle(options_);
  refusals_ = 0;
  temporary_.clear();
}

void dc_key::forget() { set(nullptr, 0); }

duration dc_key::age(moment now) const {
  if (!permanent_ || made_at_ == 0) return duration::max();
  return std::chrono::seconds(permanent_->clock.second_at(now) - made_at_);
}

bool dc_key::uses_temporary() const {
  switch (options_.pfs) {
    case pfs_mode::on: return true;
    case pfs_mode::with_fallback: return !cannot_bind_;
    case pfs_mode::off: break;
  }
  return false;
}

temporary_key* dc_key::temporary(link_purpose purpose, moment now) {
  auto const found = temporary_.find(place_of(purpose));
  if (found == temporary_.end()) return nullptr;
  if (end_of_use(found->second, now) > now.steady) return &found->second;
  temporary_.erase(found);
  return nullptr;
}

void dc_key::set_temporary(link_purpose purpose, temporary_key fresh) {
  refusals_ = 0;
  if (fresh.bound) last_bound_ = place_of(purpose);
  temporary_.insert_or_assign(place_of(purpose), std::move(fresh));
}

void dc_key::forget_temporary(link_purpose purpose, mtproto::key_context const* which) {
  auto const found = temporary_.find(place_of(purpose));
  if (found != temporary_.end() && found->second.context.get() == which) temporary_.erase(found);
}

void dc_key::on_binding_lost(link_purpose purpose, mtproto::key_context const* which) {
  forget_temporary(purpose, which);
  if (shared_by_purposes_ || !last_bound_ || *last_bound_ == purpose) return;
  auto const last = temporary_.find(*last_bound_);
  if (last == temporary_.end()) return;
  temporary_key const shared = last->second;
  shared_by_purposes_ = true;
  temporary_.clear();
  set_temporary(purpose, shared);
}

steady_time dc_key::renewal(temporary_key const& one, moment now) const {
  std::chrono::seconds const left(one.expires_at - one.context->clock.second_at(now));
  return now.steady + (left - options_.renew_before);
}

steady_time dc_key::end_of_use(temporary_key const& one, moment now) const {
  return renewal(one, now) + options_.renew_before * 9 / 10;
}

void dc_key::on_proof(bind_outcome what, moment now) {
  if (what == bind_outcome::not_supported) cannot_bind_ = true;
  life_.on_bind(what, age(now), now.steady);
}

void dc_key::on_temporary_refused() {
  if (++refusals_ >= max_refusals) cannot_bind_ = true;
}

void dc_key::on_bind(link_purpose purpose, bind_outcome what, moment now) {
  auto const found = temporary_.find(place_of(purpose));
  if (found != temporary_.end()) found->second.bound = what == bind_outcome::bound;
  if (what == bind_outcome::bound) last_bound_ = place_of(purpose);
  if (what != bind_outcome::bound) temporary_.erase(place_of(purpose));
  cannot_bind_ =
      what == bind_outcome::not_supported || (cannot_bind_ && what != bind_outcome::bound);
  life_.on_bind(what, age(now), now.steady);
}

task<std::unique_ptr<dc_key::turn>> dc_key::take_turn() {
  auto self = shared_from_this();
  while (busy_) co_await freed_.wait_next();
  co_return std::make_unique<turn>(std::move(self));
}

}  // namespace mtp::MTP_ABI::net
