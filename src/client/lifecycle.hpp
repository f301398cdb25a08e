// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/client/status_stream.hpp>
#include <mtp/core/refusal.hpp>

#include <set>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// Makes one status out of everything that is known of a client: its home connection, its updates,
/// its account. Decides; performs nothing and reads no clock.
class lifecycle {
 public:
  // The connection to the home data centre.
  void on_connecting();
  /// A valid encrypted packet came.
  void on_established();
  /// The connection is gone, or an attempt failed; the next one follows.
  void on_disconnected(std::error_code why);
  /// The same, and the next attempt waits longer than usual because the server wants it.
  void on_suspended(std::error_code why);
  void on_key_suspect(bool suspect);

  // The account.
  void on_signed_in();
  void on_signed_out(std::error_code why);
  /// The server saw somebody else use the key: nobody is signed in, for that reason until somebody
  /// is again.
  void on_key_duplicated();
  /// The server refuses a call of `method`, which lives as long as the program, because the account
  /// is frozen.
  void on_frozen(std::string_view method, refusal_reason why);
  /// The server answered a call of `method`: one that it refuses to frozen accounts shows that this
  /// one no longer is.
  void on_answered(std::string_view method);

  // The updates.
  void on_updating(bool updating);

  /// What is the case now.
  status_change const& now() const noexcept { return now_; }

  /// The number that the next change will have.
  std::uint64_t next_number() const noexcept { return first_ + changes_.size(); }
  /// The change `number`, or the oldest that is still kept; moves `number` behind it. Empty when
  /// there is none yet.
  std::optional<status_change> take(std::uint64_t& number) const;

  static constexpr std::size_t max_kept = 64;

 private:
  enum class connection : std::uint8_t { offline, connecting, established, suspended };
  void settle();
  void thaw();
  client_status derive() const;

  connection connection_ = connection::offline;
  bool signed_out_ = false;
  bool frozen_ = false;
  std::set<std::string_view> frozen_methods_;
  bool updating_ = false;
  bool key_suspect_ = false;
  std::error_code connection_error_ = {};
  std::error_code login_error_ = {};
  status_change now_ = {};
  std::vector<status_change> changes_;
  std::uint64_t first_ = 0;  ///< the number of changes_.front()
};

}  // namespace mtp::MTP_ABI::detail
