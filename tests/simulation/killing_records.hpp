// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "mischief.hpp"

#include <support/forwarding_records.hpp>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace mtp::test {

/// A process ended.
struct killed {};

/// A store whose process ends at a call that was chosen, before it or after it.
class killing_records final : public forwarding_records {
 public:
  killing_records(std::shared_ptr<record_store> below, random_source& dice)
      : forwarding_records(std::move(below)), dice_(dice) {}

  void kill_after(std::size_t calls) { left_ = calls; }
  /// Whatever happens to the store from here on comes from a process that is no more.
  void die() { dead_ = true; }
  bool is_dead() const noexcept { return dead_; }

  task<std::optional<bytes>> get(record_key key) override {
    bool const ends = begin();
    auto work = forwarding_records::get(std::move(key));
    auto out = co_await std::move(work);
    end(ends);
    co_return out;
  }
  task<std::vector<std::optional<bytes>>> get_all(std::vector<record_key> keys) override {
    bool const ends = begin();
    auto work = forwarding_records::get_all(std::move(keys));
    auto out = co_await std::move(work);
    end(ends);
    co_return out;
  }
  task<std::vector<record>> scan(record_range range) override {
    bool const ends = begin();
    auto work = forwarding_records::scan(std::move(range));
    auto out = co_await std::move(work);
    end(ends);
    co_return out;
  }
  task<> commit(write_batch batch, durability how) override {
    bool const ends = begin();
    auto work = forwarding_records::commit(std::move(batch), how);
    co_await std::move(work);
    end(ends);
  }

 private:
  /// True when the process ends once the call is done.
  bool begin() {
    if (dead_) throw killed();
    if (left_ == 0 || --left_ > 0) return false;
    if (draw(dice_, 2) == 0) end(true);
    return true;
  }
  void end(bool ends) {
    if (!ends) return;
    dead_ = true;
    throw killed();
  }

  random_source& dice_;
  std::size_t left_ = 0;
  bool dead_ = false;
};

}  // namespace mtp::test
