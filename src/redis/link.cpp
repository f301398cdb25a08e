// SPDX-License-Identifier: MIT OR Apache-2.0
#include "redis/link.hpp"

#include <mtp/storage/store_error.hpp>

#include <hiredis/hiredis.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <new>
#include <utility>

namespace mtp::MTP_ABI::redis {
namespace {

timeval to_timeval(duration span) {
  auto const all =
      std::max(std::chrono::ceil<std::chrono::microseconds>(span), std::chrono::microseconds(1));
  auto const whole = std::chrono::floor<std::chrono::seconds>(all);
  return {.tv_sec = whole.count(), .tv_usec = (all - whole).count()};
}

int seconds_of(duration span) {
  using seconds = std::chrono::duration<int>;
  return std::max(std::chrono::ceil<seconds>(span).count(), 1);
}

/// What the system does not know is left out.
void keep_alive(int socket, duration vanished) {
  auto const set = [socket](int level, int name, int value) {
    (void)::setsockopt(socket, level, name, &value, sizeof value);
  };
  set(SOL_SOCKET, SO_KEEPALIVE, 1);
#ifdef TCP_KEEPIDLE
  set(IPPROTO_TCP, TCP_KEEPIDLE, seconds_of(vanished * 2 / 5));
  set(IPPROTO_TCP, TCP_KEEPINTVL, seconds_of(vanished / 5));
  set(IPPROTO_TCP, TCP_KEEPCNT, 3);
#endif
#ifdef TCP_USER_TIMEOUT
  set(IPPROTO_TCP, TCP_USER_TIMEOUT, 1000 * seconds_of(vanished));
#endif
}

/// hiredis writes in a way that ends the process when the other side is gone. Here the signal is
/// taken out again.
class without_sigpipe {
 public:
  without_sigpipe() {
    sigset_t pending;
    ::sigemptyset(&pipe_);
    ::sigaddset(&pipe_, SIGPIPE);
    ::sigpending(&pending);
    was_pending_ = ::sigismember(&pending, SIGPIPE) == 1;
    ::pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  without_sigpipe(without_sigpipe const&) = delete;
  without_sigpipe& operator=(without_sigpipe const&) = delete;
  ~without_sigpipe() {
    timespec const now{};
    while (!was_pending_ && ::sigtimedwait(&pipe_, nullptr, &now) < 0 && errno == EINTR) {}
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t pipe_{};
  sigset_t before_{};
  bool was_pending_ = false;
};

/// What the system would say, for refusals of the server that mean the same.
std::error_code system_reason(std::string_view refusal) {
  constexpr std::array<std::pair<std::string_view, std::errc>, 4> known{
      {{"OOM ", std::errc::not_enough_memory},
       {"READONLY ", std::errc::read_only_file_system},
       {"NOPERM ", std::errc::permission_denied},
       {"NOAUTH ", std::errc::permission_denied}}};
  for (auto const& [word, why] : known)
    if (refusal.starts_with(word)) return std::make_error_code(why);
  return {};
}

}  // namespace

// --- Answers

void answer::free(redisReply* raw) {
  if (raw) freeReplyObject(raw);
}

bool answer::is_nothing() const { return !raw_ || raw_->type == REDIS_REPLY_NIL; }

bool answer::is_error() const { return raw_ && raw_->type == REDIS_REPLY_ERROR; }

std::string answer::text() const {
  if (raw_ && raw_->type == REDIS_REPLY_INTEGER) return std::to_string(raw_->integer);
  return std::string(as_text(blob()));
}

bytes_view answer::blob() const {
  bool const has_text =
      raw_ && (raw_->type == REDIS_REPLY_STRING || raw_->type == REDIS_REPLY_STATUS || is_error());
  if (!has_text) return {};
  return {reinterpret_cast<std::uint8_t const*>(raw_->str), static_cast<std::size_t>(raw_->len)};
}

std::size_t answer::size() const {
  return raw_ && raw_->type == REDIS_REPLY_ARRAY ? raw_->elements : 0;
}

answer answer::at(std::size_t index) const {
  return answer(owner_, index < size() ? raw_->element[index] : nullptr);
}

// --- Connections

link::link(redis_options const& to, std::string const& place)
    : to_(&to), place_(&place), raw_(nullptr, finish) {
  connect();
  usable_ = true;
  introduce();
}

void link::finish(redisContext* raw) { redisFree(raw); }

std::string link::shown(std::string text) const {
  auto const& word = to_->password.reveal();
  if (word.empty()) return text;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word))
    text.replace(at, word.size(), "(the password)");
  return text;
}

void link::fail(int code) {
  usable_ = false;
  bool const late = code == EAGAIN || code == EWOULDBLOCK || code == ETIMEDOUT;
  throw store_error(
      client_errc::storage, *place_,
      std::make_error_code(late ? std::errc::timed_out : std::errc::connection_reset));
}

void link::connect() {
  auto const soon = to_timeval(std::min(to_->connect_patience, to_->patience));
  raw_.reset(to_->path.empty() ? redisConnectWithTimeout(to_->host.c_str(), to_->port, soon)
                               : redisConnectUnixWithTimeout(to_->path.c_str(), soon));
  if (!raw_) throw std::bad_alloc();
  if (raw_->err) throw store_error(client_errc::storage, *place_, std::string(raw_->errstr));
  redisSetTimeout(raw_.get(), to_timeval(to_->patience));
  if (to_->path.empty()) keep_alive(raw_->fd, to_->vanished);
}

void link::introduce() {
  auto const& password = to_->password.reveal();
  if (!to_->user.empty())
    run({"AUTH", to_->user, password});
  else if (!password.empty())
    run({"AUTH", password});
  auto const database = std::to_string(to_->database);
  run({"SELECT", database});
}

answer link::run(words const& command) {
  send(command);
  auto said = receive();
  check(said);
  return said;
}

void link::send(words const& command) {
  std::vector<char const*> addresses;
  std::vector<std::size_t> sizes;
  for (auto const word : command) {
    addresses.push_back(word.empty() ? "" : word.data());
    sizes.push_back(word.size());
  }
  if (!usable_) fail(ECONNRESET);
  int const queued = redisAppendCommandArgv(raw_.get(), static_cast<int>(command.size()),
                                            addresses.data(), sizes.data());
  if (queued != REDIS_OK) fail(ENOMEM);
}

answer link::receive() {
  if (!usable_) fail(ECONNRESET);
  void* raw = nullptr;
  int code = 0;
  {
    without_sigpipe const quiet;
    errno = 0;
    int const got = redisGetReply(raw_.get(), &raw);
    code = got == REDIS_OK ? 0 : (errno ? errno : ECONNRESET);
  }
  if (code) fail(code);
  return answer(static_cast<redisReply*>(raw));
}

void link::check(answer const& said) const {
  if (!said.is_error()) return;
  auto const text = said.text();
  if (auto const reason = system_reason(text))
    throw store_error(client_errc::storage, *place_, reason);
  bool const damaged = text.starts_with("WRONGTYPE ");
  throw store_error(damaged ? client_errc::bad_session_file : client_errc::storage, *place_,
                    shown(text));
}

bool link::is_quiet() const {
  if (!usable_) return false;
  pollfd one{.fd = raw_->fd, .events = POLLIN, .revents = 0};
  return ::poll(&one, 1, 0) == 0;
}

}  // namespace mtp::MTP_ABI::redis
