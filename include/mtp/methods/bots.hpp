// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/received.hpp>
#include <mtp/types/answer_options.hpp>

#include <cstdint>
#include <memory>
#include <string_view>

namespace mtp::MTP_ABI {

namespace detail {
class client_core;
}

/// What bots answer. Events with such an answer have it as a function too. Made by client::bots().
///
/// Lifetime: keeps what the client is made of, not its connection. Threads: as client.
class MTP_API bot_methods {
 public:
  explicit bot_methods(std::shared_ptr<detail::client_core> client);

  /// Ends the wait of somebody who pressed a button, with `text` shown to them if it is not empty
  /// (https://core.telegram.org/method/messages.setBotCallbackAnswer).
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal; the answer may
  /// arrive nevertheless. Errors: rpc_error, as QUERY_ID_INVALID when nobody waits any more;
  /// outcome_unknown; client_closed.
  task<> answer_callback(std::int64_t id, std::string_view text = {},
                         callback_answer_options options = {}) const;

  /// Shows results to somebody who asks inline, at most 50
  /// (https://core.telegram.org/method/messages.setInlineBotResults).
  ///
  /// Lifetime, Cancellation: as answer_callback(). Errors: rpc_error, as RESULT_ID_DUPLICATE;
  /// encode for a result without a required part; outcome_unknown; client_closed.
  task<> answer_inline(std::int64_t id, tl::list<tl::InputBotInlineResult> results,
                       inline_answer_options options = {}) const;

  /// Writes one message into the chat of a guest_chat_query, and returns what names it
  /// (https://core.telegram.org/method/messages.setBotGuestChatResult).
  ///
  /// Lifetime, Cancellation, Errors: as answer_inline().
  task<received<tl::InputBotInlineMessageID>> answer_guest_chat(
      std::int64_t id, tl::InputBotInlineResult result) const;

  /// Says in what ways goods can be sent
  /// (https://core.telegram.org/method/messages.setBotShippingResults).
  ///
  /// Lifetime, Cancellation, Errors: as answer_callback().
  task<> answer_shipping(std::int64_t id, tl::list<tl::shippingOption> options) const;
  /// Says that they cannot be sent, and why. Lifetime, Cancellation, Errors: as answer_callback().
  task<> refuse_shipping(std::int64_t id, std::string_view why) const;

  /// Lets a payment go on (https://core.telegram.org/method/messages.setBotPrecheckoutResults).
  ///
  /// Lifetime, Cancellation, Errors: as answer_callback().
  task<> answer_pre_checkout(std::int64_t id) const;
  /// Refuses it, and says why. Lifetime, Cancellation, Errors: as answer_callback().
  task<> refuse_pre_checkout(std::int64_t id, std::string_view why) const;

 private:
  std::shared_ptr<detail::client_core> client_;
};

}  // namespace mtp::MTP_ABI
