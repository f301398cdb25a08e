// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>
#include <mtp/tl/types/InputMedia.hpp>
#include <mtp/tl/types/MessageEntity.hpp>

#include <string>

namespace mtp::MTP_ABI {

/// A part of an album that is to be sent: what mtp::media makes, with its caption.
struct album_part {
  tl::InputMedia media = {};
  std::string caption = {};
  tl::list<tl::MessageEntity> entities = {};  ///< of the caption
};

}  // namespace mtp::MTP_ABI
