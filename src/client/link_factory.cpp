// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/link_factory.hpp"

#include "client/init_connection.hpp"
#include "core/wire.hpp"

#include <mtp/tl/encode.hpp>
#include <mtp/tl/functions/root.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

/// What test data centres add to their number on the wire.
constexpr int test_dc_offset = 10'000;

/// invokeWithoutUpdates: its query follows it.
bytes without_updates() {
  return wire::writer().number(std::uint32_t{tl::invokeWithoutUpdates::tl_id}).take();
}

}  // namespace

link_factory::link_factory(client_context& context, dc_addresses& addresses, dc_keys& keys,
                           net::link_listener& listener)
    : context_(context),
      addresses_(addresses),
      keys_(keys),
      listener_(listener),
      init_connection_prefix_(init_connection_prefix(context.config())) {}

net::link_options link_factory::options_for(int dc, link_purpose purpose) const {
  auto const& config = context_.config();
  net::link_options options;
  options.dc = dc;
  options.wire_dc = dc + (config.environment == dc_environment::test ? test_dc_offset : 0);
  options.purpose = purpose;
  options.endpoints = addresses_.endpoints_of(dc);
  options.last_good = addresses_.last_good_of(dc);
  options.trusted = context_.server_keys();
  options.connection = config.connection;
  options.init_prefix = init_connection_prefix_;
  options.was_connected = was_connected_;
  return options;
}

std::shared_ptr<net::link> link_factory::make(net::link_options options) {
  auto key = keys_.of(options.dc);
  return std::make_shared<net::link>(context_.world(), context_.strand(), std::move(options),
                                     std::move(key), context_.config().log, listener_);
}

std::shared_ptr<net::link> link_factory::make_home() {
  return make(options_for(addresses_.home(), link_purpose::main));
}

std::shared_ptr<net::link> link_factory::make_side(int dc, link_purpose purpose) {
  auto options = options_for(dc, purpose);
  if (purpose != link_purpose::main || dc != addresses_.home())
    options.call_prefix = without_updates();
  options.ends_when_hopeless = true;
  return make(std::move(options));
}

}  // namespace mtp::MTP_ABI::detail
