// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What must not compile, one case a macro; without any it does. Run by check.cmake.
#include <mtp/mtp.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/messages/Messages.hpp>

using page = mtp::received<mtp::tl::messages::messages>;

page fetch();

mtp::task<> use(mtp::client& client, mtp::tl::InputPeer peer) {
  page const kept = fetch();
  for (auto const& message : kept->messages) (void)message;
  mtp::tl::messages::getHistory request{.peer = peer, .limit = 100};
  auto const history = co_await client.invoke(request);
  (void)history;

#if defined(ARROW_OF_TEMPORARY)
  // The block would be gone before the loop begins.
  for (auto const& message : fetch()->messages) (void)message;
#elif defined(STAR_OF_TEMPORARY)
  auto const& dangling = *fetch();
  (void)dangling;
#elif defined(TEMPORARY_REQUEST)
  // GCC 12 would destroy the request twice.
  auto const again = co_await client.invoke(mtp::tl::messages::getHistory{.peer = peer});
  (void)again;
#elif defined(NO_SUCH_CONSTRUCTOR)
  (void)peer.get_if<mtp::tl::messages::getHistory>();
#elif defined(VISITOR_OF_SOME)
  peer.visit([](mtp::tl::inputPeerUser const&) {});
#elif defined(VISITOR_OF_TWO_RESULTS)
  peer.visit([](auto const& one) { return one; });
#endif
  peer.visit([](auto const& one) { (void)one; });
}

int count(mtp::update const& what) {
  auto const message = what.get_if<mtp::new_message>();
  auto const of_message = [](mtp::new_message const& m) { return m.id(); };
  auto const of_others = [](mtp::update const&) { return 0; };

#if defined(EVENT_OF_TEMPORARY)
  return mtp::update(what).get_if<mtp::new_message>()->id();
#elif defined(NO_EVENT)
  return what.get_if<mtp::message>() ? 1 : 0;
#elif defined(NO_LAST_HANDLER)
  return what.visit(of_message);
#elif defined(LAST_HANDLER_FIRST)
  return what.visit(of_others, of_message);
#elif defined(HANDLER_OF_ANYTHING)
  return what.visit([](auto const&) { return 1; }, of_others);
#elif defined(ONLY_HANDLER_OF_ANYTHING)
  return what.visit([](auto const&) { return 1; });
#elif defined(HANDLER_OF_NO_EVENT)
  return what.visit([](mtp::message const&) { return 1; }, of_others);
#elif defined(TWO_HANDLERS_OF_ONE_EVENT)
  return what.visit(of_message, [](mtp::new_message) { return 1; }, of_others);
#elif defined(HANDLERS_OF_TWO_RESULTS)
  return what.visit([](mtp::new_message const&) { return 1L; }, of_others);
#elif defined(TASK_OF_A_REFERENCE)
  // The event would be gone when the task begins.
  auto work = what.visit([](mtp::new_message const& m) -> mtp::task<int> { co_return m.id(); },
                         [](mtp::update) -> mtp::task<int> { co_return 0; });
#endif
  return what.visit(of_message, of_others) + (message ? 1 : 0);
}
