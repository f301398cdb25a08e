// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/text/file_id.hpp>
#include <mtp/tl/forward.hpp>

namespace mtp::MTP_ABI {

/// The id of a document. Its attributes say what kind of file it is.
MTP_API file_id file_id_of(tl::document const& document);
/// The id of one size of a photo, by its letter.
MTP_API file_id file_id_of(tl::photo const& photo, char size);
/// The id of one size of a document's preview.
MTP_API file_id thumbnail_id_of(tl::document const& document, char size);

/// The file as something to send. Errors: throws mtp::error with client_errc::bad_argument when it
/// is neither a document nor a photo.
MTP_API tl::InputMedia to_input_media(file_id const& id);
/// The file as a document, a sticker for instance. Errors: as to_input_media(), also for a photo.
MTP_API tl::InputDocument to_input_document(file_id const& id);
/// The file as a photo. Errors: as to_input_media(), also for a document.
MTP_API tl::InputPhoto to_input_photo(file_id const& id);

/// Where upload.getFile finds it, in the data centre `id.dc`. Errors: throws mtp::error with
/// client_errc::bad_argument for a web file, and for what has no place: temporary files, pictures
/// of peers and sets of stickers in old ids.
MTP_API tl::InputFileLocation to_location(file_id const& id);
/// Where upload.getWebFile finds it. Errors: throws mtp::error with client_errc::bad_argument when
/// it is no web file.
MTP_API tl::InputWebFileLocation to_web_location(file_id const& id);

}  // namespace mtp::MTP_ABI
