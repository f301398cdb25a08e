// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/client_core.hpp"
#include "client/transfer_control.hpp"
#include "crypto/md5_sum.hpp"
#include "transfer/source.hpp"
#include "transfer/upload_machine.hpp"
#include "transfer/upload_record.hpp"

#include <mtp/core/async_event.hpp>
#include <mtp/core/task_scope.hpp>
#include <mtp/types/uploaded_file.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace mtp::MTP_ABI::detail {

/// What an upload was asked to do; owns its texts.
struct upload_order {
  std::shared_ptr<transfer::source> from = {};
  std::string name = {};
  std::string mime_type = {};
  bool resumable = true;
};

/// One file on its way up: does what an upload_machine decides.
///
/// Threads: belongs to the strand. Lifetime: `core` and `control` outlive it, and it its run().
class upload_driver {
 public:
  upload_driver(client_core& core, transfer_control& control, upload_order order);
  upload_driver(upload_driver const&) = delete;
  upload_driver& operator=(upload_driver const&) = delete;
  ~upload_driver() { order_.from->close(); }

  /// Cancellation: terminal. Errors: those of the source; transfer_errc::empty_file,
  /// file_too_large, file_changed; rpc_error when the server refuses for good; client_closed.
  task<uploaded_file> run();

 private:
  using machine = transfer::upload_machine;

  task<> attempt();
  task<> begin();
  task<> look_for_earlier(transfer::upload_plan plan);
  task<std::optional<transfer::upload_record>> earlier_of(transfer::upload_record wanted);
  task<bool> has_same_head(transfer::upload_record const* as);
  task<> note_parts();
  std::uint64_t bytes_saved(transfer::upload_plan const& plan) const;
  task<> direct(task_scope& scope);
  task<> read_part(std::size_t size);
  void look_at(bytes_view content);
  slice request_for(machine::send what);
  task<> send_part(machine::send what);
  task<bool> try_part(slice whole);
  void on_saved(std::int32_t part, std::size_t size);
  uploaded_file outcome();

  client_core& core_;
  transfer_control& control_;
  upload_order order_;
  int dc_ = 0;
  std::int64_t file_id_ = 0;
  std::unique_ptr<machine> machine_ = {};
  std::map<std::int32_t, bytes> parts_ = {};  ///< read, and not sent yet
  std::int32_t parts_read_ = 0;
  std::uint64_t size_ = 0;
  crypto::md5_sum md5_ = {};
  transfer::upload_record record_ = {};  ///< while it can be gone on with: its parts are counted
  int parts_unstored_ = 0;
  bool is_storing_ = false;
  bool is_resumed_ = false;
  strand_event changed_;
};

}  // namespace mtp::MTP_ABI::detail
