// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/start.hpp"

#include "client/on_strand.hpp"

namespace mtp::MTP_ABI::detail {
namespace {

task<> keep_alive([[maybe_unused]] std::shared_ptr<client_core> core, task<> work) {
  co_await std::move(work);
}

}  // namespace

task<> run_on_strand(std::shared_ptr<client_core> core, task<> work) {
  auto strand = core->strand();
  auto kept = keep_alive(std::move(core), std::move(work));
  return on_strand(std::move(strand), std::move(kept));
}

}  // namespace mtp::MTP_ABI::detail
