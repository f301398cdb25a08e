// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "schedule.hpp"

#include <mtp/core/async_event.hpp>
#include <mtp/core/environment.hpp>
#include <mtp/testing/network.hpp>

#include <deque>

namespace mtp::MTP_ABI::testing {

class memory_listener;

/// Connections in memory, under the clock of a schedule.
///
/// Lifetime: outlives what it gave out; the arguments outlive it.
class memory_network {
 public:
  using endpoint = asio::ip::tcp::endpoint;

  memory_network(environment& around, random_source& dice) : around_(around), dice_(dice) {}

  task<std::vector<asio::ip::tcp::endpoint>> resolve(std::string host, std::uint16_t port);
  task<std::unique_ptr<byte_stream>> connect(asio::any_io_executor strand, endpoint to);
  std::unique_ptr<byte_listener> listen(asio::any_io_executor strand, endpoint at);

  network_plan& plan() noexcept { return plan_; }
  fault_counts const& faults() const noexcept { return faults_; }
  std::size_t connections() const noexcept { return connections_; }
  std::uint64_t digest() const noexcept { return digest_; }
  void watch(std::function<void(std::string_view)> observer) { observer_ = std::move(observer); }

  // What connections report.
  moment now() const noexcept { return around_.now(); }
  void note(std::size_t connection, std::string_view what, bytes_view data = {});
  void count(network_fault what) { ++faults_[static_cast<std::size_t>(what)]; }
  void forget(endpoint at) { listeners_.erase(at); }

 private:
  task<> travel(asio::any_io_executor strand, duration span);
  memory_listener* listener_at(endpoint to) const;

  environment& around_;
  random_source& dice_;
  network_plan plan_;
  std::map<endpoint, memory_listener*> listeners_;
  std::function<void(std::string_view)> observer_;
  fault_counts faults_ = {};
  std::size_t connections_ = 0;
  std::uint64_t digest_ = 0xcbf29ce484222325;
  std::uint16_t next_port_ = 20'000;
};

}  // namespace mtp::MTP_ABI::testing
