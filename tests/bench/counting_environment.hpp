// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <support/forwarding_environment.hpp>

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
class counting_environment final : public test::forwarding_environment {
 public:
  byte_count const& count() const noexcept { return count_; }

  task<std::unique_ptr<byte_stream>> connect(asio::any_io_executor strand,
                                             asio::ip::tcp::endpoint to) override {
    auto plain = co_await forwarding_environment::connect(std::move(strand), to);
    co_return std::make_unique<counting_stream>(std::move(plain), count_);
  }

 private:
  byte_count count_;
};

}  // namespace mtp::bench
