// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/storage/record.hpp>

#include <memory>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// Walks over records in the order of their keys.
/// Threads: an owner at a time.
class record_cursor {
 public:
  virtual ~record_cursor() = default;

  virtual bool at_end() const = 0;
  /// Valid until next().
  virtual std::string_view key() const = 0;
  /// Whether this says that there is no such record.
  virtual bool is_erased() const = 0;
  virtual bytes value() = 0;
  virtual void next() = 0;
  /// Whether what is older counts no more in that space.
  virtual bool hides(record_space space) const = 0;
};

/// Several cursors as one: of the records with the same key the newest counts.
/// Threads: an owner at a time.
class merge_cursor {
 public:
  /// `levels`: the newest first.
  explicit merge_cursor(std::vector<std::unique_ptr<record_cursor>> levels);

  bool at_end() const { return best_ == nullptr; }
  std::string_view key() const { return best_->key(); }
  bytes value() { return best_->value(); }
  void next();

 private:
  void find_best();
  void skip_key();
  bool is_hidden(std::size_t level) const;

  std::vector<std::unique_ptr<record_cursor>> levels_;
  record_cursor* best_ = nullptr;
};

}  // namespace mtp::MTP_ABI::detail
