// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "mtproto/flat_queue.hpp"
#include "mtproto/id_index.hpp"

#include <mtp/mtproto/client_session.hpp>

namespace mtp::MTP_ABI::mtproto {

/// A message id that a request had before the one it has now.
struct earlier_id {
  std::int64_t id = 0;
  bool ignores_refusals = false;  ///< its predecessor was not there under the id that it named
};

/// A request that has not ended.
struct request {
  enum class stage : std::uint8_t {
    held,       ///< waits for its predecessor to be written
    queued,     ///< waits for a message id
    again,      ///< waits to be written once more under the id it has
    sent,       ///< waits for its answer
    undecided,  ///< was sent in a session that was given up
  };

  request_handle handle = {};
  slice body = {};  ///< as it is written, perhaps compressed
  body_builder build =
      {};               ///< makes the body for each message id; empty when it is always the same
  std::int64_t id = 0;  ///< of the message that carried it last
  std::int64_t container = 0;            ///< around that message; 0 when it was alone
  std::int64_t state_request = 0;        ///< the open one about what became of it; 0 when none
  std::vector<earlier_id> earlier = {};  ///< any of them may be answered
  request_handle after = {};             ///< its predecessor, as long as that has not ended
  std::int64_t predecessor = 0;          ///< the last message id of one that has ended
  std::vector<request_handle> followers = {};  ///< whose predecessor it is
  std::uint32_t head = 0;  ///< the constructor id of the body before compression
  std::int32_t sequence = 0;
  std::uint32_t connection = 0;  ///< on which it was written last
  std::uint8_t received = 0;     ///< how often the server said that it has it
  std::uint8_t unanswered = 0;   ///< how many state requests about it were not answered
  std::uint8_t rejections = 0;
  stage at = stage::queued;
  lane in = lane::normal;
  bool repeatable = false;
  bool compressible = false;
  bool repeated = false;  ///< written more than once under its id
  bool orphaned = false;  ///< the server began the session anew after it was written

  bool is_under_way() const { return at == stage::sent || at == stage::again; }
};

/// Why a request is written under another message id.
enum class renewal {
  not_executed,  ///< the server rejected it, or certainly did not receive it
  repeatable,    ///< it may have been executed, and may be executed twice
};

/// The requests that have not ended, by handle and by the message ids they were sent under, and the
/// order in which they are to be written. References are good until the next add().
class request_table {
 public:
  request& add(request_options const& options);
  void erase(request& which);

  request* find(request_handle handle);
  request* by_message(std::int64_t id);
  /// By an id of the session before.
  request* by_former_message(std::int64_t id);
  std::size_t size() const { return size_; }
  bool awaits_answers() const { return under_way_ > 0; }

  /// Notes that it is written now under a new id, and lets its followers go.
  void on_written(request& which, std::int64_t id, std::int32_t sequence);
  /// Notes that it is written once more under the id it has.
  void on_repeated(request& which);
  /// Queues it to be written under a new id, and those that named the old one.
  void renew(request& which, renewal why);
  /// Queues it to be written under the id it has.
  void repeat(request& which);
  /// Leaves it where it is: what is queued to be repeated waits for an answer again.
  void wait(request& which);
  /// Another session begins: ids start over. What was under way is undecided.
  std::vector<request_handle> begin_session();

  /// The next of a lane, which stays the next until it is written; null when there is none.
  request* next_of(lane which) {
    auto& waiting = lanes_[static_cast<std::size_t>(which)];
    if (waiting.again.empty() && waiting.fresh.empty()) return nullptr;
    auto* const again = first_of(waiting.again);
    return again ? again : first_of(waiting.fresh);
  }
  /// Whether any lane has one.
  bool has_next();
  /// The last message id of its predecessor; 0 when there is none.
  std::int64_t predecessor_of(request const& which);

  /// Visits every request in the order of submission; the visitor must not add or erase.
  template <class Visit>
  void each(Visit visit) {
    by_handle_.each([&](std::uint32_t slot) { visit(slots_[slot]); });
  }
  /// Visits those whose message ids lie between these two.
  template <class Visit>
  void each_message_between(std::int64_t first, std::int64_t last, Visit visit) {
    by_message_.each_between(first, last, [&](std::uint32_t slot) { visit(slots_[slot]); });
  }

 private:
  /// What waits in one lane. May name requests that have ended or were written.
  struct queue {
    flat_queue<request_handle> again;  ///< was written before, and goes first
    flat_queue<request_handle> fresh;
  };

  std::uint32_t slot_of(request const& which) const {
    return static_cast<std::uint32_t>(&which - slots_.data());
  }
  request* at(std::optional<std::uint32_t> slot) { return slot ? &slots_[*slot] : nullptr; }
  request* first_of(flat_queue<request_handle>& waiting);
  void set_stage(request& which, request::stage to);
  void enqueue(request& which, request::stage as);
  void forget_message(request const& which, std::int64_t id);
  void renew_followers(request& which, renewal why);
  void release_followers(request& which);
  void leave_predecessor(request& which);

  std::vector<request> slots_;
  std::vector<std::uint32_t> free_;
  id_index by_handle_;
  id_index by_message_;
  id_index by_former_;
  queue lanes_[3];
  std::size_t size_ = 0;
  std::size_t under_way_ = 0;
  std::int64_t last_handle_ = 0;
};

}  // namespace mtp::MTP_ABI::mtproto
