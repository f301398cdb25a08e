// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/client_core.hpp"

namespace mtp::detail {

/// Whom a message goes to, with a name of its own.
struct kept_peer {
  explicit kept_peer(peer_ref from) : id(from.id()), name(from.name()) {}
  peer_id id;
  std::string name;
};

/// What a message says, and how.
struct kept_message {
  std::string text;
  send_message_options options;
};

// Each keeps the client alive; each is to be run on its strand.

task<message> send_message(std::shared_ptr<client_core> core, kept_peer to, kept_message what);
task<std::vector<message>> get_history(std::shared_ptr<client_core> core, kept_peer of, int limit);
task<peer_id> resolve(std::shared_ptr<client_core> core, std::string username);
task<tl::InputPeer> input_peer(std::shared_ptr<client_core> core, kept_peer peer);

}  // namespace mtp::detail
