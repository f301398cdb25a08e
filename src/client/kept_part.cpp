// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/files#verifying-hashes
#include "client/kept_part.hpp"

#include "client/client_core.hpp"
#include "client/part_trouble.hpp"
#include "client/transfer_call.hpp"
#include "transfer/part_plan.hpp"

#include <mtp/crypto/hash.hpp>
#include <mtp/tl/functions/upload.hpp>
#include <mtp/tl/types/InputFileLocation.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

/// Whether that hash is of bytes from `at` on, so many as a server hashes at once.
bool follows(tl::fileHash const& hash, std::uint64_t at) {
  bool const sane = hash.limit > 0 && static_cast<std::uint64_t>(hash.limit) <= transfer::mib;
  return sane && hash.offset >= 0 && static_cast<std::uint64_t>(hash.offset) == at;
}

}  // namespace

task<std::uint64_t> kept_part::verified(std::uint64_t there) {
  std::uint64_t right = 0;
  while (right < there) {
    auto const all = co_await hashes_from(right);
    auto const reached = co_await verified_by(all, right, there);
    if (reached == right) break;
    right = reached;
  }
  co_return right;
}

/// How far what is there agrees with `all`.
task<std::uint64_t> kept_part::verified_by(hashes all, std::uint64_t from, std::uint64_t there) {
  if (!all) co_return from;
  for (auto const& hash : *all) {
    bool const is_next = follows(hash, from);
    if (!is_next || static_cast<std::uint64_t>(hash.limit) > there - from) break;
    bool const right = co_await is_right(&hash);
    if (!right) break;
    from += static_cast<std::uint64_t>(hash.limit);
  }
  co_return from;
}

task<bool> kept_part::is_right(tl::fileHash const* hash) {
  bytes content(static_cast<std::size_t>(hash->limit));
  co_await in_.read_back(static_cast<std::uint64_t>(hash->offset), content);
  auto const digest = crypto::sha256(content);
  co_return std::ranges::equal(digest, hash->hash.view());
}

/// Nothing when the server has none to give: then nothing is known of what is there.
task<kept_part::hashes> kept_part::hashes_from(std::uint64_t offset) {
  tl::upload::getFileHashes request;
  request.location = file_.location();
  request.offset = static_cast<std::int64_t>(offset);
  slice const whole = encoded_part(request);
  for (;;) {
    int const dc = dc_;
    auto place = co_await take_place(core_, control_, dc, link_purpose::download);
    auto got =
        co_await call_for_part<tl::upload::getFileHashes>(core_, whole, dc, link_purpose::download);
    if (got.answer) co_return *std::move(got.answer);
    auto said = patience_.refused(got.refusal, dc, dc_);
    if (std::holds_alternative<transfer::part_patience::give_up>(said)) co_return hashes();
    if (!is_elsewhere(said))
      co_await follow(core_, control_, said, std::move(got.refusal), std::move(place));
  }
}

bool kept_part::is_elsewhere(transfer::part_patience::verdict const& said) {
  auto const* const there = std::get_if<transfer::part_patience::move>(&said);
  if (!there || !core_.addresses().knows(there->dc)) return false;
  dc_ = there->dc;
  return true;
}

}  // namespace mtp::MTP_ABI::detail
