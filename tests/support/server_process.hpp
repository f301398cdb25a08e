// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace mtp::test {

/// A port of TCP that nobody uses at the moment.
inline int free_port() {
  int const socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  bool const bound = ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(socket);
  if (!bound) throw std::runtime_error("no port to be had");
  return ntohs(address.sin_port);
}

/// A program of somebody else, run for a test as `user` when the test runs as root (some servers
/// refuse root), with what it says in a file. It does not outlive the test.
class server_process {
 public:
  server_process(std::vector<std::string> words, std::string const& user,
                 std::filesystem::path const& log) {
    std::vector<char*> arguments;
    for (auto& one : words) arguments.push_back(one.data());
    arguments.push_back(nullptr);
    auto const* who = ::geteuid() == 0 ? ::getpwnam(user.c_str()) : nullptr;
    process_ = ::fork();
    if (process_ < 0) throw std::runtime_error("no process to be had");
    if (process_ == 0) become(arguments.data(), who, log.c_str());
  }
  server_process(server_process&& from) noexcept : process_(std::exchange(from.process_, 0)) {}
  server_process& operator=(server_process&& from) noexcept {
    std::swap(process_, from.process_);
    return *this;
  }
  ~server_process() { end(SIGKILL); }

  pid_t process() const { return process_; }
  /// Waits for its end; what it ended with.
  int wait() {
    int status = -1;
    if (process_ > 0) ::waitpid(std::exchange(process_, 0), &status, 0);
    return status;
  }
  int end(int signal) {
    if (process_ > 0) ::kill(process_, signal);
    return wait();
  }

 private:
  /// In the child: only what is allowed behind fork() in a program with threads.
  [[noreturn]] static void become(char** arguments, passwd const* who, char const* log) {
    int const out = ::open(log, O_WRONLY | O_CREAT | O_APPEND, 0666);
    ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(out, STDERR_FILENO);
    if (who && (::setgid(who->pw_gid) != 0 || ::setuid(who->pw_uid) != 0)) ::_exit(126);
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    ::execvp(arguments[0], arguments);
    ::_exit(127);
  }

  pid_t process_ = 0;
};

}  // namespace mtp::test
