// SPDX-License-Identifier: MIT OR Apache-2.0
#include "mischief.hpp"

#include <mtp/mtproto/server_session.hpp>

#include <optional>

namespace mtp::test {

using namespace std::chrono_literals;
using mtproto::server_faults;
using testing::data_centre;

namespace {

template <class T, std::size_t N>
T one_of(random_source& dice, T const (&all)[N]) {
  return all[draw(dice, N)];
}

/// What goes wrong with packets of the sessions that are there.
std::optional<server_faults> packet_faults(mischief what, random_source& dice) {
  constexpr std::int32_t impossible[] = {3, -4, 1 << 24, 9999999};
  constexpr std::size_t too_little_or_much[] = {0, 4, 8, 1060, 2000};
  constexpr std::int32_t codes[] = {16, 17, 18, 19, 20, 32, 33, 34, 35, 64};
  server_faults out;
  switch (what) {
    case mischief::lose_packet: out.lose_packets = 1; break;
    case mischief::duplicate_packet: out.duplicate_packets = 1; break;
    case mischief::repeat_messages: out.repeat_messages = true; break;
    case mischief::announce_again: out.announce_again = true; break;
    case mischief::flip_bit: out.flip_bit = true; break;
    case mischief::wrong_length: out.claim_length = one_of(dice, impossible); break;
    case mischief::wrong_padding: out.padding = one_of(dice, too_little_or_much); break;
    case mischief::wrong_session: out.wrong_session = true; break;
    case mischief::even_id: out.even_id = true; break;
    case mischief::old_id: out.skew_id = -400s; break;
    case mischief::future_id: out.skew_id = 100s; break;
    case mischief::reject_message: out.reject_next = one_of(dice, codes); break;
    case mischief::reject_container:
      out.reject_next = one_of(dice, codes);
      out.reject_containers = true;
      break;
    case mischief::reject_salt:
      out.reject_next = 48;
      out.rejections = 1 + static_cast<int>(draw(dice, 3));
      out.reject_containers = draw(dice, 2) == 0;
      break;
    default: return {};
  }
  return out;
}

bool delay_answer(data_centre& by, random_source& dice) {
  by.add_fault({.delay = draw_time(dice, 45s)});
  return true;
}

bool damage_answer(data_centre& by, random_source& dice) {
  constexpr testing::answer_damage ways[] = {testing::answer_damage::broken_gzip,
                                             testing::answer_damage::garbage};
  by.add_fault({.method = "account.checkUsername", .damage = one_of(dice, ways)});
  return true;
}

}  // namespace

std::size_t draw(random_source& dice, std::size_t below) {
  return static_cast<std::size_t>(dice.make<std::uint64_t>() % below);
}

duration draw_time(random_source& dice, duration below) {
  return duration(static_cast<duration::rep>(draw(dice, static_cast<std::size_t>(below.count()))));
}

bool perform(mischief what, data_centre& by, random_source& dice) {
  constexpr std::int32_t others[] = {-403, -500, -1};
  bool const anybody = by.connections() > 0;
  if (auto const faults = packet_faults(what, dice)) return by.break_packets(0, *faults) > 0;
  switch (what) {
    case mischief::drop_connections: return by.drop_connections(), anybody;
    case mischief::forget_sessions: return by.forget_sessions(), true;
    case mischief::forget_salt: return by.forget(testing::remembered::salt) > 0;
    case mischief::forget_initialisation: return by.forget(testing::remembered::initialisation) > 0;
    case mischief::rotate_salts: return by.rotate_salts(), true;
    case mischief::flood: return by.inject_error(-429) > 0;
    case mischief::stray_unknown_key: return by.inject_error(-404) > 0;
    case mischief::deny_key: return by.deny_keys({}, 1 + static_cast<int>(draw(dice, 3))) > 0;
    case mischief::other_frame: return by.inject_error(one_of(dice, others)) > 0;
    case mischief::late_answer: return delay_answer(by, dice);
    case mischief::unreadable_answer: return damage_answer(by, dice);
    case mischief::close_after_exchange: return by.close_after_exchange(), true;
    default: return false;
  }
}

std::string_view name_of(mischief what) noexcept {
  switch (what) {
    case mischief::drop_connections: return "connections dropped by the server";
    case mischief::forget_sessions: return "sessions forgotten";
    case mischief::forget_salt: return "salt forgotten";
    case mischief::forget_initialisation: return "initialisation forgotten";
    case mischief::rotate_salts: return "salts rotated";
    case mischief::lose_packet: return "packet lost by the server";
    case mischief::duplicate_packet: return "packet sent twice";
    case mischief::repeat_messages: return "messages sent again";
    case mischief::announce_again: return "new_session_created again";
    case mischief::flip_bit: return "bit flipped in a packet";
    case mischief::wrong_length: return "impossible message length";
    case mischief::wrong_padding: return "impossible padding";
    case mischief::wrong_session: return "wrong session id";
    case mischief::even_id: return "even message id";
    case mischief::old_id: return "message id of the past";
    case mischief::future_id: return "message id of the future";
    case mischief::reject_message: return "message rejected";
    case mischief::reject_container: return "packet rejected";
    case mischief::reject_salt: return "right salt rejected";
    case mischief::flood: return "frame -429";
    case mischief::stray_unknown_key: return "frame -404";
    case mischief::deny_key: return "key denied";
    case mischief::other_frame: return "other error frame";
    case mischief::late_answer: return "answer delayed";
    case mischief::unreadable_answer: return "unreadable answer";
    case mischief::close_after_exchange: return "closed after a key exchange";
  }
  return "unknown";
}

std::vector<testing::planned_fault> draw_faults(random_source& dice, std::size_t soon,
                                                std::size_t late) {
  std::vector<testing::planned_fault> out;
  for (auto count = draw(dice, 4); count > 0; --count) {
    testing::planned_fault one;
    one.what = static_cast<testing::network_fault>(draw(dice, testing::network_faults));
    one.to_client = draw(dice, 2) == 0;
    one.after = draw(dice, draw(dice, 2) == 0 ? soon : late);
    one.span = draw_time(dice, 5s);
    one.rate = 500 + draw(dice, 5000);
    out.push_back(one);
  }
  return out;
}

}  // namespace mtp::test
