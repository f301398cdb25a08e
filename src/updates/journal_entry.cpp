// SPDX-License-Identifier: MIT OR Apache-2.0
#include "updates/journal_entry.hpp"

#include <mtp/tl/decode.hpp>
#include <mtp/tl/encode.hpp>
#include <mtp/tl/types/Update.hpp>

#include <iterator>
#include <memory>
#include <utility>

namespace mtp::MTP_ABI::updates {
namespace {

constexpr std::uint8_t journal_version = 1;
constexpr std::size_t journal_head = 4;
constexpr auto order_of_channel = update_number::order::channel;

enum class entry_kind : std::uint8_t { update = 1, unreadable = 2, loss = 3 };

bytes head_of(entry_kind kind, bool fetched = false) {
  return {journal_version, static_cast<std::uint8_t>(kind), static_cast<std::uint8_t>(fetched), 0};
}

bytes unreadable_entry(bytes_view body) {
  auto out = head_of(entry_kind::unreadable);
  append(out, body);
  return out;
}

template <class Integer>
void put(bytes& to, Integer value) {
  auto const at = to.size();
  to.resize(at + sizeof value);
  store_le(to.data() + at, value);
}

template <class Integer>
Integer take(bytes_view& from) {
  auto const out = load_le<Integer>(from.data());
  from = from.subspan(sizeof(Integer));
  return out;
}

bytes loss_entry(lost const& what) {
  auto out = head_of(entry_kind::loss);
  out.push_back(static_cast<std::uint8_t>(what.box));
  out.push_back(static_cast<std::uint8_t>(what.why));
  out.push_back(what.to ? 1 : 0);
  put(out, what.channel);
  for (auto const each : {what.from, what.to.value_or(0), what.first_message, what.last_message})
    put(out, each);
  return out;
}

constexpr std::size_t loss_size = 3 + 8 + 4 * 4;

bool is_loss(bytes_view body) {
  return body.size() == loss_size && body[0] <= static_cast<std::uint8_t>(order_of_channel) &&
         body[1] < std::size(loss_reasons) && body[2] <= 1;
}

lost read_loss(bytes_view body) {
  lost out{.box = static_cast<update_number::order>(body[0])};
  out.why = static_cast<loss_reason>(body[1]);
  bool const has_end = body[2] == 1;
  body = body.subspan(3);
  out.channel = take<std::int64_t>(body);
  out.from = take<std::int32_t>(body);
  auto const end = take<std::int32_t>(body);
  if (has_end) out.to = end;
  out.first_message = take<std::int32_t>(body);
  out.last_message = take<std::int32_t>(body);
  return out;
}

}  // namespace

bytes to_journal(arrival const& what) {
  if (what.loss) return loss_entry(*what.loss);
  if (!what.update) return unreadable_entry(bytes_view(what.unreadable));
  auto out = head_of(entry_kind::update, what.fetched);
  auto const done = tl::encode(out, *what.update);
  return done ? out : unreadable_entry({});
}

arrival from_journal(slice content) {
  if (content.size() < journal_head) return {.unreadable = std::move(content)};
  bool const is_known = content[0] == journal_version;
  auto const kind = static_cast<entry_kind>(content[1]);
  bool const fetched = content[2] != 0;
  auto body = content.part(journal_head, content.size() - journal_head);
  if (is_known && kind == entry_kind::loss && is_loss(bytes_view(body)))
    return {.loss = std::make_shared<lost const>(read_loss(bytes_view(body)))};
  if (!is_known || kind != entry_kind::update) return {.unreadable = std::move(body)};
  auto read = tl::decode<tl::Update>(body);
  if (!read) return {.unreadable = std::move(body)};
  return {.update = *std::move(read), .fetched = fetched};
}

}  // namespace mtp::MTP_ABI::updates
