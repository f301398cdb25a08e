// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace demo {

/// A program that this one started. It is ended, kindly at first, when this goes away.
class child_process {
 public:
  /// `environment` holds entries "NAME=value" on top of our own. What the program prints goes to
  /// the file `log`.
  ///
  /// Errors: throws std::system_error when it cannot be started.
  child_process(std::string const& program, std::vector<std::string> const& environment,
                std::string const& log);
  child_process(child_process const&) = delete;
  child_process& operator=(child_process const&) = delete;
  ~child_process();

  /// Its exit code once it has ended (128 and more: by a signal); empty while it runs.
  std::optional<int> ended();
  /// Asks it to stop, as Ctrl-C does, and waits; after `timeout` it is killed. Returns as ended().
  int stop(std::chrono::milliseconds timeout);

 private:
  pid_t id_ = -1;
  std::optional<int> code_;
};

}  // namespace demo
