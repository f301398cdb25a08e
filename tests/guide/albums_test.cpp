// SPDX-License-Identifier: MIT OR Apache-2.0
// What the guide shows of albums, of messages about a conversation and of the client's own changes.
#include "support/catch.hpp"

#include <mtp/mtp.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessageAction.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>

#include <iostream>
#include <ostream>
#include <sstream>
#include <utility>
#include <vector>

namespace {

// [album]
void show_album(std::ostream& out, mtp::album const& all) {
  out << all.messages().size() << " at once: " << all.caption() << "\n";
}

mtp::task<> show(mtp::update update) {
  if (auto const all = update.get_if<mtp::album>()) show_album(std::cout, *all);
  if (auto const change = update.get_if<mtp::client_change>())
    std::cerr << name_of(change->kind()) << "\n";
  co_return;
}

mtp::task<> show_albums(mtp::client& client) {
  co_await client.each_update(show, {.albums = true, .life_cycle = true});
}
// [/album]

// [service]
void tell(std::ostream& out, mtp::service_message const& what) {
  switch (what.kind()) {
    case mtp::service_kind::members_added: out << what.joined().size() << " joined\n"; break;
    case mtp::service_kind::title_changed: out << "now called " << what.title() << "\n"; break;
    case mtp::service_kind::message_pinned: out << "a message was pinned\n"; break;
    case mtp::service_kind::payment: out << "paid " << what.payment()->amount << "\n"; break;
    default: break;
  }
}
// [/service]

// [open]
mtp::task<> read_news(mtp::client& client) {
  auto updates = client.updates();
  auto const news = co_await client.open("@telegram");  // not joined
  while (auto update = co_await updates.next()) {
    auto const post = update->get_if<mtp::new_message>();
    if (post && post->chat() == news.chat()) std::cout << post->text() << "\n";
  }
}
// [/open]

[[maybe_unused]] constexpr auto shown = &show_albums;
[[maybe_unused]] constexpr auto reads = &read_news;

mtp::received<mtp::tl::Update> photo(int id, char const* caption) {
  mtp::tl::message raw{.id = id, .peer_id = mtp::tl::peerUser{42}, .message = caption};
  raw.grouped_id = 9;
  return mtp::received<mtp::tl::Update>::own(
      mtp::tl::Update(mtp::tl::updateNewMessage{.message = std::move(raw)}));
}

}  // namespace

TEST_CASE("the guide's album is one thing", "[guide]") {
  std::vector<mtp::received<mtp::tl::Update>> parts = {photo(1, ""), photo(2, "Lake")};
  auto const update = mtp::update::of_album(std::move(parts));
  std::ostringstream out;
  show_album(out, *update.get_if<mtp::album>());
  CHECK(out.str() == "2 at once: Lake\n");
}

TEST_CASE("the guide tells what happened to a chat", "[guide]") {
  mtp::tl::messageService raw;
  std::ostringstream out;
  for (mtp::tl::MessageAction const& action :
       {mtp::tl::MessageAction(mtp::tl::messageActionChatAddUser{.users = {1, 2}}),
        mtp::tl::MessageAction(mtp::tl::messageActionChatEditTitle{.title = "New"}),
        mtp::tl::MessageAction(mtp::tl::messageActionPinMessage{})}) {
    raw.action = action;
    mtp::update const update(mtp::received<mtp::tl::Update>::own(
        mtp::tl::Update(mtp::tl::updateNewMessage{.message = raw})));
    tell(out, *update.get_if<mtp::service_message>());
  }
  CHECK(out.str() == "2 joined\nnow called New\na message was pinned\n");
}
