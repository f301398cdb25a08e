// SPDX-License-Identifier: MIT OR Apache-2.0
// https://core.telegram.org/mtproto/description#message-identifier-msg-id
#include <mtp/mtproto/message_id.hpp>

namespace mtp::MTP_ABI::mtproto {
namespace {

using namespace std::chrono;

constexpr std::int64_t a_second = 1'000'000'000;

/// Seconds in the upper half, the fraction of the second in the lower.
std::int64_t id_at(nanoseconds now) noexcept {
  std::int64_t const second = now.count() / a_second;
  std::int64_t const fraction = ((now.count() % a_second) << 32) / a_second;
  return second << 32 | fraction;
}

}  // namespace

std::int64_t message_id_source::next(nanoseconds now, id_kind kind) noexcept {
  auto const rest = static_cast<std::int64_t>(kind);
  std::int64_t id = (id_at(now) & ~std::int64_t{3}) | rest;
  if ((id & 0xffffffff) == 0) id += 4;  // the lower half of a client's id is never 0
  if (id <= last_) id = (last_ & ~std::int64_t{3}) + 4 + rest;
  last_ = id;
  return id;
}

void server_clock::start(moment now) noexcept {
  if (started_) return;
  started_ = true;
  base_ = now;
  server_base_ = duration_cast<nanoseconds>(now.wall.time_since_epoch()) + offset_;
}

nanoseconds server_clock::at(moment now) noexcept {
  start(now);
  return server_base_ + duration_cast<nanoseconds>(now.steady - base_.steady);
}

std::int64_t server_clock::second_at(moment now) noexcept { return at(now).count() / a_second; }

void server_clock::set(std::int64_t second, moment now) noexcept {
  started_ = true;
  base_ = now;
  server_base_ = seconds(second);
}

milliseconds server_clock::offset(moment now) noexcept {
  return duration_cast<milliseconds>(at(now) -
                                     duration_cast<nanoseconds>(now.wall.time_since_epoch()));
}

}  // namespace mtp::MTP_ABI::mtproto
