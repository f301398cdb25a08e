// SPDX-License-Identifier: MIT OR Apache-2.0
#include "fault_plan.hpp"

#include "core/wire.hpp"

#include <mtp/mtproto/gzip.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

constexpr std::uint32_t gzip_packed_id = 0x3072cfa1;
constexpr std::uint32_t unknown_constructor = 0x0badf00d;
constexpr std::size_t bomb_size = std::size_t{65} << 20;  // twice what clients take

bool fits(method_fault const& fault, std::string_view method, std::int64_t account) {
  bool const meant = fault.method.empty() || fault.method == method;
  return meant && (fault.account == 0 || fault.account == account) && fault.times != 0;
}

/// Counts one call; true when the fault waits for no more.
bool use_up(method_fault& fault) { return fault.times > 0 && --fault.times == 0; }

bytes packed_object(bytes const& packed) {
  return wire::writer().number(gzip_packed_id).text(packed).take();
}

bytes const& bomb() {
  static bytes const made = packed_object(mtproto::gzip(bytes(bomb_size)));
  return made;
}

bytes broken_gzip(bytes const& object) {
  auto packed = mtproto::gzip(object);
  packed[packed.size() / 2] ^= 0xff;
  packed[packed.size() - 6] ^= 0xff;  // of its checksum
  return packed_object(packed);
}

}  // namespace

void fault_plan::append(std::vector<method_fault> steps) {
  for (auto& one : steps) steps_.push_back(std::move(one));
}

void fault_plan::clear() {
  loose_.clear();
  steps_.clear();
}

std::optional<method_fault> fault_plan::take(std::string_view method, std::int64_t account) {
  for (auto at = loose_.begin(); at != loose_.end(); ++at) {
    if (!fits(*at, method, account)) continue;
    auto found = *at;
    if (use_up(*at)) loose_.erase(at);
    return found;
  }
  return take_step(method, account);
}

std::optional<method_fault> fault_plan::take_step(std::string_view method, std::int64_t account) {
  if (steps_.empty() || !fits(steps_.front(), method, account)) return {};
  auto found = steps_.front();
  if (use_up(steps_.front())) steps_.pop_front();
  return found;
}

bytes damaged(bytes object, answer_damage how) {
  switch (how) {
    case answer_damage::inflates_too_far: return bomb();
    case answer_damage::broken_gzip: return broken_gzip(object);
    case answer_damage::garbage:
      object.resize(std::max<std::size_t>(object.size(), 4));
      store_le(object.data(), unknown_constructor);
      return object;
    default: return object;
  }
}

}  // namespace mtp::MTP_ABI::testing
