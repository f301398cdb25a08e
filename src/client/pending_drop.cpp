// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/pending_drop.hpp"

#include <utility>

namespace mtp::MTP_ABI::detail {

void pending_drop::on_answer(std::int64_t box) {
  box_ = box;
  is_dropping_ = is_account_done_ ? missing_.contains(box) : box >= account;
}

/// A difference of the account may hold updates of channels, whose positions stand between.
void pending_drop::on_reached(updates::reach const& position) {
  bool const is_box =
      box_ == account ? position.channels.empty() : position.channels.contains(box_);
  if (is_box) is_dropping_ = false;
}

bool pending_drop::take() {
  if (is_dropping_) ++count_;
  return is_dropping_;
}

void pending_drop::on_account_done(std::set<std::int64_t> missing) {
  is_account_done_ = true;
  missing_ = std::move(missing);
}

}  // namespace mtp::MTP_ABI::detail
