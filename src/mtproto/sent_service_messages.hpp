// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "mtproto/flat_queue.hpp"
#include "mtproto/service.hpp"

#include <mtp/core/clock.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::mtproto {

/// A message that was sent and carried no request.
struct sent_service_message {
  enum class kind : std::uint8_t {
    none,  ///< it is done with
    container,
    acks,
    ping,
    future_salts,
    state_request,
    resend,
    drop_answer,
    other
  };
  kind what = kind::other;
  /// What was acknowledged or asked for; of a container the messages that it repeated.
  std::vector<std::int64_t> ids = {};
  /// The ping id, the dropped id, the number of the state request, the first id in a container.
  std::int64_t value = 0;
  int rejections = 0;
  std::int64_t id = 0;
  steady_time written = {};
};

/// A service message that waits to be written.
struct queued_service_message {
  bytes body = {};
  sent_service_message note = {};
};

/// The service messages that were sent last, by message id.
class sent_service_messages {
 public:
  static constexpr std::size_t max_count = 4096;
  static constexpr std::chrono::seconds lifetime{300};

  /// The server tells soon what it thinks of a message: what is old or beyond the limit is
  /// forgotten. Ids do not tell the age, since the clock may have been corrected in between.
  void add(sent_service_message one) {
    auto const now = one.written;
    while (!all_.empty() && (all_.size() >= max_count || is_done(all_.front(), now)))
      all_.pop_front();
    all_.push_back(std::move(one));
  }
  sent_service_message* find(std::int64_t id) {
    auto const at = lower_bound(id);
    bool const there = at != all_.end() && at->id == id;
    return there && at->what != sent_service_message::kind::none ? &*at : nullptr;
  }
  /// Takes one out; its kind is `none` when it is not there.
  sent_service_message take(std::int64_t id) {
    auto* const found = find(id);
    if (!found) return {.what = sent_service_message::kind::none};
    auto out = std::exchange(*found, {.what = sent_service_message::kind::none});
    found->id = id;
    return out;
  }
  /// The ids from `first` on and before `last`.
  std::vector<std::int64_t> ids_between(std::int64_t first, std::int64_t last) {
    std::vector<std::int64_t> out;
    for (auto at = lower_bound(first); at != all_.end() && at->id < last; ++at) {
      if (at->what != sent_service_message::kind::none) out.push_back(at->id);
    }
    return out;
  }
  void clear() { all_.clear(); }

 private:
  static bool is_done(sent_service_message const& one, steady_time now) {
    return one.what == sent_service_message::kind::none || one.written + lifetime < now;
  }
  std::vector<sent_service_message>::iterator lower_bound(std::int64_t id) {
    return std::lower_bound(all_.begin(), all_.end(), id,
                            [](auto const& one, std::int64_t wanted) { return one.id < wanted; });
  }

  flat_queue<sent_service_message> all_;
};

}  // namespace mtp::MTP_ABI::mtproto
