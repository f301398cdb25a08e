// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "support/catch.hpp"
#include "support/run.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/storage/store_error.hpp>
#include <mtp/testing/record_store_suite.hpp>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace mtp::test {

/// This program once more, running the hidden test `tag`, which calls hold_store() with the store
/// at held_path(). A process of its own: threads do not survive fork().
class store_holder {
 public:
  store_holder(std::string tag, std::filesystem::path const& path) {
    REQUIRE(::pipe(pipe_) == 0);
    ::setenv("MTP_HELD_STORE", path.c_str(), 1);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, pipe_[1], STDIN_FILENO);
    std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
    char* const arguments[] = {self.data(), tag.data(), nullptr};
    REQUIRE(::posix_spawn(&process_, self.c_str(), &actions, nullptr, arguments, environ) == 0);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(pipe_[1]);
  }
  store_holder(store_holder const&) = delete;
  store_holder& operator=(store_holder const&) = delete;
  ~store_holder() {
    kill();
    ::close(pipe_[0]);
  }

  pid_t process() const { return process_; }
  /// Waits until so many commits have ended there.
  void wait_for_commits(int count) {
    char said = 0;
    while (commits_ < count && ::read(pipe_[0], &said, 1) == 1) ++commits_;
    REQUIRE(commits_ >= count);
  }
  /// How many commits had ended when it was killed.
  int kill() {
    if (process_ > 0) {
      ::kill(process_, SIGKILL);
      ::waitpid(process_, nullptr, 0);
      process_ = 0;
      for (char said = 0; ::read(pipe_[0], &said, 1) == 1;) ++commits_;
    }
    return commits_;
  }

 private:
  int pipe_[2] = {};
  pid_t process_ = 0;
  int commits_ = 0;
};

inline std::string held_path() { return std::getenv("MTP_HELD_STORE"); }

inline record_key count_key() { return record_key(record_space::values, bytes{'n'}); }

/// Opens the store and commits, one after the other, until the process dies.
inline task<> hold_store(std::shared_ptr<record_store> store) {
  auto const strand = co_await asio::this_coro::executor;
  co_await store->open(real_environment(), strand);
  for (int i = 1;; ++i) {
    auto const text = std::to_string(i);
    write_batch batch;
    batch.put(record_space::values, count_key().id, bytes(text.begin(), text.end()));
    co_await store->commit(std::move(batch));
    (void)!::write(STDIN_FILENO, "x", 1);
  }
}

inline task<> expect_held(std::shared_ptr<record_store> store, store_holder const& by) {
  auto const strand = co_await asio::this_coro::executor;
  store_holder const* const other = &by;
  try {
    co_await store->open(real_environment(), strand);
    FAIL("two processes hold one store");
  } catch (store_in_use const& e) {
    std::string host(256, '\0');
    ::gethostname(host.data(), host.size() - 1);
    CHECK(e.code() == client_errc::session_in_use);
    CHECK(e.holder().process == other->process());
    CHECK(e.holder().host == host.c_str());
    auto const age = std::chrono::system_clock::now() - e.holder().since;
    CHECK(age >= std::chrono::seconds(0));
    CHECK(age < std::chrono::hours(1));
  }
}

/// Opens at once, or within the grace, what a dead process held, and finds what it had committed.
task<> inline expect_taken_over(std::shared_ptr<record_store> store, int committed,
                                lease_options how) {
  auto const strand = co_await asio::this_coro::executor;
  auto const lease = co_await store->open(real_environment(), strand, how);
  CHECK(lease.fence == 2);
  auto key = count_key();
  auto const found = co_await store->get(std::move(key));
  REQUIRE(found);
  int const count = std::stoi(std::string(as_text(*found)));
  CHECK(count >= committed);
  CHECK(count <= committed + 1);
  co_await store->close();
}

/// Of two processes on one place one works; the second takes over when the first is killed. A
/// server may need the grace to see that its client is dead.
inline void check_two_processes(std::string const& tag, std::filesystem::path const& path,
                                testing::record_store_factory const& make, lease_options how = {}) {
  store_holder first(tag, path);
  first.wait_for_commits(20);
  run(expect_held(make(), first));
  first.wait_for_commits(40);  // it was not disturbed
  int const committed = first.kill();
  run(expect_taken_over(make(), committed, how));
}

}  // namespace mtp::test
