// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storage/file/record_cursor.hpp"

#include "storage/file/record_format.hpp"

#include <string>
#include <utility>

namespace mtp::MTP_ABI::detail {

merge_cursor::merge_cursor(std::vector<std::unique_ptr<record_cursor>> levels)
    : levels_(std::move(levels)) {
  find_best();
}

void merge_cursor::next() {
  skip_key();
  find_best();
}

/// Finds the next record that is there.
void merge_cursor::find_best() {
  for (;;) {
    std::size_t found = levels_.size();
    for (std::size_t i = 0; i < levels_.size(); ++i) {
      if (levels_[i]->at_end()) continue;
      if (found == levels_.size() || levels_[i]->key() < levels_[found]->key()) found = i;
    }
    best_ = found == levels_.size() ? nullptr : levels_[found].get();
    if (!best_ || (!best_->is_erased() && !is_hidden(found))) return;
    skip_key();
  }
}

/// Leaves the key of the best one in all levels.
void merge_cursor::skip_key() {
  std::string const done(best_->key());
  for (auto& level : levels_) {
    if (!level->at_end() && level->key() == done) level->next();
  }
}

bool merge_cursor::is_hidden(std::size_t level) const {
  auto const space = space_of(levels_[level]->key());
  for (std::size_t newer = 0; newer < level; ++newer) {
    if (levels_[newer]->hides(space)) return true;
  }
  return false;
}

}  // namespace mtp::MTP_ABI::detail
