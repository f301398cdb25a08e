// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/login_tokens.hpp>

#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

constexpr std::size_t token_size = 32;
constexpr std::size_t max_given = 10'000;

bytes draw_token(random_source& random) {
  bytes out(token_size);
  random.fill(out);
  return out;
}

}  // namespace

qr_logins::token qr_logins::show(shower who, random_source& random, std::int32_t lifetime,
                                 std::int32_t now) {
  std::erase_if(pending_, [now](auto const& e) { return e.second.expires + 60 <= now; });
  for (auto const& [text, one] : pending_) {
    if (one.by == who && one.user == 0 && one.expires > now)
      return {.text = text, .expires = one.expires};
  }
  auto text = draw_token(random);
  auto const expires = now + lifetime;
  pending_[text] = {.by = who, .expires = expires};
  return {.text = std::move(text), .expires = expires};
}

qr_logins::acceptance qr_logins::accepted(shower who, std::int32_t now) const {
  for (auto const& [text, one] : pending_) {
    if (one.by == who && one.user != 0 && !one.taken && one.expires > now)
      return {.text = text, .user = one.user};
  }
  return {};
}

outcome<qr_logins::shower> qr_logins::accept(bytes_view text, std::int64_t user,
                                             std::int32_t lifetime, std::int32_t now) {
  auto const at = pending_.find(bytes(text.begin(), text.end()));
  if (at == pending_.end()) return refuse(400, "AUTH_TOKEN_INVALIDX");
  auto& one = at->second;
  if (one.user != 0) return refuse(400, "AUTH_TOKEN_ALREADY_ACCEPTED");
  if (one.expires <= now) return refuse(400, "AUTH_TOKEN_EXPIRED");
  one.user = user;
  one.expires = now + lifetime;  // the client has as long to come back
  scans_.push_back(one.by);
  return one.by;
}

outcome<std::int64_t> qr_logins::take(bytes_view text, std::int32_t now) {
  auto const at = pending_.find(bytes(text.begin(), text.end()));
  if (at == pending_.end() || at->second.user == 0) return refuse(400, "AUTH_TOKEN_INVALID");
  auto& found = at->second;
  if (found.expires <= now) return refuse(400, "AUTH_TOKEN_EXPIRED");
  if (std::exchange(found.taken, true)) return refuse(400, "AUTH_TOKEN_ALREADY_ACCEPTED");
  return found.user;
}

std::vector<qr_logins::shower> qr_logins::take_scans() { return std::exchange(scans_, {}); }

bytes logout_tokens::give(std::int64_t user, random_source& random) {
  if (given_.size() >= max_given) given_.clear();
  auto text = draw_token(random);
  given_[text] = user;
  return text;
}

bool logout_tokens::take(std::int64_t user, std::vector<bytes> const& shown) {
  for (auto const& text : shown) {
    auto const at = given_.find(text);
    if (at == given_.end() || at->second != user) continue;
    given_.erase(at);
    return true;
  }
  return false;
}

}  // namespace mtp::MTP_ABI::testing
