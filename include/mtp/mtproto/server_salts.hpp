// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/random.hpp>
#include <mtp/mtproto/salts.hpp>

#include <chrono>

namespace mtp::MTP_ABI::mtproto {

/// The salts that a data centre gives out, one after the other. Several keys may share one.
/// Threads: not thread-safe; it belongs to the strand of its driver.
class MTP_API server_salts {
 public:
  /// Lifetime: `random` must outlive the schedule.
  explicit server_salts(random_source& random,
                        std::chrono::seconds period = std::chrono::minutes(30));

  /// The salt of this second of the server's clock.
  std::int64_t current(std::int64_t now);
  /// True for the current salt and the one before.
  bool accepts(std::int64_t salt, std::int64_t now);
  /// The current salt and those to come, at most `count` (1 to 64) in all.
  std::vector<server_salt> future(std::int32_t count, std::int64_t now);
  /// Accepts `salt`, as agreed in a key exchange, for as long as a salt lasts.
  void adopt(std::int64_t salt, std::int64_t now);
  /// Replaces the salt of this second; it and all earlier ones are accepted no more. Those to come
  /// stay.
  void forget_present(std::int64_t now);
  /// Throws all salts away, so that everybody must be told.
  void rotate(std::int64_t now);

 private:
  void extend(std::int64_t until, std::int64_t now);
  std::size_t index_of(std::int64_t now);

  random_source& random_;
  std::chrono::seconds period_;
  std::vector<server_salt> schedule_;  // by valid_since, one every period
  std::vector<server_salt> adopted_;
};

}  // namespace mtp::MTP_ABI::mtproto
