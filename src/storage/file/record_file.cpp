// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storage/file/record_file.hpp"

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::detail {

record_file::record_file(std::filesystem::path path, file_system& files, rewriting_limits limits)
    : path_(std::move(path)), aside_(with_suffix(path_, ".new")), files_(files), limits_(limits) {
  files_.remove(aside_);  // of somebody who died
  auto found = files_.open(path_);
  if (!found && found.error() == std::errc::no_such_file_or_directory) {
    create();
  } else {
    file_ = checked_file(path_, checked(path_, std::move(found)));
  }
  load();
}

record_file::~record_file() { drop_rewriting(); }

/// Removes what was begun; but not what another process wrote there meanwhile.
void record_file::drop_rewriting() {
  if (rewriting_ && owner_.is_here() && rewriting_->is_at(aside_)) files_.remove(aside_);
  rewriting_.reset();
}

/// Puts an empty file in the place.
void record_file::create() {
  rewriting empty(aside_, files_, merge_cursor({}));
  empty.finish(file_, 0, 0, 1);
  file_ = empty.take_file();
  put_in_place();
  sync_name();
}

record_header record_file::read_header() {
  record_header header;
  if (file_.size() < record_header_size) file_.throw_damaged(0);
  switch (decode_header(file_.read(0, record_header_size), header)) {
    case header_fault::none: return header;
    case header_fault::newer: throw store_error(client_errc::newer_store, path_.string());
    case header_fault::damaged: break;
  }
  file_.throw_damaged(0);
}

void record_file::load() {
  auto const header = read_header();
  auto const size = file_.size();
  if (header.index_at < record_header_size || header.index_at > size ||
      header.index_size > size - header.index_at)
    file_.throw_damaged(0);
  sorted_ = sorted_part(file_, header);
  log_ = frame_log(file_, header);
  recent_at_ = header.frames_at();
  recent_first_ = header.first_frame;
  log_.replay([this](frame_view const& frame, std::uint64_t at) {
    return recent_.apply(frame.entries, at);
  });
}

std::optional<bytes> record_file::get(record_key const& key) {
  auto const text = key_text(key.space, key.id);
  for (auto const* table : {&recent_, &older_}) {
    if (auto const* found = table->find(text)) {
      if (found->erased) return {};
      return file_.read(found->at, found->size);
    }
    if (table->hides(key.space)) return {};
  }
  return sorted_.find(file_, text);
}

merge_cursor record_file::walk(std::string const& key) {
  std::vector<std::unique_ptr<record_cursor>> levels;
  levels.push_back(recent_.walk(key, file_));
  levels.push_back(older_.walk(key, file_));
  levels.push_back(sorted_.walk(file_, key));
  return merge_cursor(std::move(levels));
}

std::vector<record> record_file::scan(record_range const& range) {
  std::vector<record> out;
  auto const prefix = key_text(range.space, range.prefix);
  auto const after = range.after ? key_text(range.space, *range.after) : std::string();
  for (auto at = walk(std::max(prefix, after)); !at.at_end(); at.next()) {
    if (out.size() >= range.limit || !at.key().starts_with(prefix)) break;
    if (at.key() == after) continue;
    auto const id = id_of(at.key());
    out.emplace_back(bytes(id.begin(), id.end()), at.value());
  }
  return out;
}

/// Somebody who removed the lock or replaced the file may hold it as well.
void record_file::require_ours() {
  bool const ours = file_.is_at(path_) && file_.size() >= log_.end();
  if (!ours) throw store_error(client_errc::lease_lost, path_.string());
}

void record_file::commit(write_batch const& batch, durability how) {
  require_ours();
  sync_name();
  bool const late = how == durability::coalesced && unsynced_ + batch.size() < limits_.unsynced;
  write(batch, !late);
  rewrite_a_little(std::max(limits_.step, 8 * std::uint64_t{batch.size()}));
}

void record_file::write(write_batch const& batch, bool at_once) {
  auto const frame = encode_frame(log_.next_number(), log_.durable_number(), batch);
  auto const entries_at = log_.append(frame, at_once);
  recent_.apply(bytes_view(frame).subspan(frame_head_size), entries_at);
  unsynced_ = at_once ? 0 : unsynced_ + frame.size();
}

void record_file::sync() {
  sync_name();
  log_.sync();
  unsynced_ = 0;
}

bool record_file::is_rewriting_due() const {
  if (log_.end() < not_before_) return false;
  auto const frames = log_.end() - recent_at_;
  return recent_.size() > limits_.records || !older_.empty() ||
         frames > std::max(limits_.frames, sorted_.size() / 2);
}

/// The commit beside which this runs is stored, so a failure here is none of it: what was begun is
/// dropped and begun anew later. The more a commit writes, the more is sorted beside it, so that
/// the commits since the beginning never become many.
void record_file::rewrite_a_little(std::uint64_t budget) {
  if (!rewriting_ && !is_rewriting_due()) return;
  try {
    if (!rewriting_) begin_rewriting();
    if (rewriting_->step(budget)) end_rewriting();
  } catch (store_error const& e) {
    drop_rewriting();
    bool const lost = e.code() == client_errc::lease_lost;
    not_before_ = lost ? UINT64_MAX : log_.end() + limits_.frames / 4;
  }
}

void record_file::begin_rewriting() {
  if (older_.empty()) {
    older_ = std::exchange(recent_, {});
    recent_at_ = log_.end();
    recent_first_ = log_.next_number();
  }
  std::vector<std::unique_ptr<record_cursor>> levels;
  levels.push_back(older_.walk({}, file_));
  levels.push_back(sorted_.walk(file_, {}));
  rewriting_ = std::make_unique<rewriting>(aside_, files_, merge_cursor(std::move(levels)));
}

/// The new file holds what is older; the frames since then move there as they are.
void record_file::end_rewriting() {
  auto const header = rewriting_->finish(file_, recent_at_, log_.end(), recent_first_);
  auto fresh = rewriting_->take_file();
  sorted_part sorted(fresh, header);
  if (!fresh.is_at(aside_)) throw store_error(client_errc::lease_lost, path_.string());
  require_ours();
  checked(path_, files_.rename(aside_, path_));
  rewriting_.reset();
  fresh.rename(path_);
  file_ = std::move(fresh);
  sorted_ = std::move(sorted);
  settle(header, header.frames_at() + (log_.end() - recent_at_));
}

void record_file::settle(record_header const& header, std::uint64_t frames_end) {
  older_ = {};
  recent_.move_values(recent_at_, header.frames_at());
  recent_at_ = header.frames_at();
  log_.move_to(file_, frames_end);
  unsynced_ = 0;
  name_is_durable_ = false;
  sync_name();
}

void record_file::put_in_place() {
  checked(path_, files_.rename(aside_, path_));
  file_.rename(path_);
  name_is_durable_ = false;
}

/// Until the name of a new file is durable, a power cut may bring the old one back: nothing may be
/// added to it.
void record_file::sync_name() {
  if (name_is_durable_) return;
  checked(path_, files_.sync_folder(folder_of(path_)));
  name_is_durable_ = true;
}

}  // namespace mtp::MTP_ABI::detail
