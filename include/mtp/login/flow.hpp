// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/login/answer.hpp>
#include <mtp/login/step.hpp>

#include <functional>
#include <memory>

namespace mtp::MTP_ABI::login {

class machine;

/// One log-in: what it needs next and what it was answered. Performs nothing;
/// auth_methods::sign_in() does. What is cancelled, or fails, goes on from where it was with the
/// same flow.
///
/// Threads: not thread-safe; while sign_in() runs with it, it belongs to that.
class MTP_API flow {
 public:
  /// Begins by asking who signs in.
  flow();
  flow(flow&&) noexcept;
  flow& operator=(flow&&) noexcept;
  ~flow();

  /// What is needed now.
  step const& now() const;
  /// Answers that; the answer is used when the log-in goes on.
  ///
  /// Errors: mtp::error with client_errc::bad_argument when it is no answer to that.
  flow& answer(login::answer what) &;
  flow&& answer(login::answer what) &&;

  /// What decides. For sign_in().
  machine& decider() noexcept { return *machine_; }

 private:
  std::unique_ptr<machine> machine_;
};

/// Asks a person for what a log-in needs. To a need_scan it may answer nothing: then the log-in
/// waits until the code was scanned or is to be replaced.
/// Lifetime: `what` lives until it ends.
using asker = std::function<task<std::optional<answer>>(step const& what)>;

}  // namespace mtp::MTP_ABI::login
