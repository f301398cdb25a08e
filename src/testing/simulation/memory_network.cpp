// SPDX-License-Identifier: MIT OR Apache-2.0
#include "memory_network.hpp"

#include "memory_connection.hpp"

#include <asio/error.hpp>
#include <fmt/format.h>

#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

std::uint64_t mixed(std::uint64_t digest, bytes_view data) {
  for (auto const byte : data) digest = (digest ^ byte) * 0x100000001b3;
  return digest;
}

bytes_view bytes_of(std::uint64_t const& number) {
  return {reinterpret_cast<std::uint8_t const*>(&number), sizeof number};
}

}  // namespace

/// Connections that were made and not yet accepted.
class memory_listener final : public byte_listener {
 public:
  using endpoint = memory_network::endpoint;

  memory_listener(memory_network& net, environment& around, asio::any_io_executor strand,
                  endpoint at)
      : net_(net), around_(around), strand_(strand), at_(at), arrived_(around, strand) {}
  ~memory_listener() override { stop(); }

  endpoint address() const override { return at_; }

  task<std::unique_ptr<byte_stream>> accept() override {
    while (!closed_ && waiting_.empty()) co_await arrived_.wait();
    if (closed_) throw std::system_error(asio::error::operation_aborted);
    auto first = std::move(waiting_.front());
    waiting_.pop_front();
    co_return std::move(first);
  }
  void close() noexcept override {
    stop();
    arrived_.notify();
  }

  void admit(std::shared_ptr<memory_connection> one) {
    one->attach(side::server, around_, strand_);
    waiting_.push_back(make_memory_stream(std::move(one), side::server));
    arrived_.notify();
  }

 private:
  void stop() noexcept {
    if (!std::exchange(closed_, true)) net_.forget(at_);
    waiting_.clear();
  }

  memory_network& net_;
  environment& around_;
  asio::any_io_executor strand_;
  endpoint at_;
  async_event arrived_;
  std::deque<std::unique_ptr<byte_stream>> waiting_;
  bool closed_ = false;
};

void memory_network::note(std::size_t connection, std::string_view what, bytes_view data) {
  auto const when = std::chrono::nanoseconds(now().steady.time_since_epoch()).count();
  digest_ = mixed(digest_, bytes_of(static_cast<std::uint64_t>(when)));
  digest_ = mixed(digest_, bytes_of(connection));
  digest_ = mixed(mixed(digest_, as_bytes(what)), data);
  if (observer_)
    observer_(fmt::format("{} us, connection {}: {}, {} bytes", when / 1000, connection, what,
                          data.size()));
}

task<std::vector<asio::ip::tcp::endpoint>> memory_network::resolve(std::string host,
                                                                   std::uint16_t port) {
  std::vector<endpoint> out;
  std::error_code not_an_address;
  auto const address = asio::ip::make_address(host, not_an_address);
  auto const named = plan_.names.find(host);
  if (!not_an_address) out.emplace_back(address, port);
  if (named != plan_.names.end()) {
    for (auto const& each : named->second) out.emplace_back(each, port);
  }
  if (out.empty()) throw std::system_error(asio::error::host_not_found);
  co_return out;
}

memory_listener* memory_network::listener_at(endpoint to) const {
  auto const found = listeners_.find(to);
  return found == listeners_.end() ? nullptr : found->second;
}

/// The time that a packet takes on its way.
task<> memory_network::travel(asio::any_io_executor strand, duration span) {
  return pause(around_, std::move(strand), span);
}

task<std::unique_ptr<byte_stream>> memory_network::connect(asio::any_io_executor strand,
                                                           endpoint to) {
  bool const filtered = plan_.filtered && plan_.filtered(to);
  async_event never(around_, strand);
  while (filtered) co_await never.wait();
  co_await travel(strand, plan_.to_server.delay);
  auto* const there = listener_at(to);
  std::shared_ptr<memory_connection> made;
  if (there) {
    auto const number = connections_++;
    auto faults = plan_.faults ? plan_.faults(number, to) : std::vector<planned_fault>();
    made = std::make_shared<memory_connection>(*this, dice_, number, std::move(faults));
    made->attach(side::client, around_, strand);
    note(number, "connected");
    there->admit(made);
  }
  co_await travel(strand, plan_.to_client.delay);
  if (!made) throw std::system_error(asio::error::connection_refused);
  co_return make_memory_stream(std::move(made), side::client);
}

std::unique_ptr<byte_listener> memory_network::listen(asio::any_io_executor strand, endpoint at) {
  if (at.port() == 0) at.port(next_port_++);
  if (listeners_.contains(at)) throw std::system_error(asio::error::address_in_use);
  auto made = std::make_unique<memory_listener>(*this, around_, std::move(strand), at);
  listeners_[at] = made.get();
  return made;
}

}  // namespace mtp::MTP_ABI::testing
