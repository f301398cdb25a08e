// SPDX-License-Identifier: MIT OR Apache-2.0
#include "child_process.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <cerrno>
#include <csignal>
#include <system_error>
#include <thread>

namespace demo {
namespace {

constexpr auto moment = std::chrono::milliseconds(10);

int code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

/// Runs in the child, which may do no more than this between fork and exec.
[[noreturn]] void become(std::string const& program, int log,
                         std::vector<char*> const& environment) {
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGTERM);  // it does not outlive the demo, however that ends
#endif
  dup2(log, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  char* const arguments[] = {const_cast<char*>(program.c_str()), nullptr};
  execve(program.c_str(), arguments, environment.data());
  _exit(127);
}

}  // namespace

child_process::child_process(std::string const& program,
                             std::vector<std::string> const& environment, std::string const& log) {
  std::vector<char*> all;
  for (auto const& entry : environment) all.push_back(const_cast<char*>(entry.c_str()));
  for (char** entry = environ; *entry; ++entry) all.push_back(*entry);
  all.push_back(nullptr);
  int const file = open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) throw std::system_error(errno, std::generic_category(), log);
  id_ = fork();
  if (id_ == 0) become(program, file, all);
  int const problem = errno;
  close(file);
  if (id_ < 0) throw std::system_error(problem, std::generic_category(), program);
}

child_process::~child_process() { stop(std::chrono::seconds(2)); }

std::optional<int> child_process::ended() {
  int status = 0;
  if (!code_ && waitpid(id_, &status, WNOHANG) == id_) code_ = code_of(status);
  return code_;
}

int child_process::stop(std::chrono::milliseconds timeout) {
  auto const end = std::chrono::steady_clock::now() + timeout;
  if (!ended()) kill(id_, SIGINT);
  while (!ended()) {
    if (std::chrono::steady_clock::now() > end) kill(id_, SIGKILL);
    std::this_thread::sleep_for(moment);
  }
  return *code_;
}

}  // namespace demo
