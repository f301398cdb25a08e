// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storage/file/sorted_part.hpp"

#include "core/wire.hpp"
#include "storage/file/entry_reader.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::detail {
namespace {

/// The index of some hundred million records.
constexpr std::uint64_t max_index = std::uint64_t{512} << 20;
/// A block ends with the entry that makes it 4 KiB long.
constexpr std::uint64_t max_block =
    block_head_size + 4096 + entry_head_size + max_record_id + max_record_value;

}  // namespace

sorted_part::sorted_part(checked_file& file, record_header const& header)
    : size_(header.index_at - record_header_size) {
  // An index is shorter than its blocks.
  if (header.index_size > std::min(header.index_at, max_index)) file.throw_damaged(0);
  auto const index = file.read(header.index_at, header.index_size);
  if (checksum(index) != header.index_checksum) file.throw_damaged(header.index_at);
  wire::reader in(index);
  std::uint64_t end = record_header_size;  // of the block before
  for (std::uint32_t left = header.blocks; left > 0 && in.ok(); --left) {
    block one{.at = in.number<std::uint64_t>(), .size = in.number<std::uint32_t>()};
    auto const key = in.take(in.number<std::uint16_t>());
    one.key_at = static_cast<std::uint32_t>(keys_.size());
    one.key_size = static_cast<std::uint32_t>(key.size());
    keys_ += as_text(key);
    bool const possible = one.size >= block_head_size && one.size <= max_block && one.at >= end &&
                          one.at <= header.index_at && one.size <= header.index_at - one.at &&
                          !key.empty();
    if (!in.ok() || !possible) file.throw_damaged(header.index_at);
    end = one.at + one.size;
    blocks_.push_back(one);
  }
  if (!in.ok() || !in.rest().empty()) file.throw_damaged(header.index_at);
}

std::string_view sorted_part::first_key(block const& one) const {
  return std::string_view(keys_).substr(one.key_at, one.key_size);
}

/// The last block that begins at or before `key`; the first when none does.
std::size_t sorted_part::block_of(std::string_view key) const {
  auto const behind = std::ranges::upper_bound(blocks_, key, {},
                                               [this](block const& one) { return first_key(one); });
  return behind == blocks_.begin() ? 0 : static_cast<std::size_t>(behind - blocks_.begin()) - 1;
}

bytes sorted_part::entries_of(checked_file& file, std::size_t number) const {
  auto const& one = blocks_[number];
  bytes out = file.read(one.at, one.size);
  bytes_view const entries = bytes_view(out).subspan(block_head_size);
  bool const whole = load_le<std::uint32_t>(out.data()) == checksum(entries) &&
                     load_le<std::uint32_t>(&out[4]) == entries.size();
  if (!whole) file.throw_damaged(one.at);
  out.erase(out.begin(), out.begin() + block_head_size);
  return out;
}

/// One block at a time is in memory.
class sorted_part::cursor final : public record_cursor {
 public:
  cursor(sorted_part const& part, checked_file& file, std::string const& key)
      : part_(part), file_(file), block_(part.block_of(key)), entries_(bytes_view()) {
    load();
    while (!at_end() && this->key() < key) next();
  }

  bool at_end() const override { return block_ >= part_.blocks_.size(); }
  std::string_view key() const override { return key_; }
  bool is_erased() const override { return false; }
  bytes value() override { return bytes(value_.begin(), value_.end()); }
  void next() override {
    if (read()) return;
    ++block_;
    load();
  }
  bool hides(record_space) const override { return false; }

 private:
  void load() {
    if (at_end()) return;
    content_ = part_.entries_of(file_, block_);
    entries_ = entry_reader(content_);
    if (!read()) file_.throw_damaged(part_.blocks_[block_].at);
  }
  bool read() {
    auto const one = entries_.next();
    if (!one) return false;
    key_ = key_text(one->space, one->id);
    value_ = one->value;
    return true;
  }

  sorted_part const& part_;
  checked_file& file_;
  std::size_t block_;
  bytes content_;
  entry_reader entries_;
  std::string key_;
  bytes_view value_;
};

std::optional<bytes> sorted_part::find(checked_file& file, std::string const& key) const {
  if (blocks_.empty()) return {};
  cursor at(*this, file, key);
  if (at.at_end() || at.key() != key) return {};
  return at.value();
}

std::unique_ptr<record_cursor> sorted_part::walk(checked_file& file, std::string const& key) const {
  return std::make_unique<cursor>(*this, file, key);
}

}  // namespace mtp::MTP_ABI::detail
