// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/environment.hpp>

#include <memory>
#include <utility>

namespace mtp::bench {

/// How many bytes went each way.
struct byte_count {
  std::size_t out = 0;
  std::size_t in = 0;
};

/// A connection whose bytes are counted.
class counting_stream final : public byte_stream {
 public:
  counting_stream(std::unique_ptr<byte_stream> inner, byte_count& count)
      : inner_(std::move(inner)), count_(count) {}

  std::size_t read_some(mutable_bytes to, std::error_code& failed) noexcept override {
    return counted(count_.in, inner_->read_some(to, failed));
  }
  std::size_t write_some(bytes_view from, std::error_code& failed) noexcept override {
    return counted(count_.out, inner_->write_some(from, failed));
  }
  task<> readable() override { return inner_->readable(); }
  std::size_t unread() const noexcept override { return inner_->unread(); }
  std::size_t unconfirmed() noexcept override { return inner_->unconfirmed(); }
  task<> writable() override { return inner_->writable(); }
  void end_writing() noexcept override { inner_->end_writing(); }
  void close() noexcept override { inner_->close(); }

 private:
  static std::size_t counted(std::size_t& sum, std::size_t more) {
    sum += more;
    return more;
  }

  std::unique_ptr<byte_stream> inner_;
  byte_count& count_;
};

/// The real environment, except that it counts the bytes of all connections together.
class counting_environment final : public environment {
 public:
  byte_count const& count() const noexcept { return count_; }

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
    auto plain = co_await real_.connect(std::move(strand), to);
    co_return std::make_unique<counting_stream>(std::move(plain), count_);
  }
  std::unique_ptr<byte_listener> listen(asio::any_io_executor strand,
                                        asio::ip::tcp::endpoint at) override {
    return real_.listen(std::move(strand), at);
  }
  task<> run_on_worker(asio::any_io_executor strand, std::function<void()> work) override {
    return real_.run_on_worker(std::move(strand), std::move(work));
  }

 private:
  environment& real_ = real_environment();
  byte_count count_;
};

}  // namespace mtp::bench
