// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/types/user.hpp>

#include <mtp/tl/types/User.hpp>

#include <optional>

namespace mtp::MTP_ABI {
namespace {

tl::string const& text_or_nothing(std::optional<tl::string> const& text) {
  static tl::string const nothing;
  return text ? *text : nothing;
}

}  // namespace

std::int64_t user::id() const { return raw_->id; }
bool user::is_bot() const { return raw_->bot; }
tl::string const& user::first_name() const { return text_or_nothing(raw_->first_name); }
tl::string const& user::last_name() const { return text_or_nothing(raw_->last_name); }
tl::string const& user::username() const { return text_or_nothing(raw_->username); }

}  // namespace mtp::MTP_ABI
