// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/result.hpp>
#include <mtp/tl/schema/document.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::testing {

namespace transcoding {
struct layout;
struct plan;
}  // namespace transcoding

/// Why a value could not be carried from one layer to another.
enum class transcode_errc : std::uint8_t {
  truncated,            ///< the bytes end inside a value
  trailing_bytes,       ///< something stands behind the value
  unknown_constructor,  ///< an id that the layer it comes from does not know
  unknown_function,     ///< the same, where a call is expected
  wrong_constructor,    ///< a constructor of another type than the place is for
  bad_count,            ///< a list that claims more elements than there are bytes
  too_deep,             ///< values nested beyond the limit
  too_large,            ///< input or output beyond the limit
  no_counterpart,       ///< the other layer has neither this nor anything to stand for it
};

/// The reason, and the constructor or function at fault where there is one.
struct MTP_API transcode_error {
  transcode_errc code = transcode_errc::truncated;
  std::string name = {};  ///< its TL name, or its id as `#%08x`
  std::size_t at = 0;     ///< where reading stopped: for a constructor that is wrong, behind its id

  /// One phrase, fit for a log and for an rpc_error: it holds no data of the value.
  std::string message() const;
};

/// Bounds on what a peer may ask for.
struct transcode_limits {
  std::size_t max_depth = 96;                  ///< values within values
  std::size_t max_size = 64u * 1024u * 1024u;  ///< bytes, of input and of output
};

/// Carries serialized values from one layer of a schema to another, by name.
///
/// Fields that the other side does not have are dropped, fields that only it has get a default
/// (zero, empty, false, the constructor with the fewest required fields). A constructor that it
/// does not have is dropped where the field is optional and left out of a list; elsewhere the
/// constructor of that type with the fewest required fields stands for it, with the fields that
/// both have; failing that the whole value is an error. Numbers that became longer or shorter,
/// strings that became `TextWithEntities`, `Bool` that became a flag and the like keep their value
/// where it fits.
///
/// All decisions are made once, when the transcoder is made. A transcoder is a handle: copies share
/// its tables.
///
/// Errors: returned, whatever the bytes are; nothing throws but std::bad_alloc.
/// Threads: one transcoder may be used from several threads.
class MTP_API transcoder {
 public:
  using document = tl::schema::document;

  transcoder(std::shared_ptr<document const> from, std::shared_ptr<document const> to,
             transcode_limits limits = {});

  /// A value that starts with its constructor's id.
  result<bytes, transcode_error> value(bytes_view boxed) const;

  /// A function call; calls wrapped in it (`query:!X`) are carried along.
  result<bytes, transcode_error> call(bytes_view call) const;

  /// What the function of this name (`messages.getHistory`) answered. The function decides how to
  /// read the bytes: lists carry no type of their own.
  result<bytes, transcode_error> answer(std::string_view function, bytes_view answer) const;

  int from_layer() const;
  int to_layer() const;

 private:
  std::shared_ptr<transcoding::plan const> plan_;
  transcode_limits limits_;
};

/// The call at the bottom of wrapped ones: `messages.getHistory` of
/// `invokeWithLayer(initConnection(messages.getHistory))`.
struct innermost_call {
  std::size_t offset = 0;  ///< where its id stands
  std::uint32_t id = 0;
  std::string name =
      {};  ///< its TL name; empty when the layer has no function of this id (`gzip_packed`)
};

/// Finds its way through wrapped calls of one layer without changing them. A handle, as a
/// transcoder is.
///
/// Errors and threads: as transcoder.
class MTP_API call_reader {
 public:
  explicit call_reader(std::shared_ptr<tl::schema::document const> schema,
                       transcode_limits limits = {});

  /// Goes through every function that takes a `query:!X`.
  result<innermost_call, transcode_error> innermost(bytes_view call) const;

 private:
  std::shared_ptr<transcoding::layout const> layout_;
  transcode_limits limits_;
};

/// The layer that a call names by `invokeWithLayer`, also within other wrappers whose form has not
/// changed since layer 158; empty when it names none.
MTP_API std::optional<int> announced_layer(bytes_view call);

}  // namespace mtp::MTP_ABI::testing
