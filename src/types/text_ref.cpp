// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/types/text_ref.hpp>

#include <mtp/tl/types/MessageEntity.hpp>
#include <mtp/types/text_entities.hpp>

namespace mtp::MTP_ABI {

tl::list<tl::MessageEntity> text_ref::entities(tl::list<tl::MessageEntity> const* otherwise) const {
  if (formatted_) return to_tl_entities(*formatted_);
  return otherwise ? *otherwise : tl::list<tl::MessageEntity>();
}

}  // namespace mtp::MTP_ABI
