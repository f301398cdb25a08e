// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The tests that every store passes, on the store of this folder; any framework could run them.
#include "whole_file.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/core/error.hpp>
#include <mtp/testing/record_store_suite.hpp>

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <asio/this_coro.hpp>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iostream>

void run(mtp::task<> work) {
  asio::io_context loop;
  std::exception_ptr failed;
  asio::co_spawn(loop, std::move(work), [&](std::exception_ptr e) { failed = e; });
  loop.run();
  if (failed) std::rethrow_exception(failed);
}

std::shared_ptr<mtp::record_store> own_records(std::string path) {
  return mtp::worker_records(std::make_unique<whole_file>(std::move(path)));
}

mtp::task<> open(std::shared_ptr<mtp::record_store> store) {
  auto const strand = co_await asio::this_coro::executor;
  auto work = store->open(mtp::real_environment(), strand);
  co_await std::move(work);
  co_await store->close();
}

/// What is no store is refused, and stays as it is.
bool refuses_damage(std::string const& path) {
  std::string const damaged = "own 1\n14 3 abc";
  std::ofstream(path) << damaged << std::flush;
  try {
    run(open(own_records(path)));
    return false;
  } catch (mtp::store_error const& e) {
    std::ifstream in(path);
    std::string const left(std::istreambuf_iterator<char>(in), {});
    return e.code() == mtp::client_errc::bad_session_file && left == damaged;
  }
}

int main() {
  std::string pattern = (std::filesystem::temp_directory_path() / "own-store-XXXXXX").string();
  std::filesystem::path const folder = ::mkdtemp(pattern.data());
  int failures = 0;
  int places = 0;
  // [suite]
  for (auto const& check : mtp::testing::record_store_suite()) {
    auto const path = (folder / ("store" + std::to_string(++places))).string();
    try {
      run(check.run(mtp::real_environment(), [path] { return own_records(path); }));
    } catch (std::exception const& e) {
      std::cerr << check.name << ": " << e.what() << "\n";
      ++failures;
    }
  }
  // [/suite]
  if (!refuses_damage((folder / "damaged").string())) ++failures;
  std::filesystem::remove_all(folder);
  std::cout << places << " checks, " << failures << " failed\n";
  return failures == 0 ? 0 : 1;
}
