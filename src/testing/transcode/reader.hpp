// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "layout.hpp"

#include <mtp/testing/transcode.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace mtp::MTP_ABI::testing::transcoding {

/// Reads values of one layer and checks everything that they claim. The first error stays.
class reader {
 public:
  reader(layout const& of, bytes_view in, transcode_limits const& limits)
      : layout_(of), in_(in), limits_(limits) {}

  std::size_t at() const { return at_; }
  void go_to(std::size_t at) { at_ = at; }
  bool at_end() const { return at_ == in_.size(); }
  /// The bytes between two places.
  bytes_view between(std::size_t from, std::size_t to) const {
    return in_.subspan(from, to - from);
  }

  bool fail(transcode_errc code, std::string name = {});
  bool ok() const { return !failed_; }
  transcode_error const& error() const { return error_; }

  /// An integer; 0 and an error when the bytes end.
  bool word(std::uint32_t& out);
  bool number(std::int64_t& out);
  /// A string; the view lives as long as the input.
  bool text(bytes_view& out);
  /// The id of a constructor that may stand for `wanted`, a node of kind boxed or object.
  bool constructor(node const& wanted, index& out);
  /// The id of a function.
  bool function(index& out);
  /// The id (when boxed) and count of a list, checked against the bytes left.
  bool list(node const& of, std::uint32_t& count);

  /// Goes behind a value.
  bool skip(index node);
  /// Goes behind the fields of a constructor or function.
  bool skip_fields(index definition);
  /// Goes behind its fields before `end`.
  bool skip_fields(index definition, std::size_t end);

  /// Counts one level of nesting while it lives.
  class level {
   public:
    explicit level(reader& of) : of_(of) { ++of_.depth_; }
    ~level() { --of_.depth_; }
    level(level const&) = delete;
    level& operator=(level const&) = delete;
    /// False, with an error, when the values are nested too deeply.
    bool allowed() const {
      return of_.depth_ <= of_.limits_.max_depth || of_.fail(transcode_errc::too_deep);
    }

   private:
    reader& of_;
  };

 private:
  bool take(std::size_t size);
  bool skip_list(node const& of);
  bool skip_field(field_layout const& field, std::size_t words);

  layout const& layout_;
  bytes_view in_;
  transcode_limits const& limits_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  transcode_error error_;
  bool failed_ = false;
  std::vector<std::uint32_t> words_;  ///< a stack: the flag words of the values being skipped
};

/// `#%08x`
std::string print_id(std::uint32_t id);

}  // namespace mtp::MTP_ABI::testing::transcoding
