// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/random.hpp>

#include <support/catch.hpp>

#include <core/random_block.hpp>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <thread>

#if __has_include(<sys/wait.h>)
#include <sys/wait.h>
#include <unistd.h>
#endif

using namespace mtp;

namespace {

using number = std::array<std::uint8_t, 16>;

/// A source whose bytes count up and are never zero.
std::uint8_t next_byte = 0;
unsigned draws = 0;
void count_up(mutable_bytes out) {
  ++draws;
  for (auto& byte : out) {
    next_byte = static_cast<std::uint8_t>(next_byte % 251 + 1);
    byte = next_byte;
  }
}

void no_entropy(mutable_bytes) { throw std::runtime_error("none"); }

std::size_t zeros(bytes_view data) {
  return static_cast<std::size_t>(std::ranges::count(data, std::uint8_t{0}));
}

}  // namespace

TEST_CASE("a random block hands each byte out once, in order, and wipes it", "[core][random]") {
  random_block block;
  next_byte = 0;
  draws = 0;
  std::uint8_t expected = 0;
  std::size_t handed_out = 0;
  for (std::size_t size = 0; handed_out + size <= random_block::size; ++size) {
    bytes out(size);
    block.fill(out, count_up, 0);
    for (auto const byte : out) {
      expected = static_cast<std::uint8_t>(expected % 251 + 1);
      REQUIRE(byte == expected);
    }
    handed_out += size;
    REQUIRE(zeros(block.memory()) == (handed_out == 0 ? random_block::size : handed_out));
    if (size == 0) block.fill({}, count_up, 0);
  }
  CHECK(draws <= 2);
}

TEST_CASE("a random block draws anew when too little is left", "[core][random]") {
  random_block block;
  draws = 0;
  bytes out(random_block::max_request);
  for (std::size_t i = 0; i < random_block::size / out.size(); ++i) block.fill(out, count_up, 0);
  CHECK(draws == 1);
  CHECK(zeros(block.memory()) == random_block::size);
  block.fill(out, count_up, 0);
  CHECK(draws == 2);
}

TEST_CASE("a random block throws away what was drawn before a fork", "[core][random]") {
  random_block block;
  bytes out(8);
  block.fill(out, count_up, 0);
  random_block child = block;
  bytes of_child(8);
  draws = 0;
  block.fill(out, count_up, 0);
  CHECK(draws == 0);
  child.fill(of_child, count_up, 1);
  CHECK(draws == 1);
  CHECK(of_child != out);
  CHECK(zeros(child.memory()) == 8);
}

TEST_CASE("a random block without entropy stays empty", "[core][random]") {
  random_block block;
  bytes out(8);
  CHECK_THROWS_AS(block.fill(out, no_entropy, 0), std::runtime_error);
  draws = 0;
  block.fill(out, count_up, 0);
  CHECK(draws == 1);
  CHECK_THROWS_AS(block.fill(out, no_entropy, 1), std::runtime_error);
  CHECK(zeros(block.memory()) == random_block::size);
}

TEST_CASE("the system's random numbers differ, in all threads and at all lengths",
          "[core][random]") {
  constexpr std::size_t threads = 4;
  constexpr std::size_t each = 2000;
  std::array<std::vector<number>, threads> drawn;
  {
    std::vector<std::jthread> running;
    for (auto& mine : drawn) {
      running.emplace_back([&mine] {
        for (std::size_t i = 0; i < each; ++i) mine.push_back(system_random().make<number>());
      });
    }
  }
  std::set<number> all;
  for (auto const& mine : drawn) all.insert(mine.begin(), mine.end());
  CHECK(all.size() == threads * each);
  bytes longer(3 * random_block::size);
  system_random().fill(longer);
  CHECK(zeros(longer) < longer.size() / 100);
}

#if __has_include(<sys/wait.h>)
TEST_CASE("a child process has other random numbers than its parent", "[core][random]") {
  (void)system_random().make<number>();  // there is a block, and something left in it
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  pid_t const child = fork();
  REQUIRE(child >= 0);
  auto const mine = system_random().make<number>();
  if (child == 0) {
    bool const written = write(ends[1], mine.data(), mine.size()) == std::ssize(mine);
    _exit(written ? 0 : 1);
  }
  number of_child = {};
  REQUIRE(read(ends[0], of_child.data(), of_child.size()) == std::ssize(of_child));
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  CHECK(of_child != mine);
  close(ends[0]);
  close(ends[1]);
}
#endif
