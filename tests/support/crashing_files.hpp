// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/file_system.hpp>

#include <map>
#include <memory>
#include <set>
#include <utility>

namespace mtp::test {

/// A file system in memory that knows what is durable and what is not yet, and goes wrong at a
/// chosen step: with an error (half of a write is done first), or by the end of the process.
class crashing_files final : public file_system {
 public:
  struct crash {};
  enum class trouble { none, error, crash };
  /// What is left of names and contents when the machine comes back.
  enum class aftermath { killed, power_cut, names_before_contents };

  /// From now on the step number `at` (the first is 0) goes wrong.
  void fail(trouble how, int at) { how_ = how, at_ = at, step_ = 0; }
  int steps() const { return step_; }

  /// Comes back after the crash. Leases are gone.
  void restart(aftermath what) {
    how_ = trouble::none;
    held_.clear();
    if (what == aftermath::power_cut) names_ = durable_names_;
    if (what != aftermath::killed) {
      for (auto& [name, file] : names_) file->content = file->durable;
    }
  }

  bool exists(path const& file) const { return names_.contains(file); }
  bytes& content(path const& file) { return names_.at(file)->content; }
  void put(path const& file, bytes content) {
    names_[file] = std::make_shared<inode>(inode{content, content});
    durable_names_ = names_;
  }

  result<std::optional<bytes>> read(path const& file, std::size_t) override {
    if (goes_wrong()) return broken();
    auto found = names_.find(file);
    if (found == names_.end()) return std::optional<bytes>();
    return std::optional<bytes>(found->second->content);
  }
  result<void> create(path const& file) override {
    if (goes_wrong()) return broken();
    names_[file] = std::make_shared<inode>();
    return {};
  }
  result<void> write(path const& file, bytes_view data) override {
    bool const wrong = is_due();
    append(names_.at(file)->content, wrong ? data.first(data.size() / 2) : data);
    if (goes_wrong()) return broken();
    return {};
  }
  result<void> sync(path const& file) override {
    if (goes_wrong()) return broken();
    names_.at(file)->durable = names_.at(file)->content;
    return {};
  }
  result<void> rename(path const& from, path const& to) override {
    if (goes_wrong()) return broken();
    names_[to] = names_.at(from);
    names_.erase(from);
    return {};
  }
  result<void> sync_folder(path const&) override {
    if (goes_wrong()) return broken();
    durable_names_ = names_;
    return {};
  }
  void remove(path const& file) noexcept override { names_.erase(file); }
  result<std::unique_ptr<lease>> lock(path const& file, std::string_view) override {
    if (goes_wrong()) return broken();
    if (!held_.insert(file).second)
      return failure{std::make_error_code(std::errc::device_or_resource_busy)};
    return std::unique_ptr<lease>(std::make_unique<held>(held_, file));
  }

 private:
  struct inode {
    bytes content = {};
    bytes durable = {};
  };
  struct held final : lease {
    held(std::set<path>& all, path name) : all_(all), name_(std::move(name)) {}
    ~held() override { all_.erase(name_); }
    std::set<path>& all_;
    path name_;
  };

  bool is_due() const { return how_ != trouble::none && step_ == at_; }
  bool goes_wrong() {
    bool const due = is_due();
    ++step_;
    if (due && how_ == trouble::crash) throw crash();
    return due;
  }
  static failure<std::error_code> broken() {
    return {std::make_error_code(std::errc::no_space_on_device)};
  }

  std::map<path, std::shared_ptr<inode>> names_;
  std::map<path, std::shared_ptr<inode>> durable_names_;
  std::set<path> held_;
  trouble how_ = trouble::none;
  int at_ = 0;
  int step_ = 0;
};

}  // namespace mtp::test
