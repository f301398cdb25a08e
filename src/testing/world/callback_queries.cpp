// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/callback_queries.hpp>

#include <utility>

namespace mtp::MTP_ABI::testing {

std::int64_t callback_queries::ask(std::int64_t bot) {
  open_[++last_] = bot;
  if (open_.size() > max_open) open_.erase(open_.begin());
  return last_;
}

outcome<> callback_queries::give(std::int64_t bot, answer what) {
  auto const at = open_.find(what.query);
  if (at == open_.end() || at->second != bot) return refuse(400, "QUERY_ID_INVALID");
  open_.erase(at);
  answers_.push_back(std::move(what));
  return {};
}

std::vector<callback_queries::answer> callback_queries::take_answers() {
  return std::exchange(answers_, {});
}

}  // namespace mtp::MTP_ABI::testing
