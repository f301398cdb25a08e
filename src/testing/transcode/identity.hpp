// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "layout.hpp"

#include <vector>

namespace mtp::MTP_ABI::testing::transcoding {

/// Which parts of two schemas are the same byte for byte, whatever value they hold.
class identity {
 public:
  identity(layout const& from, layout const& to);

  /// Whether every value of the one node is a value of the other, with the same meaning.
  bool nodes(index mine, index theirs) const;

  /// The definition of the other side with the same name and section; or none.
  index same_name(index definition) const { return same_name_[definition]; }

 private:
  index find_same_name(index definition) const;
  bool look_alike(index mine, index theirs) const;
  bool parts_are_same(index definition) const;
  bool types(index mine, index theirs) const;

  layout const& from_;
  layout const& to_;
  std::vector<index> same_name_;
  std::vector<bool> same_;
};

}  // namespace mtp::MTP_ABI::testing::transcoding
