// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A client that looks at a channel which it has not joined.
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/core/timeout.hpp>
#include <mtp/mtp.hpp>
#include <mtp/tl/functions/channels.hpp>
#include <mtp/tl/functions/contacts.hpp>
#include <mtp/tl/functions/updates.hpp>
#include <mtp/tl/types/ChannelMessagesFilter.hpp>
#include <mtp/tl/types/Chat.hpp>
#include <mtp/tl/types/ChatFull.hpp>
#include <mtp/tl/types/ChatPhoto.hpp>
#include <mtp/tl/types/InputChannel.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/PeerNotifySettings.hpp>
#include <mtp/tl/types/Photo.hpp>
#include <mtp/tl/types/contacts/ResolvedPeer.hpp>
#include <mtp/tl/types/messages/ChatFull.hpp>
#include <mtp/tl/types/updates/ChannelDifference.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace mtp;
using namespace std::chrono_literals;
using namespace mtp::test;

namespace {

/// A data centre with one public channel, "news".
struct channel_stage : client_stage {
  std::vector<std::string> posts = {"old"};
  std::optional<scripted_server::refusal> refuses = {};
  int polls = 0;

  explicit channel_stage(asio::any_io_executor where) : client_stage(where) {
    api.first = [this](std::uint32_t id, bytes_view query) { return answer(id, query); };
  }

  std::int32_t pts() const { return static_cast<std::int32_t>(posts.size()); }

 private:
  std::optional<scripted_api::reply> answer(std::uint32_t id, bytes_view query) {
    if (id == tl::contacts::resolveUsername::tl_id) return to_bytes(found());
    if (id == tl::channels::getFullChannel::tl_id) return to_bytes(full());
    if (id != tl::updates::getChannelDifference::tl_id) return {};
    ++polls;
    if (refuses) return scripted_api::reply(*refuses);
    return to_bytes(difference(query));
  }

  static tl::channel channel() {
    tl::channel out;
    out.id = 7;
    out.access_hash = 77;
    out.title = "News";
    out.username = tl::string("news");
    out.photo = tl::chatPhotoEmpty{};
    return out;
  }

  static tl::contacts::resolvedPeer found() {
    tl::contacts::resolvedPeer out;
    out.peer = tl::peerChannel{.channel_id = 7};
    out.chats.push_back(channel());
    return out;
  }

  tl::messages::chatFull full() const {
    tl::channelFull about;
    about.id = 7;
    about.pts = pts();
    about.chat_photo = tl::photoEmpty{};
    tl::messages::chatFull out;
    out.full_chat = about;
    out.chats.push_back(channel());
    return out;
  }

  tl::updates::ChannelDifference difference(bytes_view query) const {
    auto const call = *tl::decode<tl::updates::getChannelDifference>(query);
    if (call->pts >= pts())
      return tl::updates::channelDifferenceEmpty{.final = true, .pts = pts(), .timeout = 1};
    tl::updates::channelDifference out{.final = true, .pts = pts(), .timeout = 1};
    for (auto at = call->pts; at < pts(); ++at) {
      tl::message post;
      post.post = true;
      post.id = at + 1;
      post.peer_id = tl::peerChannel{.channel_id = 7};
      post.message = posts[static_cast<std::size_t>(at)];
      out.new_messages.push_back(post);
    }
    return out;
  }
};

}  // namespace

TEST_CASE("a channel that was not joined is looked at until nobody does", "[client][open]") {
  play_on<channel_stage>([](channel_stage& s) -> task<> {
    program const body = [&s](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      auto news = co_await c.open("@news");
      CHECK(news.chat() == peer_id{peer_kind::channel, 7});
      auto same = co_await c.open(news.chat());
      s.posts.push_back("first");
      co_await expect_texts(updates, "first");
      news.close();
      CHECK(!news.is_open());
      s.posts.push_back("second");
      co_await expect_texts(updates, "second");
      s.alice_writes("hello");
      co_await expect_texts(updates, "hello");
      same.close();
      auto const executor = co_await asio::this_coro::executor;
      co_await pause(real_environment(), executor, 100ms);
      int const before = s.polls;
      co_await pause(real_environment(), executor, 1500ms);
      CHECK(s.polls <= before + 1);
      CHECK(s.api.asked[tl::channels::getFullChannel::tl_id] == 1);
    };
    co_await live(s, body);
  });
}

TEST_CASE("a channel that closes is told, and holds up nobody", "[client][open]") {
  play_on<channel_stage>([](channel_stage& s) -> task<> {
    program const body = [&s](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      s.refuses = scripted_server::refusal{400, "CHANNEL_PRIVATE"};
      auto const news = co_await c.open("@news");
      co_await until([&] { return news.is_refused(); });
      CHECK(s.polls == 1);
      auto const lost = co_await updates.next();
      CHECK(lost->holds<updates_lost>());
      s.alice_writes("hello");
      co_await expect_texts(updates, "hello");
      auto const failed = co_await failure_of(c.open(peer_id{peer_kind::user, 42}));
      CHECK(code_of(failed) == client_errc::bad_argument);
    };
    co_await live(s, body);
  });
}
