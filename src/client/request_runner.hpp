// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "net/link.hpp"
#include "net/login_policy.hpp"
#include "net/pool.hpp"
#include "net/request_policy.hpp"

#include <mtp/client/raw_request.hpp>

#include <cstdint>
#include <memory>

namespace mtp::MTP_ABI::detail {

class client_core;

/// Performs requests with everything that belongs to them: the right connection, waiting, moving to
/// another data centre, signing in again.
class request_runner {
 public:
  /// Lifetime: `core` outlives this.
  explicit request_runner(client_core& core) : core_(core) {}

  /// Performs a request. The answer is the object as it came. Threads: any.
  ///
  /// Cancellation: terminal. Errors: rpc_error and its kinds, client_closed, error.
  task<slice> exchange(raw_request request);
  /// The same, for an answer that counts among the updates.
  task<received<tl::Updates>> exchange_updates(raw_request request);

  /// One call on a link that is being set up: what the server refuses for now is repeated there.
  ///
  /// Errors: rpc_error, outcome_unknown, what ended the link.
  task<slice> call_on(std::shared_ptr<net::link> link, bytes body, std::string_view method);

 private:
  /// One try of a request: what came of it, and where it was made.
  struct attempt {
    net::call_outcome outcome = net::closed{};
    std::shared_ptr<net::link> on = {};
    net::pool::lease place = {};  ///< keeps that connection open
  };

  /// How often a request is tried again.
  struct patience {
    net::request_policy policy;
    net::login_policy logins;
    std::uint32_t tokens = 0;      ///< of reCAPTCHA that were asked for
    std::uint32_t token_size = 0;  ///< of the last of them on the wire, with its wrapper
  };

  task<slice> perform(std::shared_ptr<client_core> keep, raw_request request);
  task<slice> perform_there(std::shared_ptr<client_core> keep, raw_request& request);
  task<> on_unanswered(raw_request& request, slice& body, attempt& last, patience& left);
  task<> show_token(rpc_failure why, raw_request const& request, slice& body, patience& left);
  bool goes_home(raw_request const& request) const;
  net::call_options options_for(raw_request const& request, bytes_view body);
  task<net::call_outcome> call_on_link(net::link& link, raw_request const& request, slice body);
  task<> try_elsewhere(raw_request const& request, slice body, attempt& into);
  task<> follow(net::request_policy::action action, rpc_failure why, raw_request& request,
                std::shared_ptr<net::link> on);
  task<bool> follow_in_place(net::request_policy::action action, rpc_failure why,
                             std::shared_ptr<net::link> on);
  net::login_policy::situation situation_of(raw_request const& request) const;
  task<bool> restore_login(rpc_failure why, raw_request const& request,
                           std::shared_ptr<net::link> on, net::login_policy& policy);
  void note_refusal(rpc_failure const& why, raw_request const& request,
                    net::login_policy const& policy);

  client_core& core_;
};

}  // namespace mtp::MTP_ABI::detail
