// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/min
#include <mtp/storage/stored_peer.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI {
namespace {

void fill_gaps(stored_peer& to, stored_peer& from) {
  if (!from.name.empty()) to.name = std::move(from.name);
  if (!from.usernames.empty()) to.usernames = std::move(from.usernames);
  if (!from.phone.reveal().empty()) to.phone = std::move(from.phone);
  if (from.shape != peer_shape::unknown) to.shape = from.shape;
}

}  // namespace

stored_peer merged(stored_peer const& known, stored_peer news) {
  if (news.whole) return news;
  auto out = known;
  if (!known.whole) {
    fill_gaps(out, news);
    out.learnt = std::max(known.learnt, news.learnt);
  }
  if (news.access_hash != 0) out.access_hash = news.access_hash;
  if (news.voucher) out.voucher = news.voucher;
  if (out.access_hash != 0) out.voucher.reset();
  return out;
}

}  // namespace mtp::MTP_ABI
