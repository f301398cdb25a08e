// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/client/status_stream.hpp>
#include <mtp/events/client_change.hpp>

#include <deque>
#include <optional>
#include <system_error>

namespace mtp::MTP_ABI::detail {

/// Makes events of the steps in the life of a client. Decides; performs nothing and reads no clock.
class life_cycle_reader {
 public:
  struct event {
    client_change_kind kind = client_change_kind::connected;
    std::error_code why = {};
    bool operator==(event const&) const = default;
  };

  /// What is the case when the events begin: it is none itself.
  explicit life_cycle_reader(status_change const& now);

  void on_change(status_change const& now);
  std::optional<event> take();

 private:
  enum class login : std::uint8_t { unknown, none, good };

  void note_key(bool suspect);
  void note_connection(status_change const& now);
  void note_login(status_change const& now);
  void note_end_of_login(login before, std::error_code why);
  void add(client_change_kind kind, std::error_code why = {}) { events_.push_back({kind, why}); }

  client_status last_;
  login login_ = login::unknown;
  bool frozen_ = false;
  bool key_suspect_ = false;
  std::deque<event> events_;
};

}  // namespace mtp::MTP_ABI::detail
