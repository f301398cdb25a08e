// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/stream_names.hpp"

#include <mtp/core/config.hpp>

#include <algorithm>
#include <stdexcept>

namespace mtp::MTP_ABI::detail {

bool stream_names::holds(std::string const& name) const noexcept {
  return std::ranges::find(open_, name) != open_.end();
}

void stream_names::open(std::string const& name) {
  std::lock_guard const lock(mutex_);
  if (holds(name)) throw std::logic_error("a stream of updates is open already");
  bool const mixed = !open_.empty() && (name.empty() || holds({}));
  if (mixed)
    throw std::logic_error("streams of updates with and without a name exclude each other");
  open_.push_back(name);
}

void stream_names::close(std::string const& name) noexcept {
  std::lock_guard const lock(mutex_);
  std::erase(open_, name);
}

bool stream_names::is_open(std::string const& name) const noexcept {
  std::lock_guard const lock(mutex_);
  return holds(name);
}

bool stream_names::empty() const noexcept {
  std::lock_guard const lock(mutex_);
  return open_.empty();
}

}  // namespace mtp::MTP_ABI::detail
