// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/crashing_files.hpp>

#include <algorithm>
#include <atomic>
#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

failure<std::error_code> as_failure(std::error_code why) { return {why}; }
failure<std::error_code> as_failure(std::errc why) { return {std::make_error_code(why)}; }

/// Every change has a number of its own.
std::int64_t next_change() {
  static std::atomic<std::int64_t> last = 0;
  return ++last;
}

}  // namespace

struct crashing_files::inode {
  std::int64_t changed = next_change();
  bytes content = {};
  bytes durable = {};
  std::size_t changed_from = 0;    ///< what is before is durable
  std::uint64_t held_in_life = 0;  ///< a lease of that life of the process holds it; 0: none

  void fall_back(aftermath what);
  void touch(std::size_t from) {
    changed_from = std::min(changed_from, from);
    changed = next_change();
  }
  void sync() {
    durable.resize(std::min(changed_from, durable.size()));
    append(durable, bytes_view(content).subspan(durable.size()));
    changed_from = content.size();
  }
  /// What a sync that fails leaves: the system takes it for written, and does not write it again.
  void forget() {
    durable.resize(std::min(changed_from, durable.size()));
    durable.resize(content.size());
    changed_from = content.size();
  }
};

/// What a power cut leaves.
void crashing_files::inode::fall_back(aftermath what) {
  bool const torn = what == aftermath::torn || what == aftermath::torn_first;
  if (!torn || content.size() <= durable.size()) {
    content = durable;
    return;
  }
  auto const added = static_cast<std::ptrdiff_t>(content.size() - durable.size());
  auto const middle = content.end() - added / 2;
  if (what == aftermath::torn) {
    content.erase(middle, content.end());
  } else {
    std::fill(content.end() - added, middle, std::uint8_t{0});
  }
  std::ranges::copy(durable, content.begin());
}

class crashing_files::open_file final : public file_system::file {
 public:
  open_file(crashing_files& files, std::shared_ptr<inode> one)
      : files_(files), one_(std::move(one)) {}

  result<std::uint64_t> size() override {
    if (auto const wrong = files_.step(false)) return as_failure(*wrong);
    return std::uint64_t{one_->content.size()};
  }
  result<void> read(std::uint64_t at, mutable_bytes into) override {
    if (auto const wrong = files_.step(false)) return as_failure(*wrong);
    auto const& content = one_->content;
    if (at > content.size() || into.size() > content.size() - at)
      return as_failure(std::errc::io_error);
    std::copy_n(content.begin() + static_cast<std::ptrdiff_t>(at), into.size(), into.begin());
    return {};
  }
  result<void> write(std::uint64_t at, bytes_view data) override {
    return files_.write(*one_, at, data);
  }
  result<void> truncate(std::uint64_t size) override {
    if (auto const wrong = files_.step(true)) return as_failure(*wrong);
    one_->content.resize(static_cast<std::size_t>(size));
    one_->touch(one_->content.size());
    return {};
  }
  result<void> sync() override {
    if (auto const wrong = files_.step(true)) {
      one_->forget();
      return as_failure(*wrong);
    }
    one_->sync();
    return {};
  }
  bool is_at(path const& name) override { return files_.is_at(*one_, name); }
  std::optional<std::int64_t> change_time() override { return one_->changed; }

 private:
  crashing_files& files_;
  std::shared_ptr<inode> one_;
};

class crashing_files::held_lease final : public file_system::lease {
 public:
  held_lease(crashing_files& files, std::shared_ptr<inode> one, path name)
      : files_(files), one_(std::move(one)), name_(std::move(name)) {
    one_->held_in_life = life_;
  }
  ~held_lease() override {
    if (one_->held_in_life == life_) one_->held_in_life = 0;
  }

  result<bytes> note() override {
    if (auto const wrong = files_.step(false)) return as_failure(*wrong);
    return one_->content;
  }
  result<void> set_note(bytes_view note) override {
    one_->content.clear();
    one_->touch(0);
    return files_.write(*one_, 0, note);
  }
  bool is_in_place() override { return files_.is_at(*one_, name_); }

 private:
  crashing_files& files_;
  std::shared_ptr<inode> one_;
  path name_;
  std::uint64_t life_ = files_.lives_ + 1;
};

/// Who asks for it may change it.
bytes& crashing_files::content(path const& name) {
  auto& one = *names_.at(name);
  one.changed = next_change();
  return one.content;
}

void crashing_files::restart(aftermath what) {
  how_ = trouble::none;
  dead_ = false;
  ++lives_;
  for (auto* const names : {&names_, &durable_names_})
    for (auto& [name, one] : *names) one->held_in_life = 0;
  if (what == aftermath::killed) return;  // the system has what it had, durable or not
  if (what != aftermath::names_before_contents) names_ = durable_names_;
  for (auto& [name, one] : names_) {
    one->fall_back(what);
    one->touch(0);
    one->sync();
  }
  durable_names_ = names_;
}

void crashing_files::put(path const& name, bytes content) {
  names_[name] = std::make_shared<inode>(inode{.content = content, .durable = content});
  durable_names_ = names_;
}

/// Counts a step; what it fails with, if it does.
std::optional<std::error_code> crashing_files::step(bool changes) {
  if (dead_) throw crash();
  bool const due = is_due();
  ++step_;
  if (due && how_ == trouble::crash) {
    dead_ = true;
    throw crash();
  }
  if (due) return std::make_error_code(std::errc::io_error);
  bool const concerned = changes || refused_ == std::errc::permission_denied;
  if (refused_ && concerned) return std::make_error_code(*refused_);
  return {};
}

result<void> crashing_files::write(inode& to, std::uint64_t at, bytes_view data) {
  if (dead_) throw crash();
  auto const end = static_cast<std::size_t>(at) + data.size();
  auto const more = end - std::min(end, to.content.size());
  bool const full = more > room_ - std::min(room_, used());
  bool const refused = refused_.has_value();
  auto const done = refused ? data.first(0) : is_due() || full ? data.first(data.size() / 2) : data;
  auto const start = static_cast<std::size_t>(at);
  to.touch(start);
  if (to.content.size() < start + done.size()) to.content.resize(start + done.size());
  std::ranges::copy(done, to.content.begin() + static_cast<std::ptrdiff_t>(start));
  if (auto const wrong = step(true)) return as_failure(*wrong);
  if (full) return as_failure(std::errc::no_space_on_device);
  return {};
}

std::uint64_t crashing_files::used() const {
  std::uint64_t sum = 0;
  for (auto const& [name, one] : names_) sum += one->content.size();
  return sum;
}

bool crashing_files::is_at(inode const& one, path const& name) const {
  auto const found = names_.find(name);
  return found != names_.end() && found->second.get() == &one;
}

result<std::optional<bytes>> crashing_files::read(path const& name, std::size_t limit) {
  if (auto const wrong = step(false)) return as_failure(*wrong);
  auto const found = names_.find(name);
  if (found == names_.end()) return std::optional<bytes>();
  if (found->second->content.size() > limit) return as_failure(std::errc::file_too_large);
  return std::optional<bytes>(found->second->content);
}

result<std::unique_ptr<file_system::file>> crashing_files::open(path const& name) {
  if (auto const wrong = step(false)) return as_failure(*wrong);
  auto const found = names_.find(name);
  if (found == names_.end()) return as_failure(std::errc::no_such_file_or_directory);
  return std::unique_ptr<file>(std::make_unique<open_file>(*this, found->second));
}

result<std::unique_ptr<file_system::file>> crashing_files::create(path const& name) {
  if (auto const wrong = step(true)) return as_failure(*wrong);
  auto const made = std::make_shared<inode>();
  names_[name] = made;
  return std::unique_ptr<file>(std::make_unique<open_file>(*this, made));
}

result<void> crashing_files::rename(path const& from, path const& to) {
  if (auto const wrong = step(true)) return as_failure(*wrong);
  names_[to] = names_.at(from);
  names_.erase(from);
  return {};
}

result<void> crashing_files::sync_folder(path const&) {
  if (auto const wrong = step(true)) return as_failure(*wrong);
  durable_names_ = names_;
  return {};
}

void crashing_files::remove(path const& name) noexcept {
  if (!dead_ && !refused_) names_.erase(name);
}

result<std::unique_ptr<file_system::lease>> crashing_files::lock(path const& name) {
  bool const there = names_.contains(name);
  if (auto const wrong = step(!there)) return as_failure(*wrong);
  auto& one = names_[name];
  if (!one) one = std::make_shared<inode>();
  if (one->held_in_life != 0) return as_failure(std::errc::device_or_resource_busy);
  return std::unique_ptr<lease>(std::make_unique<held_lease>(*this, one, name));
}

}  // namespace mtp::MTP_ABI::testing
