// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>
#include <mtp/tl/forward.hpp>

#include <cstdint>
#include <string>

namespace mtp::MTP_ABI {

/// A file that was uploaded and belongs to no message yet. The servers keep it for some hours;
/// within them it may be sent as often as one likes.
struct uploaded_file {
  std::int64_t id = 0;
  std::int32_t parts = 0;
  std::uint64_t size = 0;
  bool is_big = false;  ///< beyond 10 MiB, or of a size that was not known
  std::string name = {};
  std::string mime_type = {};
  std::string md5 = {};  ///< hexadecimal; empty for big files
  int dc = 0;            ///< the data centre it went to

  bool operator==(uploaded_file const&) const = default;
};

/// The file as requests name it.
MTP_API tl::InputFile to_input_file(uploaded_file const& file);
/// The file as a document to send, with its name and type.
MTP_API tl::InputMedia to_input_media(uploaded_file const& file);

}  // namespace mtp::MTP_ABI
