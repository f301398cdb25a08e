// SPDX-License-Identifier: MIT OR Apache-2.0
#include "delivered.hpp"

#include "peers.hpp"

namespace mtp::testing {

bytes delivered_entities(call_context const& c, tl::list<tl::MessageEntity> const& sent) {
  tl::list<tl::MessageEntity> out;
  for (auto const& one : sent) {
    auto const* named = one.get_if<tl::inputMessageEntityMentionName>();
    if (!named) {
      out.push_back(one);
    } else if (auto const user = resolve(c, named->user_id)) {
      out.push_back(tl::messageEntityMentionName{
          .offset = named->offset, .length = named->length, .user_id = *user});
    }
  }
  return out.empty() ? bytes{} : encode_object(out);
}

}  // namespace mtp::testing
