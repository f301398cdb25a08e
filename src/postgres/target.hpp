// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/secret.hpp>

#include <string>
#include <vector>

namespace mtp::MTP_ABI::postgres {

/// Where records are kept: a connection string that was read, and an account there.
class target {
 public:
  /// Errors: throws error with client_errc::bad_argument.
  target(secret<std::string> connection, std::string account);

  std::string const& connection() const noexcept { return connection_.reveal(); }
  std::string const& account() const noexcept { return account_; }
  /// What errors say of it.
  std::string const& place() const noexcept { return place_; }
  /// A text of the server on one line, without passwords of the connection string.
  std::string shown(std::string text) const;

 private:
  void read();

  secret<std::string> connection_;
  std::string account_;
  std::string place_;
  std::vector<secret<std::string>> hidden_;
};

}  // namespace mtp::MTP_ABI::postgres
