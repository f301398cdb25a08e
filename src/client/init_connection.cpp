// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/invoking: invokeWithLayer around initConnection around the query.
#include "client/init_connection.hpp"

#include "client/encoded.hpp"

#include <mtp/tl/functions/root.hpp>
#include <mtp/tl/types/InputClientProxy.hpp>
#include <mtp/tl/types/JSONValue.hpp>

namespace mtp::MTP_ABI::detail {

bytes init_connection_prefix(client_config const& config) {
  tl::initConnection who;
  who.api_id = config.api_id;
  who.device_model = config.device.model;
  who.system_version = config.device.system_version;
  who.app_version = config.device.app_version;
  who.system_lang_code = config.device.system_language;
  who.lang_code = config.device.language;
  tl::invokeWithLayer outermost;
  outermost.layer = tl::layer;
  outermost.query = encoded(who);
  auto out = encoded(outermost);
  out.shrink_to_fit();  // it is kept as long as the client
  return out;
}

}  // namespace mtp::MTP_ABI::detail
