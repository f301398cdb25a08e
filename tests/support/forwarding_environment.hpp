// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/byte_stream.hpp>
#include <mtp/core/environment.hpp>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace mtp::test {

/// The real environment; what a test wants otherwise it overrides.
class forwarding_environment : public environment {
 public:
  moment now() const noexcept override { return real_.now(); }
  random_source& random() noexcept override { return real_.random(); }
  std::unique_ptr<wait_timer> make_timer(asio::any_io_executor strand) override {
    return real_.make_timer(std::move(strand));
  }
  task<std::vector<asio::ip::tcp::endpoint>> resolve(asio::any_io_executor strand, std::string host,
                                                     std::uint16_t port) override {
    return real_.resolve(std::move(strand), std::move(host), port);
  }
  task<std::unique_ptr<byte_stream>> connect(asio::any_io_executor strand,
                                             asio::ip::tcp::endpoint to) override {
    return real_.connect(std::move(strand), std::move(to));
  }
  std::unique_ptr<byte_listener> listen(asio::any_io_executor strand,
                                        asio::ip::tcp::endpoint at) override {
    return real_.listen(std::move(strand), std::move(at));
  }
  task<> run_on_worker(asio::any_io_executor strand, std::function<void()> work) override {
    return real_.run_on_worker(std::move(strand), std::move(work));
  }

 private:
  environment& real_ = real_environment();
};

}  // namespace mtp::test
