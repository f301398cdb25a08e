// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A code that an earlier start had sent.
#include "login/machine.hpp"

#include <utility>

namespace mtp::MTP_ABI::login {

bool machine::wants_kept() noexcept { return !std::exchange(asked_for_kept_, true); }

void machine::remember(kept_code what, std::chrono::sys_seconds now) {
  auto* asked = std::get_if<need_identity>(&step_);
  if (!asked || !what.is_good_at(now)) return;
  kept_wait_ = what.wait_at(now);
  kept_ = std::move(what);
  if (errand_ == errand::send_code && identity_ == identity::phone) {
    resume_kept();
  } else if (errand_ == errand::ask) {
    asked->begun = kept_->phone.reveal();
  }
}

/// Goes on with the code that was sent, if it is of that number. A code that only a token of
/// Firebase lets go was not kept.
bool machine::resume_kept() {
  auto const kept = std::exchange(kept_, std::nullopt);
  if (!kept || kept->phone.reveal() != phone_.reveal()) return false;
  code_hash_ = kept->hash;
  code_by_email_ = kept->by_email;
  code_at_ = kept->at;
  code_wait_ = kept->resend_after;
  need_code out{.phone = phone_.reveal(), .sent = kept->sent};
  out.next = kept->next;
  out.resend_after = kept_wait_;
  out.earlier = true;
  step_ = std::move(out);
  errand_ = errand::ask;
  return true;
}

/// Until somebody was named, what is kept stays.
std::optional<kept_code> machine::to_keep() const {
  if (kept_) return kept_;
  auto const* asked = std::get_if<need_code>(&step_);
  if (!asked || asked->firebase || errand_ != errand::ask) return std::nullopt;
  kept_code out{.phone = phone_.reveal(), .hash = code_hash_, .at = code_at_};
  out.sent = asked->sent;
  out.next = asked->next;
  out.resend_after = code_wait_;
  out.by_email = code_by_email_;
  return out;
}

}  // namespace mtp::MTP_ABI::login
