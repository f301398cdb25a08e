// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "support/catch.hpp"
#include "support/server_process.hpp"
#include "support/temporary_folder.hpp"

#include <libpq-fe.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <thread>

namespace mtp::test {

/// A server of PostgreSQL with a folder of its own, reached by a socket there, or by TCP.
class postgres_server {
 public:
  static constexpr char const* password = "only-for-tests";

  /// The folder of its programs, if it is installed: the newest of Debian, or what is in the path.
  static std::optional<std::string> programs() {
    std::optional<std::string> found;
    std::error_code none;
    for (auto const& one : std::filesystem::directory_iterator("/usr/lib/postgresql", none)) {
      auto const folder = (one.path() / "bin").string();
      bool const whole = std::filesystem::exists(folder + "/initdb") &&
                         std::filesystem::exists(folder + "/postgres");
      if (whole && (!found || folder > *found)) found = folder + "/";
    }
    if (!found && std::system("command -v initdb postgres >/dev/null") == 0) found = "";
    return found;
  }

  explicit postgres_server(std::string programs) : programs_(std::move(programs)) {
    std::ofstream(folder_ / "password") << password << "\n";
    if (auto const* who = ::getpwnam(user); ::geteuid() == 0 && who)
      for (auto const& one : {folder_.path(), folder_ / "password"})
        if (::chown(one.c_str(), who->pw_uid, who->pw_gid) != 0) fail();
    auto const data = (folder_ / "data").string();
    server_process making(
        {programs_ + "initdb", "-D", data, "-U", "mtp", "-A", "scram-sha-256", "--pwfile",
         (folder_ / "password").string(), "-N", "--locale=C", "-E", "UTF8"},
        user, folder_ / "log");
    if (making.wait() != 0) fail();
    start();
  }
  ~postgres_server() {
    if (server_) server_->end(SIGINT);
  }

  void start() {
    server_.emplace(server_process(
        {programs_ + "postgres", "-D", (folder_ / "data").string(), "-k", folder_.path().string(),
         "-c", "listen_addresses=127.0.0.1", "-p", port_, "-c", "max_connections=30"},
        user, folder_ / "log"));
    for (int i = 0; i < 600; ++i) {
      if (PQping(connection().c_str()) == PQPING_OK) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    fail();
  }
  /// Ends it as a crash does: what was not in its log of transactions is lost.
  void crash() {
    server_->end(SIGQUIT);
    server_.reset();
  }

  std::string connection(std::string const& words = password,
                         std::string const& database = "postgres") const {
    return connection_by(folder_.path().string(), words, database);
  }
  int port() const { return std::stoi(port_); }
  /// By what listens on that port of this machine instead.
  std::string connection_through(int port) const {
    return "host=127.0.0.1 port=" + std::to_string(port) +
           " user=mtp dbname=postgres password=" + password;
  }
  std::string connection_by_tcp() const { return connection_by("127.0.0.1", password, "postgres"); }

  /// Executes statements past the store; the first value that the last of them gave.
  std::string run(std::string const& statements) const {
    std::unique_ptr<PGconn, void (*)(PGconn*)> at(PQconnectdb(connection().c_str()), PQfinish);
    std::unique_ptr<PGresult, void (*)(PGresult*)> said(PQexec(at.get(), statements.c_str()),
                                                        PQclear);
    auto const how = PQresultStatus(said.get());
    if (how != PGRES_TUPLES_OK && how != PGRES_COMMAND_OK)
      throw std::runtime_error(PQerrorMessage(at.get()));
    return PQntuples(said.get()) > 0 ? PQgetvalue(said.get(), 0, 0) : "";
  }

 private:
  static constexpr char const* user = "postgres";

  std::string connection_by(std::string const& host, std::string const& words,
                            std::string const& database) const {
    return "host=" + host + " port=" + port_ + " user=mtp dbname=" + database +
           " password=" + words;
  }

  [[noreturn]] void fail() const {
    std::ifstream in(folder_ / "log");
    throw std::runtime_error("PostgreSQL does not start: " +
                             std::string(std::istreambuf_iterator<char>(in), {}));
  }

  std::string programs_;
  std::string port_ = std::to_string(free_port());
  temporary_folder folder_;
  std::optional<server_process> server_;
};

/// The server of all tests of a program; none where PostgreSQL is not installed, which is a failure
/// in CI.
inline postgres_server* postgres() {
  static auto const programs = postgres_server::programs();
  if (!programs) {
    if (std::getenv("CI")) FAIL("the server of PostgreSQL is not installed, and this is CI");
    WARN("left out: the server of PostgreSQL is not installed (package postgresql)");
    return nullptr;
  }
  static postgres_server server(*programs);
  return &server;
}

}  // namespace mtp::test
