// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storage/file/sorted_writer.hpp"

#include "core/wire.hpp"
#include "storage/file/entry_reader.hpp"

namespace mtp::MTP_ABI::detail {
namespace {

/// A block ends with the entry that makes it at least so long.
constexpr std::size_t block_size = 4096;
/// What waits in memory to be written.
constexpr std::size_t most_gathered = std::size_t{1} << 20;
/// Durable in pieces, so that no piece takes long.
constexpr std::uint64_t sync_every = std::uint64_t{4} << 20;

}  // namespace

sorted_writer::sorted_writer(checked_file& file) : file_(file), out_(record_header_size) {}

void sorted_writer::add(std::string_view key, bytes_view value) {
  if (block_.empty()) {
    first_key_ = key;
    block_.resize(block_head_size);
  }
  append_entry(block_, record_write::kind::put, space_of(key), id_of(key), value);
  if (block_.size() >= block_size) end_block();
}

void sorted_writer::end_block() {
  if (block_.empty()) return;
  bytes_view const entries = bytes_view(block_).subspan(block_head_size);
  store_le(block_.data(), checksum(entries));
  store_le(&block_[4], static_cast<std::uint32_t>(entries.size()));
  wire::append_number(index_, at_ + out_.size());
  wire::append_number(index_, static_cast<std::uint32_t>(block_.size()));
  wire::append_number(index_, static_cast<std::uint16_t>(first_key_.size()));
  append(index_, as_bytes(first_key_));
  append(out_, block_);
  block_.clear();
  ++blocks_;
  if (out_.size() >= most_gathered) flush();
}

void sorted_writer::flush() {
  file_.write(at_, out_);
  at_ += out_.size();
  unsynced_ += out_.size();
  out_.clear();
  if (unsynced_ < sync_every) return;
  file_.sync();
  unsynced_ = 0;
}

record_header sorted_writer::finish(std::uint64_t first_frame) {
  end_block();
  record_header const header{.index_at = at_ + out_.size(),
                             .index_size = index_.size(),
                             .index_checksum = checksum(index_),
                             .blocks = blocks_,
                             .first_frame = first_frame};
  append(out_, index_);
  flush();
  return header;
}

void sorted_writer::copy(bytes_view frames) {
  append(out_, frames);
  flush();
}

void sorted_writer::seal(record_header const& header) {
  file_.write(0, encode_header(header));
  file_.sync();
}

}  // namespace mtp::MTP_ABI::detail
