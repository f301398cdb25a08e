// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/mtproto/client_session.hpp>

#include <deque>
#include <map>
#include <unordered_map>

namespace mtp::mtproto {

/// A request that has not ended.
struct request {
  enum class stage {
    queued,  ///< waits for a message id
    again,   ///< waits to be written once more under the id it has
    sent,
  };

  request_handle handle = {};
  bytes body = {};  ///< as it is written, perhaps compressed
  stage at = stage::queued;
  std::int64_t id = 0;  ///< of the message that carried it last
  std::int32_t sequence = 0;
  std::int64_t container = 0;          ///< of that message; 0 when it was alone
  bool repeated = false;               ///< written more than once under this id
  std::vector<std::int64_t> ids = {};  ///< all it ever had: any of them may be answered
  std::int64_t question = 0;           ///< the open one about what became of it; 0 when none
  int received = 0;                    ///< how often the server said that it has it
  int rejections = 0;
  std::uint32_t head = 0;  ///< the constructor id of the body before compression
  body_builder build =
      {};  ///< makes the body for each message id; empty when it is always the same
  request_handle after = {};
  lane in = lane::normal;
  bool repeatable = false;
};

/// The requests that have not ended, by handle and by the message ids they were sent under, and the
/// order in which they are to be written.
class request_table {
 public:
  request& add(bytes body, std::uint32_t head, request_options const& options);
  void erase(request& which);

  request* find(request_handle handle);
  request* by_message(std::int64_t id);
  std::size_t size() const { return all_.size(); }

  /// Notes that it is written under this id now.
  void on_written(request& which, std::int64_t id, std::int32_t sequence);
  /// Queues it to be written under a new id.
  void renew(request& which);
  /// Queues it to be written under the id it has.
  void repeat(request& which);

  /// Ids are given anew from an earlier one: those of before mean nothing any more. Nothing may be
  /// under way.
  void forget_ids();

  /// The next to be written, which stays the next until it is; null when there is none.
  request* next_writable();

  /// Under which message id a request was written last; 0 when it was not or is gone.
  std::int64_t last_id_of(request_handle handle) {
    auto const* const which = find(handle);
    return which ? which->id : 0;
  }

  /// Visits every request in the order of submission; the visitor must not add or erase.
  template <class Visit>
  void each(Visit visit) {
    for (auto& [handle, one] : all_) visit(one);
  }

 private:
  std::map<request_handle, request> all_;
  std::unordered_map<std::int64_t, request_handle> by_message_;
  std::deque<request_handle>& outbox_of(request const& which) {
    return outbox_[static_cast<std::size_t>(which.in)];
  }

  std::deque<request_handle> outbox_[3];  // may name requests that have ended or were written
  std::uint64_t last_handle_ = 0;
};

}  // namespace mtp::mtproto
