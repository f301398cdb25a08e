// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A client's life. What it does for its users stands in methods/.
#include <mtp/client/client.hpp>

#include "client/client_core.hpp"
#include "client/each_update.hpp"
#include "client/start.hpp"

#include <mtp/core/error.hpp>

#include <asio/dispatch.hpp>

#include <utility>

namespace mtp::MTP_ABI {

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

update_stream client::updates(stream_options options) { return update_stream(core_, options); }

task<> client::each_update(std::function<task<>(update)> handler, stream_options options) {
  return detail::each_update(core_, updates(options), std::move(handler));
}

update_stream client::updates(consumer_options options) {
  constexpr std::size_t max_name = 64;
  if (options.name.empty() || options.name.size() > max_name)
    throw error(make_error_code(client_errc::bad_argument), "the name of a consumer");
  if (core_->config().store)
    throw error(make_error_code(client_errc::bad_config), "a session_store keeps no updates");
  return update_stream(core_, std::move(options));
}

namespace detail {
namespace {

task<> remove_named_consumer(client_core& core, std::string name) {
  return core.updates().remove_consumer(std::move(name));
}

}  // namespace
}  // namespace detail

task<> client::remove_consumer(std::string name) {
  return detail::start(core_, detail::remove_named_consumer, std::move(name));
}

task<> client::each_update(consumer_options options, std::function<task<>(update)> handler) {
  return detail::each_update(core_, updates(std::move(options)), std::move(handler));
}

client_status client::status() const noexcept { return core_->status().now(); }

status_stream client::status_changes() { return {core_, core_->status().next_number()}; }

task<slice> client::ask(detail::any_request const& request, invoke_options const& options) {
  auto const chain = options.chain ? options.chain->order_ : nullptr;
  return core_->requests().exchange(detail::as_bytes(request, options, chain));
}

task<received<tl::Updates>> client::ask_for_updates(detail::any_request const& request,
                                                    invoke_options const& options) {
  auto const chain = options.chain ? options.chain->order_ : nullptr;
  return core_->requests().exchange_updates(detail::as_bytes(request, options, chain));
}

}  // namespace mtp::MTP_ABI
