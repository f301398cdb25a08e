// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/transfer_control.hpp"
#include "transfer/part_patience.hpp"
#include "transfer/sink.hpp"

#include <mtp/tl/received.hpp>
#include <mtp/tl/types/FileHash.hpp>
#include <mtp/types/remote_file.hpp>

#include <cstdint>

namespace mtp::MTP_ABI::detail {

class client_core;

/// What another life of the program has left of a download: says how much of it is right, by the
/// hashes that the server has of the file.
///
/// Threads: belongs to the strand. Lifetime: what it is made with outlives it.
class kept_part {
 public:
  kept_part(client_core& core, transfer_control& control, remote_file const& file,
            transfer::sink& in, int dc)
      : core_(core), control_(control), file_(file), in_(in), dc_(dc) {}

  /// How many of the first `there` bytes are known to be right: all before the first that are not.
  ///
  /// Cancellation: terminal. Errors: as download_driver::run().
  task<std::uint64_t> verified(std::uint64_t there);
  /// Where the file is.
  int dc() const noexcept { return dc_; }

 private:
  using hashes = received<tl::list<tl::fileHash>>;

  task<std::uint64_t> verified_by(hashes all, std::uint64_t from, std::uint64_t there);
  task<bool> is_right(tl::fileHash const* hash);
  task<hashes> hashes_from(std::uint64_t offset);
  bool is_elsewhere(transfer::part_patience::verdict const& said);

  client_core& core_;
  transfer_control& control_;
  remote_file const& file_;
  transfer::sink& in_;
  int dc_;
  transfer::part_patience patience_ = transfer::part_patience();
};

}  // namespace mtp::MTP_ABI::detail
