// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "net/link.hpp"

namespace mtp::MTP_ABI::net {

/// A request from its submission to its end; stands in the table as long as it lives.
struct link::pending_call {
  pending_call(link& owner, call_options how);
  pending_call(pending_call const&) = delete;
  pending_call& operator=(pending_call const&) = delete;
  ~pending_call();

  link& of;
  slice body = {};
  mtproto::body_builder build = {};  ///< used instead when there is one
  call_options options;
  detail::waiting_room ended;
  mtproto::request_handle request = {};
  std::optional<call_outcome> outcome = {};
  bool with_prefix = false;
  calls::iterator place = {};
};

}  // namespace mtp::MTP_ABI::net
