// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/login/answer.hpp>
#include <mtp/login/step.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::login {

/// What stands on a terminal before the cursor, and whether what is typed there may be seen.
struct question {
  std::string text = {};
  bool hidden = false;
};

/// Asks a person for what a step needs. Of a need_scan only what is wrong and what to do: nothing
/// is to be typed.
question question_of(step const& what);

/// What a typed line means for a step; empty when it means nothing and is to be typed again.
std::optional<answer> answer_of(step const& what, std::string_view line);

}  // namespace mtp::MTP_ABI::login
