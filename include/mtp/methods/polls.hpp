// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/methods/pager.hpp>
#include <mtp/types/message.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI {

namespace detail {
class client_core;
}

/// One answer of a poll, and how it stands.
struct poll_answer {
  std::string text = {};
  std::int32_t voters = 0;
  bool chosen = false;  ///< by us
  bool right = false;   ///< of a quiz, once that is told
};

/// How a poll stands, as far as the account may know: counts are told to who has voted, or once it
/// is closed.
struct poll_standing {
  std::vector<poll_answer> answers = {};
  std::int32_t voters = 0;
  bool closed = false;
  bool has_counts = false;  ///< the answers say how many chose them
  std::string why = {};     ///< what explains the right answer of a quiz
};

/// Somebody who voted.
struct poll_voter {
  peer_id who = {};
  std::vector<std::size_t> answers = {};  ///< places in the poll, from 0
  std::chrono::sys_seconds date = {};
};

/// Polls and lists of things to do, which messages carry. Made by client::polls().
///
/// Lifetime: keeps what the client is made of, not its connection. Threads: as client.
class MTP_API poll_methods {
 public:
  explicit poll_methods(std::shared_ptr<detail::client_core> client);

  /// Chooses answers by their places, from 0 (https://core.telegram.org/method/messages.sendVote).
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal; the vote may
  /// count nevertheless. Errors: rpc_error and its kinds, as MESSAGE_POLL_CLOSED,
  /// REVOTE_NOT_ALLOWED, OPTIONS_TOO_MUCH; bad_argument when the message has no poll, or that no
  /// such answer; sent_but_unknown; client_closed.
  task<poll_standing> vote(message const& of, std::size_t answer) const;
  /// The same for several. Lifetime, Cancellation, Errors: as the shorter form.
  task<poll_standing> vote(message const& of, std::span<std::size_t const> answers) const;
  /// Takes the vote back. Lifetime, Cancellation, Errors: as vote().
  task<poll_standing> retract(message const& of) const;
  /// How it stands now (https://core.telegram.org/method/messages.getPollResults).
  ///
  /// Lifetime, Cancellation, Errors: as vote().
  task<poll_standing> results(message const& of) const;
  /// Closes it for good, and returns its message.
  ///
  /// Lifetime, Cancellation: as vote(). Errors: those of message_methods::edit_media();
  /// bad_argument when the message has no poll.
  task<message> stop(message const& of) const;
  /// Who chose what, in a poll with public votes in which one has voted; of one answer, or all
  /// (https://core.telegram.org/method/messages.getPollVotes).
  ///
  /// Lifetime: copies all it needs before it returns. Errors: none; next() has those of vote().
  pager<poll_voter> voters(message const& of, std::optional<std::size_t> answer = {}) const;
  /// Adds an answer to an open poll (https://core.telegram.org/method/messages.addPollAnswer).
  ///
  /// Lifetime, Cancellation, Errors: as vote().
  task<poll_standing> add_answer(message const& of, std::string_view text) const;
  /// Takes an answer back that one has added. Lifetime, Cancellation, Errors: as vote().
  task<poll_standing> remove_answer(message const& of, std::size_t answer) const;

  /// Ticks items of a list, and takes ticks away, by their numbers
  /// (https://core.telegram.org/method/messages.toggleTodoCompleted).
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal; it may be done
  /// nevertheless. Errors: rpc_error and its kinds, as TODO_NOT_MODIFIED; client_closed.
  task<> tick(message const& of, std::span<std::int32_t const> done,
              std::span<std::int32_t const> undone = {}) const;
  /// Adds items, which are numbered behind those that are there
  /// (https://core.telegram.org/method/messages.appendTodoList).
  ///
  /// Lifetime, Cancellation: as tick(). Errors: those of tick(); bad_argument when the message has
  /// no list.
  task<> add_items(message const& of, std::span<std::string const> items) const;

 private:
  std::shared_ptr<detail::client_core> client_;
};

}  // namespace mtp::MTP_ABI
