// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/text/file_id.hpp>
#include <mtp/tl/forward.hpp>

#include <cstdint>
#include <memory>
#include <optional>

namespace mtp::MTP_ABI {

class message;

/// A file that the servers have: what a message carries, a document, a photo in its largest size,
/// or what a file_id names. Made to be an argument.
///
/// Errors of its constructors: mtp::error with client_errc::bad_argument for what carries no file.
/// Lifetime: owns what it needs. Threads: a value.
class MTP_API remote_file {
 public:
  remote_file(message const& from);
  remote_file(tl::MessageMedia const& from);
  remote_file(tl::document const& from);
  remote_file(tl::photo const& from);
  remote_file(file_id const& id);

  /// The data centre that it is said to lie in.
  int dc() const noexcept { return dc_; }
  /// Empty when nobody said.
  std::optional<std::uint64_t> size() const noexcept { return size_; }
  tl::InputFileLocation const& location() const noexcept { return *location_; }

 private:
  void set(file_id const& id);

  int dc_ = 0;
  std::optional<std::uint64_t> size_ = {};
  std::shared_ptr<tl::InputFileLocation const> location_ = {};
};

}  // namespace mtp::MTP_ABI
