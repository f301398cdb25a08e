// SPDX-License-Identifier: MIT OR Apache-2.0
#include "libsql/transaction.hpp"

#include "libsql/real_time.hpp"

#include <mtp/core/error.hpp>
#include <mtp/storage/store_error.hpp>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <thread>
#include <utility>

namespace mtp::MTP_ABI::libsql {
namespace {

/// Servers refuse larger requests; a blob grows by a third in JSON.
constexpr std::size_t max_request = std::size_t{3} << 20;
constexpr auto first_pause = std::chrono::milliseconds(20);
constexpr auto longest_pause = std::chrono::milliseconds(500);

using steps_of_request = std::vector<step>;

std::size_t size_of(step const& one) {
  std::size_t out = 100 + one.sql.size();
  for (auto const& value : one.values) {
    if (auto const* text = std::get_if<std::string>(&value)) out += text->size();
    if (auto const* blob = std::get_if<secret<bytes>>(&value)) out += blob->reveal().size();
    out += 40;
  }
  return out;
}

std::vector<steps_of_request> split(std::vector<step> steps) {
  std::vector<steps_of_request> out(1);
  std::size_t size = 0;
  for (auto& one : steps) {
    auto const more = size_of(one);
    if (size + more > max_request && !out.back().empty()) {
      out.emplace_back();
      size = 0;
    }
    size += more;
    out.back().push_back(std::move(one));
  }
  return out;
}

/// Each step only after the one before.
void chain(steps_of_request& steps) {
  for (std::size_t i = 1; i < steps.size(); ++i) steps[i].after = i - 1;
}

void add_end(steps_of_request& steps) {
  steps.push_back({.sql = "commit"});
  chain(steps);
  steps.push_back({.sql = "rollback", .after = steps.size() - 1, .unless = true});
}

/// One transaction of which nothing was stored before.
class attempt {
 public:
  attempt(target const& to, http& by) : to_(to), at_(to, by) {}

  transaction_result run(std::vector<steps_of_request> requests) {
    requests.front().insert(requests.front().begin(), step{.sql = "begin immediate"});
    for (std::size_t i = 0; i < requests.size() && !result_.refused; ++i) {
      bool const last = i + 1 == requests.size();
      auto& steps = requests[i];
      last ? add_end(steps) : chain(steps);
      take(at_.run(steps, last ? stream_end::now : stream_end::later), last);
    }
    if (!result_.refused) result_.outcomes.erase(result_.outcomes.begin());
    return std::move(result_);
  }

 private:
  /// The first one that was asked for is number 0, the begin before it has none.
  void take(std::vector<outcome> outcomes, bool last) {
    if (last) outcomes.pop_back();  // it says whether something was left to roll back
    for (auto& one : outcomes) {
      if (one.refused()) {
        result_.refused = {.index = result_.outcomes.size(), .why = *one.refused()};
        return;
      }
      if (!one.is_done())
        throw store_error(client_errc::storage, to_.place(),
                          std::make_error_code(std::errc::bad_message));
      result_.outcomes.push_back(std::move(one));
    }
    if (last) result_.outcomes.pop_back();
  }

  target const& to_;
  stream at_;
  transaction_result result_ = {};
};

}  // namespace

transaction_result run_transaction(target const& to, http& by, std::vector<step> steps) {
  auto const requests = split(std::move(steps));
  auto const until = real_time() + to.said().patience;
  auto pause = std::chrono::milliseconds(first_pause);
  for (;;) {
    auto found = attempt(to, by).run(requests);
    if (!found.refused) return found;
    bool const late = real_time() + pause >= until;
    bool const busy = is_busy(found.refused->why);
    if (busy && late) fail_with(to, found.refused->why);
    if (!busy && found.refused->index == 0) fail_with(to, found.refused->why);
    if (!busy) {
      --found.refused->index;
      return found;
    }
    std::this_thread::sleep_for(pause);
    pause = std::min<std::chrono::milliseconds>(2 * pause, longest_pause);
  }
}

std::vector<outcome> store(target const& to, http& by, std::vector<step> steps) {
  auto found = run_transaction(to, by, std::move(steps));
  if (found.refused) fail_with(to, found.refused->why);
  return std::move(found.outcomes);
}

std::vector<outcome> read(target const& to, http& by, std::vector<step> const& steps) {
  auto found = stream(to, by).run(steps);
  for (auto const& one : found) {
    if (one.refused()) fail_with(to, *one.refused());
    if (!one.is_done())
      throw store_error(client_errc::storage, to.place(),
                        std::make_error_code(std::errc::bad_message));
  }
  return found;
}

}  // namespace mtp::MTP_ABI::libsql
