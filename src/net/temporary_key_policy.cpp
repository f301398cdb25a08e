// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/temporary_key_policy.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::net {
namespace {

constexpr auto max_farewell = std::chrono::seconds(30);
constexpr auto min_renewal_delay = std::chrono::seconds(1);
/// So often at most a key is tried for before the one in use ends.
constexpr int renewals_in_a_life = 60;

}  // namespace

after_binding what_follows(bind_outcome what, pfs_mode mode) {
  if (what == bind_outcome::bound) return after_binding::carry_calls;
  bool const useless = what == bind_outcome::not_supported && mode == pfs_mode::on;
  return useless ? after_binding::give_up : after_binding::reconnect;
}

bool is_refusal(failed_exchange const& how) {
  return !how.cancelled && how.has_permanent && how.proved;
}

void temporary_key_policy::on_renewal_failed(std::chrono::seconds renew_before, steady_time now) {
  duration const wait = renew_before / renewals_in_a_life;
  renew_not_before_ = now + std::max<duration>(wait, min_renewal_delay);
}

bind_outcome temporary_key_policy::judge(bind_outcome what) const {
  return what == bind_outcome::key_unknown && interrupted_ ? bind_outcome::inconclusive : what;
}

std::optional<steady_time> temporary_key_policy::stay_until(situation const& all, steady_time now) {
  if (now >= all.end) return std::nullopt;
  if (!all.replaced) return all.end;
  if (!farewell_) farewell_ = now + max_farewell;
  bool const early = now < *farewell_;
  if (!(early ? all.busy : all.at_stake)) return std::nullopt;
  return early ? std::min(*farewell_, all.end) : all.end;
}

}  // namespace mtp::MTP_ABI::net
