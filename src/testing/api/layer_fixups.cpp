// SPDX-License-Identifier: MIT OR Apache-2.0
#include "layer_fixups.hpp"

#include "tl_values.hpp"

namespace mtp::MTP_ABI::testing {
namespace {

using carried = result<bytes, transcode_error>;

/// messages.InvitedUsers came with layer 177; before, the updates inside it were the answer.
carried updates_alone(transcoder const& to, bytes const& object) {
  auto const invited = decode_stored<tl::messages::InvitedUsers>(object);
  return to.value(encode_object(invited.updates));
}

/// messages.DialogFilters came with layer 176; before, the list inside it was the answer.
carried filters_alone(transcoder const& to, bytes const& object) {
  auto const filters = decode_stored<tl::messages::DialogFilters>(object);
  bytes out = encode_object(tl::list<tl::DialogFilter>{});
  std::int32_t count = 0;
  for (auto const& one : filters.filters) {
    auto const carried_one = to.value(encode_object(one));
    if (!carried_one) continue;  // a list may do without
    append(out, *carried_one);
    ++count;
  }
  store_le(out.data() + 4, count);
  return out;
}

}  // namespace

carried answer_in_layer(layer_choice const& theirs, std::string_view method, bytes const& object) {
  auto const& to = theirs.bridge->to_theirs;
  auto const* function = theirs.schema->find_function(method);
  auto const type = function ? function->result.name.full() : std::string();
  bool const invites =
      method == tl::messages::createChat::tl_name || method == tl::messages::addChatUser::tl_name;
  if (invites && type == "Updates") return updates_alone(to, object);
  bool const lists = method == tl::messages::getDialogFilters::tl_name;
  if (lists && type == "Vector") return filters_alone(to, object);
  return to.answer(method, object);
}

}  // namespace mtp::MTP_ABI::testing
