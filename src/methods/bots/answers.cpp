// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/bots/buttons, https://core.telegram.org/api/bots/inline,
// https://core.telegram.org/api/payments
#include "client/call.hpp"
#include "client/start.hpp"

#include <mtp/events/payments.hpp>
#include <mtp/events/queries.hpp>
#include <mtp/methods/bots.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InlineBotSwitchPM.hpp>
#include <mtp/tl/types/InlineBotWebView.hpp>
#include <mtp/tl/types/InputBotInlineMessageID.hpp>
#include <mtp/tl/types/InputBotInlineResult.hpp>
#include <mtp/tl/types/ShippingOption.hpp>

#include <chrono>
#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

/// Requests are made before anything suspends, and with them copies of all views.
template <class Request>
task<> send_answer(client_core& core, Request request) {
  co_await call(core, request);
}

task<received<tl::InputBotInlineMessageID>> write_as_guest(
    client_core& core, tl::messages::setBotGuestChatResult request) {
  auto answer = co_await call(core, request);
  co_return answer;
}

template <class Request>
task<> start_answer(std::shared_ptr<client_core> core, Request request) {
  return start(std::move(core), send_answer<Request>, std::move(request));
}

std::int32_t to_seconds(std::chrono::seconds time) {
  return static_cast<std::int32_t>(time.count());
}

}  // namespace
}  // namespace detail

bot_methods::bot_methods(std::shared_ptr<detail::client_core> client)
    : client_(std::move(client)) {}

task<> bot_methods::answer_callback(std::int64_t id, std::string_view text,
                                    callback_answer_options options) const {
  tl::messages::setBotCallbackAnswer request;
  request.query_id = id;
  request.alert = options.alert;
  if (!text.empty()) request.message = tl::string(text);
  if (!options.url.empty()) request.url = tl::string(options.url);
  request.cache_time = detail::to_seconds(options.cache_time);
  return detail::start_answer(client_, std::move(request));
}

task<> bot_methods::answer_inline(std::int64_t id, tl::list<tl::InputBotInlineResult> results,
                                  inline_answer_options options) const {
  tl::messages::setInlineBotResults request;
  request.query_id = id;
  request.results = std::move(results);
  request.gallery = options.gallery;
  request.private_ = options.personal;
  request.cache_time = detail::to_seconds(options.cache_time);
  if (!options.next_offset.empty()) request.next_offset = tl::string(options.next_offset);
  return detail::start_answer(client_, std::move(request));
}

task<received<tl::InputBotInlineMessageID>> bot_methods::answer_guest_chat(
    std::int64_t id, tl::InputBotInlineResult result) const {
  tl::messages::setBotGuestChatResult request;
  request.query_id = id;
  request.result = std::move(result);
  return detail::start(client_, detail::write_as_guest, std::move(request));
}

task<> bot_methods::answer_shipping(std::int64_t id, tl::list<tl::shippingOption> options) const {
  tl::messages::setBotShippingResults request;
  request.query_id = id;
  request.shipping_options = std::move(options);
  return detail::start_answer(client_, std::move(request));
}

task<> bot_methods::refuse_shipping(std::int64_t id, std::string_view why) const {
  tl::messages::setBotShippingResults request;
  request.query_id = id;
  request.error = tl::string(why);
  return detail::start_answer(client_, std::move(request));
}

task<> bot_methods::answer_pre_checkout(std::int64_t id) const {
  tl::messages::setBotPrecheckoutResults request;
  request.query_id = id;
  request.success = true;
  return detail::start_answer(client_, std::move(request));
}

task<> bot_methods::refuse_pre_checkout(std::int64_t id, std::string_view why) const {
  tl::messages::setBotPrecheckoutResults request;
  request.query_id = id;
  request.error = tl::string(why);
  return detail::start_answer(client_, std::move(request));
}

task<> callback_query::answer(std::string_view text, callback_answer_options options) const {
  return bot_methods(client_.lock()).answer_callback(id(), text, options);
}

task<> inline_query::answer(tl::list<tl::InputBotInlineResult> results,
                            inline_answer_options options) const {
  return bot_methods(client_.lock()).answer_inline(id(), std::move(results), options);
}

task<received<tl::InputBotInlineMessageID>> guest_chat_query::answer(
    tl::InputBotInlineResult result) const {
  return bot_methods(client_.lock()).answer_guest_chat(id(), std::move(result));
}

task<> shipping_query::answer(tl::list<tl::shippingOption> options) const {
  return bot_methods(client_.lock()).answer_shipping(id(), std::move(options));
}

task<> shipping_query::refuse(std::string_view why) const {
  return bot_methods(client_.lock()).refuse_shipping(id(), why);
}

task<> pre_checkout_query::accept() const {
  return bot_methods(client_.lock()).answer_pre_checkout(id());
}

task<> pre_checkout_query::refuse(std::string_view why) const {
  return bot_methods(client_.lock()).refuse_pre_checkout(id(), why);
}

}  // namespace mtp::MTP_ABI
