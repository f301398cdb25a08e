// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/testing/method_fault.hpp>

#include <cstddef>
#include <deque>
#include <optional>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// The faults that wait for calls: some in any order, others as the steps of a script.
class fault_plan {
 public:
  void add(method_fault fault) { loose_.push_back(std::move(fault)); }
  /// Adds steps. Each waits until those before it are used up.
  void append(std::vector<method_fault> steps);
  void clear();
  /// Steps that are not used up.
  std::size_t steps_left() const { return steps_.size(); }

  /// What goes wrong with a call that is to be executed now; it is used up by that.
  std::optional<method_fault> take(std::string_view method, std::int64_t account);

 private:
  std::optional<method_fault> take_step(std::string_view method, std::int64_t account);

  std::vector<method_fault> loose_;
  std::deque<method_fault> steps_;
};

/// What is written instead of the answer `object`.
bytes damaged(bytes object, answer_damage how);

}  // namespace mtp::MTP_ABI::testing
