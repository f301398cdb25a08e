// SPDX-License-Identifier: MIT OR Apache-2.0
#include "whole_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace mtp;

namespace {

[[noreturn]] void fail(std::string const& path) {
  throw store_error(client_errc::storage, path, std::error_code(errno, std::system_category()));
}

[[noreturn]] void damaged(std::string const& path) {
  throw store_error(client_errc::bad_session_file, path);
}

void append(std::string& to, bytes_view part) {
  to += std::to_string(part.size()) + " ";
  to.append(part.begin(), part.end());
}

bytes read_part(std::istream& in, std::string const& path) {
  std::size_t size = 0;
  in >> size;
  if (!in || in.get() != ' ' || size > max_record_value) damaged(path);
  bytes part(size);
  in.read(reinterpret_cast<char*>(part.data()), static_cast<std::streamsize>(size));
  if (!in) damaged(path);
  return part;
}

bool begins_with(bytes const& id, bytes const& prefix) {
  return id.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), id.begin());
}

/// Writes it all and waits for the disk.
void write_durably(std::string const& path, std::string const& text) {
  int const file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) fail(path);
  bool good = true;
  for (std::size_t done = 0; good && done < text.size();) {
    auto const more = ::write(file, text.data() + done, text.size() - done);
    good = more >= 0 || errno == EINTR;
    if (more > 0) done += static_cast<std::size_t>(more);
  }
  good = good && ::fsync(file) == 0;
  if (::close(file) != 0 || !good) fail(path);
}

/// A new name is durable when its folder is.
void sync_folder_of(std::string const& path) {
  auto const folder = std::filesystem::absolute(path).parent_path();
  int const file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  bool const good = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (!good) fail(path);
}

}  // namespace

// --- One holder at a time: the system frees the lock when its process dies.

store_holder whole_file::holder() const {
  std::ifstream in(path_ + ".lock");
  store_holder out;
  std::int64_t since = 0;
  in >> out.fence >> out.process >> since >> out.host;
  out.since = std::chrono::system_clock::time_point(std::chrono::seconds(since));
  return out;
}

store_lease whole_file::take_lease(std::chrono::system_clock::time_point now) {
  lock_ = ::open((path_ + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_ < 0) fail(path_);
  if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) throw store_in_use(path_, holder());
  char host[256] = {};
  ::gethostname(host, sizeof host - 1);
  auto const since = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch());
  auto const fence = holder().fence + 1;
  std::ostringstream note;
  note << fence << ' ' << ::getpid() << ' ' << since.count() << ' ' << host << '\n';
  auto const text = note.str();
  auto const written = ::pwrite(lock_, text.data(), text.size(), 0);
  bool const whole = written == static_cast<ssize_t>(text.size());
  if (!whole || ::ftruncate(lock_, written) != 0 || ::fsync(lock_) != 0) fail(path_);
  return {.fence = fence};
}

store_lease whole_file::open(std::chrono::system_clock::time_point now) {
  try {
    auto const lease = take_lease(now);
    records_ = load();
    return lease;
  } catch (...) {
    close();
    throw;
  }
}

void whole_file::close() {
  if (lock_ >= 0) ::close(lock_);
  lock_ = -1;
  records_.clear();
}

// --- The records

std::optional<bytes> whole_file::get(record_key const& key) {
  auto const found = records_.find(key);
  if (found == records_.end()) return {};
  return found->second;
}

std::vector<record> whole_file::scan(record_range const& range) {
  record_key const from(range.space, range.prefix);
  auto at = records_.lower_bound(from);
  record_key const behind(range.space, range.after.value_or(bytes()));
  if (range.after && behind >= from) at = records_.upper_bound(behind);
  std::vector<record> out;
  for (; at != records_.end() && out.size() < range.limit; ++at) {
    if (at->first.space != range.space || !begins_with(at->first.id, range.prefix)) break;
    out.emplace_back(at->first.id, at->second);
  }
  return out;
}

/// All of the batch or nothing: memory changes when the file has.
void whole_file::commit(write_batch const& batch, durability) {
  auto next = records_;
  for (auto const& one : batch.writes()) {
    record_key const key(one.space, one.id);
    if (one.what == record_write::kind::put)
      next[key] = one.value;
    else if (one.what == record_write::kind::erase)
      next.erase(key);
    else
      std::erase_if(next, [&](auto const& entry) { return entry.first.space == one.space; });
  }
  save(next);
  records_ = std::move(next);
}

// --- The file: "own 1", then the space, the id and the value of each record, and "end".

whole_file::records whole_file::load() const {
  records out;
  std::ifstream in(path_, std::ios::binary);
  if (!in) {
    if (std::filesystem::exists(path_)) fail(path_);
    return out;
  }
  std::string word;
  int version = 0;
  if (!(in >> word >> version) || word != "own") damaged(path_);
  if (version > 1) throw store_error(client_errc::newer_store, path_);
  int space = 0;
  while (in >> space) {
    record_key key(static_cast<record_space>(space), read_part(in, path_));
    out[key] = read_part(in, path_);
  }
  in.clear();
  if (!(in >> word) || word != "end") damaged(path_);
  return out;
}

void whole_file::save(records const& all) const {
  std::string text = "own 1\n";
  for (auto const& [key, value] : all) {
    text += std::to_string(static_cast<int>(key.space)) + " ";
    append(text, key.id);
    append(text += " ", value);
    text += "\n";
  }
  write_durably(path_ + ".new", text += "end\n");
  if (std::rename((path_ + ".new").c_str(), path_.c_str()) != 0) fail(path_);
  sync_folder_of(path_);
}
