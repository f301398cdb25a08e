// SPDX-License-Identifier: MIT OR Apache-2.0
// A program as users write it with the raw API: it looks after a channel and its people. It is only
// compiled, by compile_bench.py, which says what that costs.
#include <mtp/mtp.hpp>
#include <mtp/tl/functions/account.hpp>
#include <mtp/tl/functions/channels.hpp>
#include <mtp/tl/functions/contacts.hpp>
#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/functions/photos.hpp>
#include <mtp/tl/functions/updates.hpp>
#include <mtp/tl/functions/upload.hpp>
#include <mtp/tl/functions/users.hpp>
#include <mtp/tl/types/Authorization.hpp>
#include <mtp/tl/types/ChannelParticipantsFilter.hpp>
#include <mtp/tl/types/Chat.hpp>
#include <mtp/tl/types/ChatBannedRights.hpp>
#include <mtp/tl/types/ChatFull.hpp>
#include <mtp/tl/types/Config.hpp>
#include <mtp/tl/types/InputChannel.hpp>
#include <mtp/tl/types/InputFileLocation.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/InputUser.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessagesFilter.hpp>
#include <mtp/tl/types/NearestDc.hpp>
#include <mtp/tl/types/User.hpp>
#include <mtp/tl/types/UserFull.hpp>
#include <mtp/tl/types/account/Authorizations.hpp>
#include <mtp/tl/types/channels/ChannelParticipants.hpp>
#include <mtp/tl/types/contacts/Contacts.hpp>
#include <mtp/tl/types/contacts/ResolvedPeer.hpp>
#include <mtp/tl/types/messages/AffectedMessages.hpp>
#include <mtp/tl/types/messages/ChatFull.hpp>
#include <mtp/tl/types/messages/Dialogs.hpp>
#include <mtp/tl/types/messages/InvitedUsers.hpp>
#include <mtp/tl/types/messages/Messages.hpp>
#include <mtp/tl/types/photos/Photos.hpp>
#include <mtp/tl/types/updates/State.hpp>
#include <mtp/tl/types/upload/File.hpp>
#include <mtp/tl/types/users/UserFull.hpp>

#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace tl = mtp::tl;

/// What is known of somebody.
struct person {
  std::int64_t id = 0;
  std::int64_t access_hash = 0;
  std::string name;
  bool is_bot = false;
};

/// What is known of a channel.
struct channel {
  std::int64_t id = 0;
  std::int64_t access_hash = 0;
  std::string title;
  std::string about;
  int members = 0;
};

tl::InputChannel input(channel const& which) {
  return tl::inputChannel{.channel_id = which.id, .access_hash = which.access_hash};
}

tl::InputPeer peer(channel const& which) {
  return tl::inputPeerChannel{.channel_id = which.id, .access_hash = which.access_hash};
}

tl::InputUser input(person const& who) {
  return tl::inputUser{.user_id = who.id, .access_hash = who.access_hash};
}

tl::InputPeer peer(person const& who) {
  return tl::inputPeerUser{.user_id = who.id, .access_hash = who.access_hash};
}

std::map<std::int64_t, person> people_in(tl::list<tl::User> const& users) {
  std::map<std::int64_t, person> out;
  for (auto const& one : users) {
    auto const* const user = one.get_if<tl::user>();
    if (!user) continue;
    person known;
    known.id = user->id;
    known.access_hash = user->access_hash.value_or(0);
    known.is_bot = user->bot;
    if (user->first_name) known.name = std::string(user->first_name->view());
    out.emplace(user->id, std::move(known));
  }
  return out;
}

std::vector<channel> channels_in(tl::list<tl::Chat> const& chats) {
  std::vector<channel> out;
  for (auto const& one : chats) {
    auto const* const found = one.get_if<tl::channel>();
    if (!found) continue;
    channel known;
    known.id = found->id;
    known.access_hash = found->access_hash.value_or(0);
    known.title = std::string(found->title.view());
    known.members = found->participants_count.value_or(0);
    out.push_back(std::move(known));
  }
  return out;
}

std::vector<std::int32_t> ids_in(tl::list<tl::Message> const& messages) {
  std::vector<std::int32_t> out;
  for (auto const& one : messages)
    if (auto const* const message = one.get_if<tl::message>()) out.push_back(message->id);
  return out;
}

tl::list<tl::Message> const* messages_of(tl::messages::Messages const& page) {
  if (auto const* all = page.get_if<tl::messages::messages>()) return &all->messages;
  if (auto const* slice = page.get_if<tl::messages::messagesSlice>()) return &slice->messages;
  if (auto const* some = page.get_if<tl::messages::channelMessages>()) return &some->messages;
  return nullptr;
}

tl::list<std::int32_t> list_of(std::vector<std::int32_t> const& ids) {
  tl::list<std::int32_t> out;
  for (auto const id : ids) out.push_back(id);
  return out;
}

mtp::task<channel> find_channel(mtp::client& client, std::string_view name) {
  tl::contacts::resolveUsername request;
  request.username = std::string(name);
  auto const found = co_await client.invoke(request);
  auto const all = channels_in(found->chats);
  if (all.empty()) throw std::runtime_error("no such channel");
  channel out = all.front();
  tl::channels::getFullChannel more;
  more.channel = input(out);
  auto const full = co_await client.invoke(more);
  if (auto const* const facts = full->full_chat.get_if<tl::channelFull>())
    out.about = std::string(facts->about.view());
  co_return out;
}

mtp::task<std::vector<channel>> list_channels(mtp::client& client) {
  tl::messages::getDialogs request;
  request.offset_peer = tl::inputPeerEmpty{};
  request.limit = 100;
  auto const page = co_await client.invoke(request);
  if (auto const* const all = page->get_if<tl::messages::dialogs>())
    co_return channels_in(all->chats);
  if (auto const* const some = page->get_if<tl::messages::dialogsSlice>())
    co_return channels_in(some->chats);
  co_return std::vector<channel>();
}

mtp::task<> show_server(mtp::client& client) {
  tl::help::getConfig ask;
  auto const config = co_await client.invoke(ask);
  tl::help::getNearestDc where;
  auto const nearest = co_await client.invoke(where);
  tl::updates::getState when;
  auto const state = co_await client.invoke(when);
  std::cout << "data centre " << config->this_dc << ", nearest " << nearest->nearest_dc
            << ", unread " << state->unread_count << "\n";
}

mtp::task<std::map<std::int64_t, person>> contacts(mtp::client& client) {
  tl::contacts::getContacts request;
  auto const known = co_await client.invoke(request);
  auto const* const all = known->get_if<tl::contacts::contacts>();
  co_return all ? people_in(all->users) : std::map<std::int64_t, person>();
}

mtp::task<std::map<std::int64_t, person>> members(mtp::client& client, channel const& of) {
  std::map<std::int64_t, person> out;
  for (int offset = 0;; offset += 200) {
    tl::channels::getParticipants request;
    request.channel = input(of);
    request.filter = tl::channelParticipantsRecent{};
    request.offset = offset;
    request.limit = 200;
    auto const page = co_await client.invoke(request);
    auto const* const some = page->get_if<tl::channels::channelParticipants>();
    if (!some || some->participants.empty()) break;
    out.merge(people_in(some->users));
  }
  co_return out;
}

mtp::task<std::string> about(mtp::client& client, person const& who) {
  tl::users::getFullUser request;
  request.id = input(who);
  auto const full = co_await client.invoke(request);
  tl::photos::getUserPhotos pictures;
  pictures.user_id = input(who);
  pictures.limit = 10;
  auto const photos = co_await client.invoke(pictures);
  std::size_t count = 0;
  if (auto const* const all = photos->get_if<tl::photos::photos>()) count = all->photos.size();
  std::string text = who.name + ", pictures: " + std::to_string(count);
  if (full->full_user.about) text += ": " + std::string(full->full_user.about->view());
  co_return text;
}

mtp::task<> invite(mtp::client& client, channel const& to, std::vector<person> const& whom) {
  tl::channels::inviteToChannel request;
  request.channel = input(to);
  for (auto const& one : whom) request.users.push_back(input(one));
  auto const done = co_await client.invoke(request);
  std::cout << "not invited: " << done->missing_invitees.size() << "\n";
}

mtp::task<bool> ban(mtp::client& client, channel const& from, person const& whom) {
  tl::channels::editBanned request;
  request.channel = input(from);
  request.participant = peer(whom);
  request.banned_rights.view_messages = true;
  co_await client.invoke(request);
  tl::contacts::block never;
  never.id = peer(whom);
  bool const blocked = co_await client.invoke(never);
  co_return blocked;
}

mtp::task<std::vector<std::int32_t>> latest(mtp::client& client, channel const& in, int count) {
  tl::messages::getHistory request;
  request.peer = peer(in);
  request.limit = count;
  auto const page = co_await client.invoke(request);
  auto const* const list = messages_of(*page);
  co_return list ? ids_in(*list) : std::vector<std::int32_t>();
}

mtp::task<std::vector<std::int32_t>> matching(mtp::client& client, channel const& in,
                                              std::string words) {
  tl::messages::search request;
  request.peer = peer(in);
  request.q = std::move(words);
  request.filter = tl::inputMessagesFilterEmpty{};
  request.limit = 100;
  auto const page = co_await client.invoke(request);
  auto const* const list = messages_of(*page);
  co_return list ? ids_in(*list) : std::vector<std::int32_t>();
}

mtp::task<> announce(mtp::client& client, channel const& in, std::string text) {
  tl::messages::sendMessage request;
  request.peer = peer(in);
  request.message = std::move(text);
  request.random_id = 4711;
  request.silent = true;
  co_await client.invoke(request);
}

mtp::task<int> remove(mtp::client& client, channel const& in, std::vector<std::int32_t> ids) {
  tl::channels::deleteMessages request;
  request.channel = input(in);
  request.id = list_of(ids);
  auto const affected = co_await client.invoke(request);
  tl::channels::readHistory seen;
  seen.channel = input(in);
  co_await client.invoke(seen);
  co_return affected->pts_count;
}

mtp::task<std::size_t> download(mtp::client& client, tl::InputFileLocation where) {
  std::size_t size = 0;
  for (;;) {
    tl::upload::getFile request;
    request.location = where;
    request.offset = static_cast<std::int64_t>(size);
    request.limit = 512 * 1024;
    auto const part = co_await client.invoke(request);
    auto const* const file = part->get_if<tl::upload::file>();
    if (!file || file->bytes.size() == 0) break;
    size += file->bytes.size();
  }
  co_return size;
}

mtp::task<> tidy_account(mtp::client& client) {
  tl::account::getAuthorizations where;
  auto const sessions = co_await client.invoke(where);
  for (auto const& one : sessions->authorizations) {
    if (one.current) continue;
    tl::account::resetAuthorization end;
    end.hash = one.hash;
    co_await client.invoke(end);
  }
  tl::account::updateProfile profile;
  profile.about = std::string("looks after channels");
  co_await client.invoke(profile);
  tl::account::updateStatus away;
  away.offline = true;
  co_await client.invoke(away);
}

/// Who is new among the contacts is invited, and helps.
mtp::task<> welcome(mtp::client& client, channel const& to) {
  auto const known = co_await contacts(client);
  auto const here = co_await members(client, to);
  std::vector<person> fresh;
  for (auto const& [id, who] : known)
    if (!here.contains(id)) fresh.push_back(who);
  co_await invite(client, to, fresh);
}

mtp::task<> clean(mtp::client& client, channel const& ours) {
  auto const everybody = co_await members(client, ours);
  for (auto const& [id, who] : everybody) {
    auto const text = co_await about(client, who);
    std::cout << id << ": " << text << "\n";
    if (who.is_bot) co_await ban(client, ours, who);
  }
  auto const spam = co_await matching(client, ours, "free money");
  int const removed = co_await remove(client, ours, spam);
  std::string note = "removed " + std::to_string(removed);
  co_await announce(client, ours, note);
}

mtp::task<> report(mtp::client& client, channel const& ours) {
  auto const all = co_await list_channels(client);
  auto const news = co_await latest(client, ours, 10);
  auto const size = co_await download(client, tl::inputPeerPhotoFileLocation{.peer = peer(ours)});
  std::cout << all.size() << " channels, " << news.size() << " messages, " << size << " bytes\n";
}

mtp::task<> curate(mtp::client& client) {
  co_await show_server(client);
  auto const ours = co_await find_channel(client, mtp::env("CHANNEL"));
  co_await welcome(client, ours);
  co_await clean(client, ours);
  co_await report(client, ours);
  co_await tidy_account(client);
}

}  // namespace

int main() { return mtp::run(mtp::config_from_env("user.session"), curate); }
