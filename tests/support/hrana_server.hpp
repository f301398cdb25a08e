// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "support/catch.hpp"
#include "support/server_process.hpp"
#include "support/temporary_folder.hpp"

#include <mtp/libsql/libsql_records.hpp>

#include <sqlite3.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <thread>

namespace mtp::test {

/// Our stand-in for a server of libSQL: hrana_server.py, over a database in a folder of its own.
class hrana_server {
 public:
  static constexpr char const* token = "only-for-tests";

  explicit hrana_server(std::string certificate = {}) : certificate_(std::move(certificate)) {
    std::filesystem::permissions(folder_.path(), std::filesystem::perms::all);
    start();
  }
  ~hrana_server() {
    if (server_) server_->end(SIGTERM);
  }

  void start() {
    std::filesystem::remove(folder_ / "log");
    std::vector<std::string> words{"python3",  "-B",      MTP_HRANA_SERVER,      "--database",
                                   database(), "--port",  std::to_string(port_), "--token",
                                   token,      "--fault", fault_file()};
    if (!certificate_.empty()) words.insert(words.end(), {"--certificate", certificate_});
    server_.emplace(std::move(words), "root", folder_ / "log");
    for (int i = 0; i < 600; ++i) {
      if (log().find("port") != std::string::npos) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    throw std::runtime_error("the server of libSQL does not start: " + log());
  }
  void crash() {
    server_->end(SIGKILL);
    server_.reset();
  }
  /// Stops it where it is, and lets it go on.
  void signal(int number) const { ::kill(server_->process(), number); }
  /// Spoils the next request that contains `word`; "cut_before", "garbage" and so on.
  void spoil(std::string const& kind, std::string const& word = {}) const {
    std::ofstream(folder_ / "fault.new") << kind << ' ' << word;
    std::filesystem::rename(folder_ / "fault.new", fault_file());
  }
  bool is_spoilt_still() const { return std::filesystem::exists(fault_file()); }

  std::string url() const {
    return (certificate_.empty() ? "http://127.0.0.1:" : "https://127.0.0.1:") +
           std::to_string(port_);
  }
  libsql_options options(std::string account) const {
    libsql_options out;
    out.url = url();
    out.token = std::string(token);
    out.account = std::move(account);
    return out;
  }
  std::string database() const { return (folder_ / "database").string(); }
  std::string file(std::string const& name) const { return (folder_.path() / name).string(); }

  /// What a statement gave in its first column, past the store.
  std::string run(std::string const& sql) const { return run_sql(database(), sql); }

  static std::string run_sql(std::string const& path, std::string const& sql) {
    sqlite3* raw = nullptr;
    sqlite3_open(path.c_str(), &raw);
    std::unique_ptr<sqlite3, int (*)(sqlite3*)> const at(raw, sqlite3_close);
    sqlite3_busy_timeout(raw, 5000);
    std::string out;
    auto const take = [](void* to, int, char** values, char**) {
      *static_cast<std::string*>(to) = values[0] ? values[0] : "";
      return 0;
    };
    char* said = nullptr;
    if (sqlite3_exec(raw, sql.c_str(), take, &out, &said) != SQLITE_OK) out = said ? said : "?";
    sqlite3_free(said);
    return out;
  }

 private:
  std::string fault_file() const { return (folder_ / "fault").string(); }
  std::string log() const {
    std::ifstream in(folder_ / "log");
    return std::string(std::istreambuf_iterator<char>(in), {});
  }

  temporary_folder folder_;
  std::string certificate_;
  int port_ = free_port();
  std::optional<server_process> server_;
};

/// Python has to be there, which is a failure in CI otherwise.
inline bool has_python() {
  static bool const there = std::system("python3 -c 'import sqlite3' >/dev/null 2>&1") == 0;
  if (!there) {
    if (std::getenv("CI")) FAIL("Python with sqlite3 is not installed, and this is CI");
    WARN("left out: Python with sqlite3 is not installed");
  }
  return there;
}

/// The server of all tests of a program.
inline hrana_server* hrana() {
  if (!has_python()) return nullptr;
  static hrana_server server;
  return &server;
}

}  // namespace mtp::test
