// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "libsql/hrana.hpp"

#include <optional>
#include <vector>

namespace mtp::MTP_ABI::libsql {

/// The first step that was refused.
struct refused_step {
  std::size_t index = 0;  ///< among the steps that were asked for
  refusal why = {};
};

/// What a transaction came to: its outcomes without those of its begin and end, or who refused.
struct transaction_result {
  std::optional<refused_step> refused = {};
  std::vector<outcome> outcomes = {};
};

/// Executes the steps as one transaction, which waits for others as long as the options say. Large
/// ones take several requests.
///
/// Errors: throws store_error when it is not known what became of it, when the server is busy for
/// too long, and when it will not begin.
transaction_result run_transaction(target const& to, http& by, std::vector<step> steps);
/// The same, for steps that are not refused. Errors: throws store_error also when one is.
std::vector<outcome> store(target const& to, http& by, std::vector<step> steps);
/// Executes steps that read, each by itself. Errors: throws store_error also when one is refused.
std::vector<outcome> read(target const& to, http& by, std::vector<step> const& steps);

}  // namespace mtp::MTP_ABI::libsql
