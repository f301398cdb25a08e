// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/invoking
#include "client/wrappers.hpp"

#include "client/encoded.hpp"

#include <mtp/tl/functions/root.hpp>
#include <mtp/tl/types/MessageRange.hpp>

namespace mtp::MTP_ABI::detail {
namespace {

/// The query is left empty: what follows is the query.
template <class Wrapper>
void put(bytes& to, Wrapper const& wrapper) {
  append(to, encoded(wrapper));
}

}  // namespace

/// invokeWithoutUpdates comes first: connections that say it of every call leave it out.
bytes wrappers_of(invoke_options const& options) {
  bytes out;
  if (options.without_updates) put(out, tl::invokeWithoutUpdates{});
  if (options.takeout_id != 0) {
    tl::invokeWithTakeout takeout;
    takeout.takeout_id = options.takeout_id;
    put(out, takeout);
  }
  if (options.messages_range) {
    tl::invokeWithMessagesRange range;
    range.range.min_id = options.messages_range->min_id;
    range.range.max_id = options.messages_range->max_id;
    put(out, range);
  }
  if (!options.business_connection_id.empty()) {
    tl::invokeWithBusinessConnection business;
    business.connection_id = options.business_connection_id;
    put(out, business);
  }
  return out;
}

bytes recaptcha_wrapper(std::string_view token) {
  tl::invokeWithReCaptcha out;
  out.token = tl::string(token);
  return encoded(out);
}

std::optional<std::string> validate(invoke_options const& options) {
  if (options.dc < 0 || options.dc > 9999) return "invoke_options.dc is no data centre";
  if (options.timeout && *options.timeout <= duration::zero())
    return "invoke_options.timeout is not positive";
  if (options.messages_range && options.takeout_id == 0)
    return "invoke_options.messages_range needs takeout_id";
  if (options.messages_range && options.messages_range->min_id > options.messages_range->max_id)
    return "invoke_options.messages_range is empty";
  if (options.chain && (options.purpose != link_purpose::main || options.dc != 0))
    return "invoke_options.chain needs the account's own main connection";
  return std::nullopt;
}

}  // namespace mtp::MTP_ABI::detail
