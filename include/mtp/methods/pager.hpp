// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>

#include <deque>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI {

namespace detail {

/// Asks for one page after the other.
template <class T>
class page_source {
 public:
  virtual ~page_source() = default;
  /// The next page, which may be empty. Sets `over` when it is the last one.
  virtual task<std::vector<T>> next_page(bool& over) = 0;
};

template <class T>
struct pager_state {
  std::unique_ptr<page_source<T>> source;
  std::deque<T> waiting = {};
  std::size_t left = 0;  ///< how many more may come
  bool over = false;
};

template <class T>
task<std::optional<T>> next_of(std::shared_ptr<pager_state<T>> of) {
  std::optional<T> out;
  while (of->waiting.empty() && !of->over && of->left != 0) {
    auto page = co_await of->source->next_page(of->over);
    for (auto& each : page) of->waiting.push_back(std::move(each));
  }
  if (!of->waiting.empty() && of->left != 0) {
    out = std::move(of->waiting.front());
    of->waiting.pop_front();
    --of->left;
  }
  co_return out;
}

}  // namespace detail

/// A long list, one after the other: `while (auto one = co_await pager.next())`. It holds one page
/// at a time and asks for the next one when that is used up.
///
/// Lifetime: may outlive its client. Threads: one call of next() at a time, on any thread.
template <class T>
class pager {
 public:
  /// `limit`: the most that come; 0 for all.
  pager(std::unique_ptr<detail::page_source<T>> source, std::size_t limit)
      : state_(std::make_shared<detail::pager_state<T>>(
            detail::pager_state<T>{.source = std::move(source),
                                   .left = limit == 0 ? static_cast<std::size_t>(-1) : limit})) {}

  /// The next one; empty at the end, and from then on.
  ///
  /// Lifetime: keeps what it needs. Cancellation: terminal; what was not given yet comes next time.
  /// Errors: rpc_error and its kinds; unknown_peer; client_closed. After an error the same page is
  /// asked for again.
  task<std::optional<T>> next() { return detail::next_of(state_); }

 private:
  std::shared_ptr<detail::pager_state<T>> state_;
};

}  // namespace mtp::MTP_ABI
