// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storage/file/session_import.hpp"

#include "storage/file/file_lease.hpp"
#include "storage/file/record_file.hpp"
#include "storage/session_codec.hpp"

#include <mtp/storage/account_batch.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

constexpr std::size_t max_chunk = std::size_t{1} << 20;

bool is_session_file(std::filesystem::path const& path, file_system& files) {
  auto found = files.open(path);
  if (!found && found.error() == std::errc::no_such_file_or_directory) return false;
  checked_file file(path, checked(path, std::move(found)));
  auto const front = session_file_magic.size();
  return file.size() >= front && as_text(file.read(0, front)) == session_file_magic;
}

session_state read_session_file(std::filesystem::path const& path, file_system& files) {
  auto content = files.read(path, max_session_file);
  bool const huge = !content && content.error() == std::errc::file_too_large;
  if (huge) throw store_error(client_errc::bad_session_file, path.string(), content.error());
  auto const there = checked(path, std::move(content));
  auto state = decode_session(there ? bytes_view(*there) : bytes_view());
  if (state) return *std::move(state);
  bool const newer = state.error() == client_errc::newer_store;
  throw store_error(newer ? client_errc::newer_store : client_errc::bad_session_file, path.string(),
                    "a session file of the format before");
}

/// In chunks: a session may be larger than a commit. In an empty file there is nothing to clear.
void write_all(record_file& to, write_batch const& all) {
  write_batch chunk;
  for (auto const& one : all.writes()) {
    if (one.what == record_write::kind::put) chunk.put(one.space, one.id, one.value);
    if (chunk.size() >= max_chunk) to.commit(std::exchange(chunk, {}), durability::coalesced);
  }
  to.commit(chunk, durability::coalesced);
  to.sync();
}

}  // namespace

void import_session_file(std::filesystem::path const& path, file_system& files) {
  auto const aside = with_suffix(path, ".import");
  files.remove(aside);  // of somebody who died
  if (!is_session_file(path, files)) return;
  auto batch = import_session(read_session_file(path, files), client_consumer);
  {
    record_file fresh(aside, files);
    write_all(fresh, batch.take_records());
  }
  checked(path, files.rename(aside, path));
  checked(path, files.sync_folder(folder_of(path)));
}

}  // namespace mtp::MTP_ABI::detail
