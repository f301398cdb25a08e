// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/task.hpp>

#include <optional>
#include <string>

namespace mtp::MTP_ABI::detail {

class client_core;

/// What the store keeps of one transfer, so that another life of the program goes on with it. A
/// store that fails costs that, and not the transfer.
///
/// Threads: belongs to the strand. Lifetime: `core` outlives it. Cancellation of its members:
/// terminal. Errors: none.
class transfer_record {
 public:
  explicit transfer_record(client_core& core) : core_(core) {}

  /// Of a file at that place. `way` tells uploads from downloads.
  void name(char way, std::string const& place);
  bool has_name() const noexcept { return !name_.empty(); }
  /// Whether the store has it.
  bool is_there() const noexcept { return is_there_; }

  task<std::optional<bytes>> read();
  task<> write(bytes content);
  task<> erase();

 private:
  task<> set(std::optional<bytes> content);
  void note_failure();

  client_core& core_;
  std::string name_ = {};
  bool is_there_ = false;
};

}  // namespace mtp::MTP_ABI::detail
