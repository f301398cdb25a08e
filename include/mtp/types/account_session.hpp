// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <chrono>
#include <cstdint>
#include <string>

namespace mtp::MTP_ABI {

/// A login of an account, as its list of devices shows it.
struct account_session {
  std::int64_t id = 0;            ///< names it for as long as it lasts; 0: the one that asks
  bool current = false;           ///< the one that asks
  bool official_app = false;      ///< made by an application of Telegram itself
  bool password_pending = false;  ///< the password has not been given there yet
  bool unconfirmed = false;       ///< nobody has said yet that it is theirs
  std::string device = {};
  std::string system = {};
  std::string application = {};
  std::string address = {};  ///< of the network, as the server saw it
  std::string country = {};
  std::chrono::sys_seconds made = {};
  std::chrono::sys_seconds last_active = {};
};

/// A login at a web site or with a bot, made with the account.
struct web_session {
  std::int64_t id = 0;
  std::int64_t bot = 0;
  std::string domain = {};
  std::string browser = {};
  std::string address = {};
  std::chrono::sys_seconds made = {};
  std::chrono::sys_seconds last_active = {};
};

}  // namespace mtp::MTP_ABI
