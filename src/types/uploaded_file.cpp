// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/types/uploaded_file.hpp>

#include <mtp/tl/types/DocumentAttribute.hpp>
#include <mtp/tl/types/InputFile.hpp>
#include <mtp/tl/types/InputMedia.hpp>

namespace mtp::MTP_ABI {

tl::InputFile to_input_file(uploaded_file const& file) {
  if (file.is_big) return tl::inputFileBig{.id = file.id, .parts = file.parts, .name = file.name};
  return tl::inputFile{
      .id = file.id, .parts = file.parts, .name = file.name, .md5_checksum = file.md5};
}

tl::InputMedia to_input_media(uploaded_file const& file) {
  tl::inputMediaUploadedDocument out;
  out.file = to_input_file(file);
  out.mime_type = file.mime_type;
  out.attributes.push_back(tl::documentAttributeFilename{.file_name = file.name});
  return out;
}

}  // namespace mtp::MTP_ABI
