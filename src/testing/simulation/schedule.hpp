// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>

#include <functional>
#include <map>
#include <optional>
#include <utility>

namespace mtp::MTP_ABI::testing {

/// A clock that somebody sets, and what is to happen when.
class schedule {
 public:
  using place = std::map<std::pair<steady_time, std::uint64_t>, std::function<void()>>::iterator;

  explicit schedule(moment start) : now_(start) {}

  moment now() const noexcept { return now_; }
  /// Of things for the same time, what was entered first happens first.
  place enter(steady_time when, std::function<void()> what) {
    return entries_.emplace(std::pair(when, next_++), std::move(what)).first;
  }
  void erase(place which) { entries_.erase(which); }

  std::optional<steady_time> next() const {
    if (entries_.empty()) return {};
    return entries_.begin()->first.first;
  }
  /// Sets the clock to the next entry, and lets that happen.
  void advance() {
    auto first = entries_.extract(entries_.begin());
    set(first.key().first);
    first.mapped()();
  }
  /// Never back.
  void set(steady_time when) {
    if (when > now_.steady) now_ = now_.after(when - now_.steady);
  }

 private:
  moment now_;
  std::uint64_t next_ = 0;
  std::map<std::pair<steady_time, std::uint64_t>, std::function<void()>> entries_;
};

}  // namespace mtp::MTP_ABI::testing
