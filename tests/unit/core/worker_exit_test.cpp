// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/environment.hpp>
#include <support/catch.hpp>
#include <support/run.hpp>

#include <asio/this_coro.hpp>
#include <openssl/crypto.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>

using namespace mtp;

namespace {

constexpr int openssl_was_gone = 9;

/// Ends with its thread, and asks there whether OpenSSL still works.
struct last_look {
  ~last_look() {
    if (!OPENSSL_init_crypto(OPENSSL_INIT_LOAD_CRYPTO_STRINGS, nullptr)) _exit(openssl_was_gone);
  }
};

/// What takes random numbers leaves something of OpenSSL's in its thread.
void use_openssl() {
  thread_local last_look const at_end;
  static_cast<void>(at_end);
  std::array<std::uint8_t, 8> some = {};
  system_random().fill(some);
  REQUIRE(OPENSSL_init_crypto(OPENSSL_INIT_LOAD_CRYPTO_STRINGS, nullptr) == 1);
}

/// The end of this program once more, with the hidden test `tag` alone.
int exit_code_of(std::string tag) {
  std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
  char* const arguments[] = {self.data(), tag.data(), nullptr};
  pid_t process = 0;
  REQUIRE(::posix_spawn(&process, self.c_str(), nullptr, nullptr, arguments, environ) == 0);
  int status = 0;
  REQUIRE(::waitpid(process, &status, 0) == process);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("a worker is the first to use OpenSSL", "[.worker_exit]") {
  auto body = []() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    std::function<void()> const work = use_openssl;
    co_await real_environment().run_on_worker(executor, work);
  };
  test::run(body());
}

TEST_CASE("workers end before OpenSSL does", "[core][environment]") {
  CHECK(exit_code_of("[.worker_exit]") == 0);
}
