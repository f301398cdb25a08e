// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/libsql/libsql_records.hpp>

#include <string>

namespace mtp::MTP_ABI::libsql {

/// Where records are kept, as options that were read say it.
class target {
 public:
  enum class kind { server, file, memory };

  /// Errors: throws error with client_errc::bad_argument.
  explicit target(libsql_options said);

  kind what() const noexcept { return kind_; }
  /// Of a file.
  std::string const& path() const noexcept { return path_; }
  /// Of a server: scheme, host and port, without a slash at the end.
  std::string const& address() const noexcept { return address_; }
  bool is_encrypted() const { return address_.starts_with("https:"); }
  libsql_options const& said() const noexcept { return said_; }
  /// What errors say of it.
  std::string const& place() const noexcept { return place_; }
  /// A text of the server on one line, not too long, without the token.
  std::string shown(std::string text) const;

 private:
  void read();
  void read_server(std::string_view scheme, std::string_view rest);
  void require_nothing_remote() const;

  libsql_options said_;
  kind kind_ = kind::server;
  std::string path_ = {};
  std::string address_ = {};
  std::string place_ = {};
};

}  // namespace mtp::MTP_ABI::libsql
