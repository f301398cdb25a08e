// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Signing in at web sites and apps with the account that is signed in here
// (https://core.telegram.org/api/url-authorization).
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/storage/peer_id.hpp>
#include <mtp/types/user.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mtp::MTP_ABI {

class message;

/// A button under a message that signs in at a web site.
struct login_button {
  peer_id chat = {};
  std::int32_t message = 0;
  std::int32_t button = 0;  ///< its number among those of the message
  std::string text = {};
  std::string url = {};  ///< what is opened for who does not sign in
};

/// The buttons of that kind under a message. Threads: any.
MTP_API std::vector<login_button> login_buttons(message const& of);

/// Somebody has to say yes or no to this: account_methods::accept_web_login(), or
/// decline_web_login().
struct web_login_request {
  user bot = {};                ///< signs the account in there
  std::string domain = {};      ///< of the site
  bool is_app = false;          ///< asked by an app: its name is shown instead of the domain
  std::string app = {};         ///< that name, if Telegram has verified it; empty for unknown apps
  bool wants_to_write = false;  ///< the bot wants to write to the account
  bool wants_phone = false;     ///< and to know its number
  bool wants_wallet = false;    ///< and its wallet: see wallet_proof
  std::optional<std::int64_t> wallet_session = {};
  std::string wallet_client = {};
  // Where the person sits who asks; empty when that is not known.
  std::string browser = {};
  std::string system = {};
  std::string address = {};  ///< of the network
  std::string region = {};
  /// The page shows one of these; the person says which. Empty: it shows none.
  std::vector<std::string> match_codes = {};
  /// Whether to ask for that before anything else, by check_match_code().
  bool match_code_first = false;
  std::optional<std::int64_t> account_hint = {};  ///< the account that signed in there last
};

/// The account is signed in there.
struct web_login_accepted {
  std::string url = {};  ///< to be opened; empty when there is nothing to open
};

/// Nobody signs in: the address is opened as it is.
struct web_login_none {};

using web_login_answer = std::variant<web_login_request, web_login_accepted, web_login_none>;

/// What shows a wallet to a site that wants one.
struct wallet_proof {
  std::int64_t session = 0;  ///< web_login_request::wallet_session
  bytes_view challenge_answer = {};
  bytes_view body = {};
  std::chrono::sys_seconds made = {};
  bytes_view signature = {};
};

/// What the site gets. Nothing that was not asked for.
struct accept_web_login_options {
  bool may_write = false;
  bool share_phone = false;
  std::string_view match_code = {};  ///< the one that the page shows
  std::optional<wallet_proof> wallet = {};
};

}  // namespace mtp::MTP_ABI
