// SPDX-License-Identifier: MIT OR Apache-2.0
#include "random_block.hpp"

#include <mtp/core/wipe.hpp>

#include <algorithm>
#include <cassert>

namespace mtp::MTP_ABI {

void random_block::fill(mutable_bytes out, source draw, unsigned divisions) {
  assert(out.size() <= max_request);
  if (left_ < out.size() || divisions_ != divisions) refill(draw, divisions);
  auto const taken = mutable_bytes(memory_).subspan(size - left_, out.size());
  std::ranges::copy(taken, out.begin());
  mtp::wipe(taken);
  left_ -= out.size();
}

void random_block::wipe() noexcept {
  mtp::wipe(memory_);
  left_ = 0;
}

void random_block::refill(source draw, unsigned divisions) {
  wipe();
  draw(memory_);
  left_ = size;
  divisions_ = divisions;
}

}  // namespace mtp::MTP_ABI
