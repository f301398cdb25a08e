// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/todo
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/methods/polls.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessageEntity.hpp>
#include <mtp/tl/types/MessageMedia.hpp>
#include <mtp/tl/types/TextWithEntities.hpp>
#include <mtp/tl/types/TodoItem.hpp>
#include <mtp/tl/types/TodoList.hpp>
#include <mtp/tl/types/Updates.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

template <class Request>
task<> change_list(client_core& core, owned_peer of, Request request) {
  request.peer = co_await input_peer(core, std::move(of));
  co_await call(core, request);
}

/// The highest number in the list of a message. Errors: bad_argument when it has none.
std::int32_t last_item(message const& of) {
  auto const* list = of.raw() ? of.media().get_if<tl::messageMediaToDo>() : nullptr;
  if (!list) throw error(make_error_code(client_errc::bad_argument), "the message has no list");
  std::int32_t last = 0;
  for (auto const& item : list->todo.list) last = std::max(last, item.id);
  return last;
}

}  // namespace
}  // namespace detail

task<> poll_methods::tick(message const& of, std::span<std::int32_t const> done,
                          std::span<std::int32_t const> undone) const {
  tl::messages::toggleTodoCompleted request;
  request.msg_id = of.id();
  for (auto const id : done) request.completed.push_back(id);
  for (auto const id : undone) request.incompleted.push_back(id);
  return detail::start(client_, detail::change_list<tl::messages::toggleTodoCompleted>,
                       peer_ref(of.chat()), std::move(request));
}

task<> poll_methods::add_items(message const& of, std::span<std::string const> items) const {
  auto number = detail::last_item(of);
  tl::messages::appendTodoList request;
  request.msg_id = of.id();
  for (auto const& text : items) {
    tl::todoItem item;
    item.id = ++number;
    item.title.text = tl::string(text);
    request.list.push_back(std::move(item));
  }
  return detail::start(client_, detail::change_list<tl::messages::appendTodoList>,
                       peer_ref(of.chat()), std::move(request));
}

}  // namespace mtp::MTP_ABI
