// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storage/session_file.hpp"

#include "storage/file/file_lease.hpp"

#include <mtp/core/error.hpp>

#include <unistd.h>

namespace mtp::MTP_ABI::detail {
namespace {

failure<std::error_code> as_failure(client_errc e) { return {make_error_code(e)}; }

}  // namespace

session_file::session_file(std::filesystem::path path, file_system& files, std::size_t limit)
    : path_(resolved(path)), aside_(with_suffix(path_, ".new")), files_(files), limit_(limit) {}

result<session_state> session_file::open() {
  auto lease = files_.lock(with_suffix(path_, ".lock"));
  if (!lease) {
    bool const busy = lease.error() == std::errc::device_or_resource_busy;
    return as_failure(busy ? client_errc::session_in_use : client_errc::storage);
  }
  // Who holds it is a courtesy to people; a disk too full for it does not matter.
  (void)(*lease)->set_note(as_bytes(std::to_string(::getpid()) + "\n"));
  auto state = read();
  if (state) lease_ = *std::move(lease);
  return state;
}

result<session_state> session_file::read() {
  auto content = files_.read(path_, limit_);
  if (!content) {
    bool const huge = content.error() == std::errc::file_too_large;
    return as_failure(huge ? client_errc::bad_session_file : client_errc::storage);
  }
  if (!*content) return session_state{};
  return decode_session(**content);
}

result<void> session_file::save(session_state const& state) {
  assert(is_open());
  auto const content = encode_session(state);
  if (content.size() > limit_) return as_failure(client_errc::storage);
  auto written = write_aside(content);
  if (written) written = files_.rename(aside_, path_);
  if (!written) {
    files_.remove(aside_);
    return as_failure(client_errc::storage);
  }
  // The new content is in place. If its name cannot be made durable, a power cut may bring the old
  // one back, so the caller has to know.
  if (!files_.sync_folder(folder_of(path_))) return as_failure(client_errc::storage);
  return {};
}

result<void> session_file::write_aside(bytes_view content) {
  auto made = files_.create(aside_);
  if (!made) return failure{made.error()};
  auto done = (*made)->write(0, content);
  if (done) done = (*made)->sync();
  return done;
}

}  // namespace mtp::MTP_ABI::detail
