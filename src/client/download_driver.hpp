// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/client_core.hpp"
#include "client/transfer_control.hpp"
#include "transfer/download_machine.hpp"
#include "transfer/sink.hpp"

#include <mtp/core/async_event.hpp>
#include <mtp/core/task_scope.hpp>
#include <mtp/tl/received.hpp>
#include <mtp/types/remote_file.hpp>

#include <map>
#include <memory>

namespace mtp::MTP_ABI::detail {

struct download_order {
  remote_file from;
  std::shared_ptr<transfer::sink> to;
  bool resumable = true;
};

/// One file on its way down: does what a download_machine decides.
///
/// Threads: belongs to the strand. Lifetime: `core` and `control` outlive it, and it its run().
class download_driver {
 public:
  download_driver(client_core& core, transfer_control& control, download_order order);
  download_driver(download_driver const&) = delete;
  download_driver& operator=(download_driver const&) = delete;
  ~download_driver();

  /// How many bytes the file has.
  ///
  /// Cancellation: terminal. Errors: those of the sink; transfer_errc::bad_file_part,
  /// file_too_large; rpc_error when the server refuses for good; client_closed.
  task<std::uint64_t> run();

 private:
  using machine = transfer::download_machine;
  using part_content = received<tl::upload::File>;

  task<> begin();
  task<std::uint64_t> open_sink();
  task<std::uint64_t> go_on_with_kept();
  task<> keep_what_is_there();
  task<> direct(task_scope& scope);
  task<> ask_for(machine::ask what);
  task<bool> try_part(machine::ask what, slice whole);
  void on_arrived(machine::ask what, part_content content);
  bool is_elsewhere(transfer::part_patience::verdict const& said);
  task<> write(std::int64_t part);

  client_core& core_;
  transfer_control& control_;
  download_order order_;
  int dc_ = 0;
  machine machine_;
  bytes identity_ = {};  ///< of the file, as the record has it
  std::uint64_t written_ = 0;
  std::map<std::int64_t, part_content> parts_ = {};  ///< here, and not written yet
  strand_event changed_;
};

}  // namespace mtp::MTP_ABI::detail
