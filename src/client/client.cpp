// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/client/client.hpp>

#include "client/client_core.hpp"
#include "client/login.hpp"
#include "client/messages.hpp"
#include "client/on_strand.hpp"

#include <mtp/core/error.hpp>

#include <asio/dispatch.hpp>

#include <utility>

namespace mtp {
namespace detail {

task<slice> exchange(std::shared_ptr<client_core> client, raw_request request) {
  return client->requests().exchange(std::move(request));
}

task<received<tl::Updates>> exchange_updates(std::shared_ptr<client_core> client,
                                             raw_request request) {
  return client->requests().exchange_updates(std::move(request));
}

void throw_unreadable(tl::decode_error const& why, std::string_view method) {
  throw error(make_error_code(client_errc::decode), std::string(method) + ": " + why.text());
}

}  // namespace detail

client::client(asio::any_io_executor executor, client_config config)
    : core_(std::make_shared<detail::client_core>(std::move(executor), std::move(config))) {}

client& client::operator=(client&& other) noexcept {
  if (this != &other && core_) core_->close();
  core_ = std::move(other.core_);
  return *this;
}

client::~client() {
  if (core_) core_->close();
}

asio::any_io_executor client::get_executor() const { return core_->strand(); }

task<> client::run() { return core_->run(); }

void client::close() { core_->close(); }

void client::network_restored() {
  auto here = [core = core_] { core->network_restored(); };
  asio::dispatch(core_->strand(), std::move(here));
}

task<user> client::sign_in_bot(std::string_view token) {
  return detail::on_strand(core_->strand(), detail::sign_in_bot(core_, std::string(token)));
}

task<user> client::sign_in(std::string_view phone, code_prompt ask_for_code) {
  auto work = detail::sign_in(core_, std::string(phone), std::move(ask_for_code));
  return detail::on_strand(core_->strand(), std::move(work));
}

task<user> client::get_me() { return detail::on_strand(core_->strand(), detail::get_me(core_)); }

task<message> client::send_message(peer_ref peer, std::string_view text,
                                   send_message_options options) {
  detail::kept_message what{.text = std::string(text), .options = options};
  auto work = detail::send_message(core_, detail::kept_peer(peer), std::move(what));
  return detail::on_strand(core_->strand(), std::move(work));
}

task<std::vector<message>> client::get_history(peer_ref peer, int limit) {
  auto work = detail::get_history(core_, detail::kept_peer(peer), limit);
  return detail::on_strand(core_->strand(), std::move(work));
}

task<peer_id> client::resolve(std::string_view username) {
  return detail::on_strand(core_->strand(), detail::resolve(core_, std::string(username)));
}

task<tl::InputPeer> client::input_peer(peer_ref peer) {
  auto work = detail::input_peer(core_, detail::kept_peer(peer));
  return detail::on_strand(core_->strand(), std::move(work));
}

update_stream client::updates() { return update_stream(core_); }

client_status client::status() const noexcept { return core_->status().now(); }

status_stream client::status_changes() { return {core_, core_->status().next_number()}; }

task<std::optional<status_change>> status_stream::next() {
  return detail::on_strand(client_->strand(), client_->status().next(client_, next_));
}

// --- The stream of updates ----------------------------------------------------------------------

update_stream::update_stream(std::shared_ptr<detail::client_core> client)
    : client_(std::move(client)) {
  client_->open_updates();
}

update_stream& update_stream::operator=(update_stream&& other) noexcept {
  if (this != &other && client_) client_->close_updates();
  client_ = std::move(other.client_);
  return *this;
}

update_stream::~update_stream() {
  if (client_) client_->close_updates();
}

task<std::optional<update>> update_stream::next() {
  return detail::on_strand(client_->strand(), client_->updates().next(client_));
}

}  // namespace mtp
