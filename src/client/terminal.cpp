// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/terminal.hpp"

#include <mtp/core/wipe.hpp>

#include <asio/bind_executor.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <asio/redirect_error.hpp>
#include <asio/signal_set.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

/// Keeps a terminal from showing what is typed, but for the end of the line.
class echo_off {
 public:
  explicit echo_off(int terminal) : terminal_(terminal) {
    known_ = ::tcgetattr(terminal_, &before_) == 0;
    if (!known_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    quiet.c_lflag |= static_cast<tcflag_t>(ECHONL);
    ::tcsetattr(terminal_, TCSANOW, &quiet);
  }
  echo_off(echo_off const&) = delete;
  echo_off& operator=(echo_off const&) = delete;
  ~echo_off() {
    if (known_) ::tcsetattr(terminal_, TCSANOW, &before_);
  }

 private:
  int terminal_;
  bool known_ = false;
  termios before_ = {};
};

/// A wait for input, which a signal ends. What it reads from stays in its own mode: other programs
/// share that.
struct input_wait {
  asio::posix::stream_descriptor input;
  bool interrupted = false;

  input_wait(asio::any_io_executor const& strand, int from) : input(strand) {
    int const own = ::dup(from);
    if (own < 0) throw std::system_error(errno, std::generic_category(), "the terminal");
    input.assign(own);
  }
  void interrupt() {
    interrupted = true;
    input.cancel();
  }
};

/// Files are always ready, and no system waits for them.
bool is_ready(std::error_code failed) {
  return !failed || failed == asio::error::operation_not_supported ||
         failed == std::errc::operation_not_permitted;
}

}  // namespace

std::string harmless(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const c = static_cast<unsigned char>(text[i]);
    auto const next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
    bool const c1 = c == 0xc2 && next >= 0x80 && next < 0xa0;
    bool const command = (c < 0x20 && c != '\n') || c == 0x7f || c1;
    if (c1) ++i;
    out += command ? '?' : static_cast<char>(c);
  }
  return out;
}

terminal::~terminal() { wipe({reinterpret_cast<std::uint8_t*>(held_.data()), held_.size()}); }

void terminal::show(std::string_view text) const {
  auto const shown = harmless(text);
  std::string_view rest = shown;
  while (!rest.empty()) {
    auto const written = ::write(output_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

task<> terminal::wait_for_input() {
  auto const strand = co_await asio::this_coro::executor;
  auto const waiting = std::make_shared<input_wait>(strand, input_);
  asio::signal_set signals(strand, SIGINT, SIGTERM);
  auto const on_signal = [waiting](std::error_code failed, int) {
    if (!failed) waiting->interrupt();
  };
  signals.async_wait(asio::bind_executor(strand, on_signal));
  std::error_code failed;
  co_await waiting->input.async_wait(asio::posix::stream_descriptor::wait_read,
                                     asio::redirect_error(asio::use_awaitable, failed));
  if (waiting->interrupted) failed = asio::error::operation_aborted;
  if (!is_ready(failed)) throw std::system_error(failed, "the terminal");
}

task<std::optional<secret<std::string>>> terminal::read_line(bool hidden) {
  std::optional<echo_off> quiet;
  if (hidden) quiet.emplace(input_);
  for (;;) {
    auto line = take_line();
    if (line) co_return line;
    co_await wait_for_input();
    if (read_some()) continue;
    if (size_ > 0) line = take(size_, size_);
    co_return line;
  }
}

/// A line that is longer than any is cut there.
std::optional<secret<std::string>> terminal::take_line() {
  auto const end =
      std::find(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(size_), '\n');
  auto const length = static_cast<std::size_t>(end - held_.begin());
  if (length < size_) return take(length, length + 1);
  if (size_ == held_.size()) return take(size_, size_);
  return std::nullopt;
}

secret<std::string> terminal::take(std::size_t length, std::size_t with_end) {
  secret<std::string> out(std::string(held_.data(), length));
  std::memmove(held_.data(), held_.data() + with_end, size_ - with_end);
  size_ -= with_end;
  wipe({reinterpret_cast<std::uint8_t*>(held_.data()) + size_, held_.size() - size_});
  return out;
}

/// False at the end; so is a terminal that was hung up.
bool terminal::read_some() {
  auto const got = ::read(input_, held_.data() + size_, held_.size() - size_);
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return true;
  if (got < 0 && errno != EIO)
    throw std::system_error(errno, std::generic_category(), "the terminal");
  if (got > 0) size_ += static_cast<std::size_t>(got);
  return got > 0;
}

}  // namespace mtp::MTP_ABI::detail
