// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/client/config.hpp>
#include <mtp/storage/memory_records.hpp>

#include <concepts>
#include <string>

namespace mtp::MTP_ABI {

/// A server in the same process that says where it listens and which key it has, as
/// mtp::testing::data_centre does.
template <class T>
concept local_server = requires(T const& server) {
  { server.addresses().front().host } -> std::convertible_to<std::string>;
  { server.public_key().to_pem() } -> std::convertible_to<std::string>;
};

/// A configuration with which a client finds `server`, trusts it, and keeps its session in memory:
/// for tests. The server listens already, since only then its ports are known.
template <local_server Server>
client_config config_for(Server const& server) {
  client_config out;
  out.api_id = 1;
  out.api_hash = "none";
  for (auto const& at : server.addresses())
    out.addresses[at.id].push_back({.host = at.host,
                                    .port = at.port,
                                    .media_only = at.options.media_only,
                                    .tcpo_only = at.options.tcpo_only,
                                    .cdn = at.options.cdn});
  out.server_keys = {server.public_key().to_pem()};
  out.records = memory_records();
  return out;
}

}  // namespace mtp::MTP_ABI
