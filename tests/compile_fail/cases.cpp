// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What must not compile, one case a macro; without any it does. Run by check.cmake.
#include <mtp/mtp.hpp>
#include <mtp/tl/functions/messages.hpp>
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
#endif
}
