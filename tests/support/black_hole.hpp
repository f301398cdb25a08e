// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace mtp::test {

/// A way to a server on this machine, by TCP, which can become a black hole: whatever goes in is
/// swallowed then, in both directions, and connections are accepted and never answered.
class black_hole {
 public:
  explicit black_hole(int server_port) : server_port_(server_port) {
    auto address = local(0);
    bool const listens =
        ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
        ::listen(listener_, 16) == 0;
    socklen_t size = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    if (!listens) throw std::runtime_error("a proxy cannot listen");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { run(); });
  }
  black_hole(black_hole const&) = delete;
  black_hole& operator=(black_hole const&) = delete;
  ~black_hole() {
    ended_ = true;
    thread_.join();
    forget();
    ::close(listener_);
  }

  int port() const noexcept { return port_; }
  /// The other side hears nothing any more; with `parted` the server sees the connections end.
  void swallow(bool parted = false) {
    std::lock_guard const lock(guard_);
    swallows_ = true;
    for (auto& one : ways_) {
      if (parted) ::close(std::exchange(one.second, -1));
    }
  }
  /// New connections get through again.
  void heal() {
    std::lock_guard const lock(guard_);
    swallows_ = false;
    forget();
  }

 private:
  static sockaddr_in local(int port) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_port = htons(static_cast<std::uint16_t>(port));
    out.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return out;
  }
  void forget() {
    for (auto const& one : ways_) ::close(one.first), ::close(one.second);
    ways_.clear();
  }
  void accept() {
    int const client = ::accept(listener_, nullptr, nullptr);
    int server = -1;
    if (!swallows_) {
      server = ::socket(AF_INET, SOCK_STREAM, 0);
      auto address = local(server_port_);
      if (::connect(server, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        ::close(std::exchange(server, -1));
    }
    ways_.emplace_back(client, server);
  }
  bool pass(int from, int to) const {
    std::array<char, 65536> buffer{};
    auto const got = ::recv(from, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got <= 0) return false;
    if (swallows_ || to < 0) return true;
    return ::send(to, buffer.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL) == got;
  }
  static bool is_ready(int socket) {
    pollfd one{.fd = socket, .events = POLLIN, .revents = 0};
    return socket >= 0 && ::poll(&one, 1, 0) > 0;
  }
  void move() {
    std::lock_guard const lock(guard_);
    if (is_ready(listener_)) accept();
    std::erase_if(ways_, [this](auto const& one) {
      bool const ends = (is_ready(one.first) && !pass(one.first, one.second)) ||
                        (is_ready(one.second) && !pass(one.second, one.first));
      if (ends && !swallows_) ::close(one.first), ::close(one.second);
      return ends && !swallows_;
    });
  }
  void run() {
    while (!ended_) {
      move();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }

  int server_port_;
  int port_ = 0;
  int listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
  std::mutex guard_;
  bool swallows_ = false;
  std::vector<std::pair<int, int>> ways_;  ///< client and server, or -1
  std::atomic<bool> ended_ = false;
  std::thread thread_;
};

}  // namespace mtp::test
