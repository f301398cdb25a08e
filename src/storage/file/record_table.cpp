// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storage/file/record_table.hpp"

#include "storage/file/entry_reader.hpp"

namespace mtp::MTP_ABI::detail {

class record_table::cursor final : public record_cursor {
 public:
  cursor(record_table const& table, std::string const& key, checked_file& file)
      : table_(table), at_(table.slots_.lower_bound(key)), file_(file) {}

  bool at_end() const override { return at_ == table_.slots_.end(); }
  std::string_view key() const override { return at_->first; }
  bool is_erased() const override { return at_->second.erased; }
  bytes value() override { return file_.read(at_->second.at, at_->second.size); }
  void next() override { ++at_; }
  bool hides(record_space space) const override { return table_.hides(space); }

 private:
  record_table const& table_;
  std::map<std::string, slot>::const_iterator at_;
  checked_file& file_;
};

bool record_table::apply(bytes_view entries, std::uint64_t entries_at) {
  entry_reader from(entries);
  while (auto const one = from.next()) {
    if (one->what == record_write::kind::clear) {
      clear(one->space);
      continue;
    }
    bool const erased = one->what == record_write::kind::erase;
    slots_.insert_or_assign(
        key_text(one->space, one->id),
        slot{entries_at + one->value_at, static_cast<std::uint32_t>(one->value.size()), erased});
  }
  return from.is_done();
}

void record_table::clear(record_space space) {
  auto const begin = slots_.lower_bound(key_text(space, {}));
  auto end = begin;
  while (end != slots_.end() && space_of(end->first) == space) ++end;
  slots_.erase(begin, end);
  cleared_.set(static_cast<std::size_t>(space));
}

void record_table::move_values(std::uint64_t from, std::uint64_t to) {
  for (auto& [key, where] : slots_) where.at = where.at - from + to;
}

record_table::slot const* record_table::find(std::string const& key) const {
  auto const found = slots_.find(key);
  return found == slots_.end() ? nullptr : &found->second;
}

std::unique_ptr<record_cursor> record_table::walk(std::string const& key,
                                                  checked_file& file) const {
  return std::make_unique<cursor>(*this, key, file);
}

}  // namespace mtp::MTP_ABI::detail
