// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/state_keeper.hpp"

#include <mtp/client/config.hpp>
#include <mtp/crypto/rsa.hpp>

#include <memory>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// What every part of a client stands on: its configuration, its environment, its strand, the state
/// that it stores, its log.
///
/// Threads: everything but the constructor, config(), world() and strand() is for the strand.
class client_context {
 public:
  /// Errors: mtp::error with client_errc::bad_config.
  client_context(asio::any_io_executor executor, client_config config);

  /// Without the texts of server keys.
  client_config const& config() const noexcept { return config_; }
  environment& world() const noexcept { return world_; }
  asio::any_io_executor const& strand() const noexcept { return strand_; }
  steady_time now() const { return world_.now().steady; }
  state_keeper& keeper() noexcept { return keeper_; }
  session_state const& state() const noexcept { return keeper_.state(); }
  std::shared_ptr<std::vector<crypto::rsa_public_key> const> const& server_keys() const noexcept {
    return server_keys_;
  }

  void log(log_level level, std::string_view text) const;

 private:
  client_config config_;
  environment& world_;
  asio::any_io_executor strand_;
  state_keeper keeper_;
  std::shared_ptr<std::vector<crypto::rsa_public_key> const> server_keys_;
};

}  // namespace mtp::MTP_ABI::detail
