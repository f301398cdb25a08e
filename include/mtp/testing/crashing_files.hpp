// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/file_system.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <system_error>

namespace mtp::MTP_ABI::testing {

/// A file system in memory that knows what is durable and what is not yet, and goes wrong at a
/// chosen step: with an error (half of a write is done first), or by the end of the process.
///
/// Lifetime: outlives what is opened in it. Threads: an owner at a time.
class MTP_API crashing_files final : public file_system {
 public:
  /// Thrown where the process ends; from there on nothing has any effect until restart().
  struct crash {};
  enum class trouble { none, error, crash };
  /// What is left of names and contents when the machine comes back.
  enum class aftermath {
    killed,                 ///< only the process died
    power_cut,              ///< what was not made durable is lost
    names_before_contents,  ///< names are as they were, contents only as far as they are durable
    torn,                   ///< of what was added to a file without a sync, the first half is there
    torn_first,             ///< of that the second half is there, behind zeros
  };

  /// From now on the step number `at` (the first is 0) goes wrong.
  void fail(trouble how, int at) { how_ = how, at_ = at, step_ = 0; }
  /// From now on every step that changes something fails with `why`, and those that read work;
  /// nothing: all of them work again. Permission that is denied concerns reading too.
  void refuse(std::optional<std::errc> why) { refused_ = why; }
  /// How many bytes the disk has for contents; a write that finds no room fails half done.
  void set_room(std::uint64_t bytes_in_all) { room_ = bytes_in_all; }
  int steps() const noexcept { return step_; }

  /// Comes back after the crash. Leases are gone.
  void restart(aftermath what);

  bool exists(path const& name) const { return names_.contains(name); }
  bytes& content(path const& name);
  void put(path const& name, bytes content);

  result<std::optional<bytes>> read(path const& name, std::size_t limit) override;
  result<std::unique_ptr<file>> open(path const& name) override;
  result<std::unique_ptr<file>> create(path const& name) override;
  result<void> rename(path const& from, path const& to) override;
  result<void> sync_folder(path const& folder) override;
  void remove(path const& name) noexcept override;
  result<std::unique_ptr<lease>> lock(path const& name) override;

 private:
  struct inode;
  class open_file;
  class held_lease;
  using inodes = std::map<path, std::shared_ptr<inode>>;

  std::optional<std::error_code> step(bool changes);
  result<void> write(inode& to, std::uint64_t at, bytes_view data);
  bool is_due() const { return how_ != trouble::none && step_ == at_; }
  bool is_at(inode const& one, path const& name) const;
  std::uint64_t used() const;

  inodes names_;
  inodes durable_names_;
  trouble how_ = trouble::none;
  int at_ = 0;
  int step_ = 0;
  bool dead_ = false;
  std::uint64_t lives_ = 0;
  std::optional<std::errc> refused_;
  std::uint64_t room_ = UINT64_MAX;
};

}  // namespace mtp::MTP_ABI::testing
