// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "byte_pipe.hpp"
#include "fault_line.hpp"
#include "memory_network.hpp"

#include <mtp/core/async_event.hpp>
#include <mtp/core/environment.hpp>

#include <array>
#include <utility>

namespace mtp::MTP_ABI::testing {

/// The two ends of one connection.
enum class side : std::size_t { client, server };
constexpr side other(side one) { return one == side::client ? side::server : side::client; }

/// One connection; both of its ends share it.
class memory_connection {
 public:
  /// Lifetime: `net` and `dice` outlive it.
  memory_connection(memory_network& net, random_source& dice, std::size_t number,
                    std::vector<planned_fault> const& faults);

  /// Says on which strand an end lives.
  void attach(side who, environment& around, asio::any_io_executor strand);

  std::size_t read_some(side who, mutable_bytes to, std::error_code& failed);
  std::size_t unread(side who) const;
  std::size_t unconfirmed(side who) const;
  std::size_t write_some(side who, bytes_view from, std::error_code& failed);
  task<> readable(side who);
  task<> writable(side who);
  void end_writing(side who);
  void close(side who);

 private:
  /// What one end knows; `out` is the way from here to the other.
  struct end_point {
    end_point(link_terms terms, std::vector<planned_fault> faults, random_source& dice)
        : out(terms), line(std::move(faults), dice) {}
    byte_pipe out;
    fault_line line;
    std::unique_ptr<async_event> readable;
    std::unique_ptr<async_event> writable;
    std::error_code broken;  ///< why nothing works here any more
  };
  end_point& at(side who) { return ends_[static_cast<std::size_t>(who)]; }
  end_point const& at(side who) const { return ends_[static_cast<std::size_t>(who)]; }
  bool can_read(side who);
  bool can_write(side who);
  void fail(std::error_code why);
  void break_by(planned_fault const& fault, side writer);
  void wake(side who);

  memory_network& net_;
  std::size_t number_;
  std::array<end_point, 2> ends_;
};

std::unique_ptr<byte_stream> make_memory_stream(std::shared_ptr<memory_connection> of, side who);

}  // namespace mtp::MTP_ABI::testing
