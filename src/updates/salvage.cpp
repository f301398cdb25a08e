// SPDX-License-Identifier: MIT OR Apache-2.0
#include "updates/salvage.hpp"

#include <mtp/core/bytes.hpp>
#include <mtp/tl/decode.hpp>
#include <mtp/tl/types/Chat.hpp>
#include <mtp/tl/types/EncryptedMessage.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/Updates.hpp>
#include <mtp/tl/types/User.hpp>
#include <mtp/tl/types/updates/ChannelDifference.hpp>
#include <mtp/tl/types/updates/Difference.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::updates {
namespace {

constexpr std::size_t max_size = std::size_t{1} << 20;
constexpr int max_cut = 8;      ///< so many values
constexpr int max_trials = 64;  ///< so many places where one may end
constexpr std::uint32_t vector_id = 0x1cb5c415;
constexpr std::size_t vector_head = 8;

/// What one list holds.
struct element {
  std::optional<std::size_t> (*size)(slice const& from);  ///< of the value there
  bool (*begins)(std::uint32_t id);
};

template <class T>
std::optional<std::size_t> size_as(slice const& from) {
  std::size_t size = 0;
  tl::decode_options const how{.rest = tl::trailing::allow, .consumed = &size};
  if (!tl::decode<T>(from, how)) return {};
  return size;
}

template <class T>
bool is_one(std::uint32_t id) {
  return std::ranges::find(T::constructor_ids, id) != std::end(T::constructor_ids);
}

template <class T>
constexpr element of{.size = size_as<T>, .begins = is_one<T>};

template <class T>
bool can_read(slice const& body) {
  return tl::decode<T>(body).has_value();
}

/// Where the lists of a constructor stand.
struct layout {
  std::size_t head = 4;  ///< bytes before them
  std::vector<element> lists = {};
  std::size_t tail = 0;  ///< bytes behind them
  bool (*reads)(slice const& body) = nullptr;
};

std::uint32_t word_at(slice const& body, std::size_t at) {
  return at + 4 <= body.size() ? load_le<std::uint32_t>(body.data() + at) : 0;
}

layout layout_of_batch(std::size_t tail) {
  return {.lists = {of<tl::Update>, of<tl::User>, of<tl::Chat>},
          .tail = tail,
          .reads = can_read<tl::Updates>};
}

layout layout_of_difference() {
  return {.lists = {of<tl::Message>, of<tl::EncryptedMessage>, of<tl::Update>, of<tl::Chat>,
                    of<tl::User>},
          .tail = 24,
          .reads = can_read<tl::updates::Difference>};
}

layout layout_of_channel(std::uint32_t flags) {
  constexpr std::uint32_t has_timeout = 2;
  return {.head = (flags & has_timeout) != 0 ? std::size_t{16} : std::size_t{12},
          .lists = {of<tl::Message>, of<tl::Update>, of<tl::Chat>, of<tl::User>},
          .reads = can_read<tl::updates::ChannelDifference>};
}

std::optional<layout> layout_of(slice const& body) {
  switch (word_at(body, 0)) {
    case tl::updates_::tl_id: return layout_of_batch(8);
    case tl::updatesCombined::tl_id: return layout_of_batch(12);
    case tl::updates::difference::tl_id:
    case tl::updates::differenceSlice::tl_id: return layout_of_difference();
    case tl::updates::channelDifference::tl_id: return layout_of_channel(word_at(body, 4));
    default: return {};
  }
}

/// The first value that cannot be read.
struct stranger {
  element kind = {};
  std::size_t begin = 0;
  std::size_t list = 0;     ///< where its list begins
  std::uint32_t count = 0;  ///< of the list
  bool is_last = false;     ///< of the list
  bool in_last = false;     ///< in the last list
};

slice from(slice const& body, std::size_t at) { return body.part(at, body.size() - at); }

/// Empty also when something else is wrong.
std::optional<stranger> find_stranger(slice const& body, layout const& at) {
  std::size_t place = at.head;
  for (auto const& kind : at.lists) {
    auto const list = place;
    auto const count = word_at(body, list + 4);
    if (word_at(body, list) != vector_id || count > body.size() / 4) return {};
    place += vector_head;
    for (std::uint32_t i = 0; i < count; ++i) {
      if (place >= body.size()) return {};
      auto const size = kind.size(from(body, place));
      if (!size)
        return stranger{.kind = kind,
                        .begin = place,
                        .list = list,
                        .count = count,
                        .is_last = i + 1 == count,
                        .in_last = &kind == &at.lists.back()};
      place += *size;
    }
  }
  return {};
}

bool may_end(slice const& body, stranger const& one, layout const& at, std::size_t place) {
  if (!one.is_last) return one.kind.begins(word_at(body, place));
  if (one.in_last) return place + at.tail == body.size();
  return word_at(body, place) == vector_id;
}

slice without(slice const& body, stranger const& one, std::size_t end) {
  bytes out(body.begin(), body.begin() + one.begin);
  store_le(out.data() + one.list + 4, one.count - 1);
  out.insert(out.end(), body.begin() + end, body.end());
  return slice(std::move(out));
}

class cutter {
 public:
  explicit cutter(layout at) : at_(std::move(at)) {}

  bool cut(slice const& body, salvaged& out, int cuts = 0) {
    if (at_.reads(body)) {
      out.body = body;
      return true;
    }
    auto const one = cuts < max_cut ? find_stranger(body, at_) : std::nullopt;
    if (!one) return false;
    for (auto end = one->begin + 4; end <= body.size(); end += 4) {
      if (!may_end(body, *one, at_, end)) continue;
      if (--trials_ < 0) return false;
      out.unreadable.push_back(body.part(one->begin, end - one->begin));
      if (cut(without(body, *one, end), out, cuts + 1)) return true;
      out.unreadable.pop_back();
    }
    return false;
  }

 private:
  layout at_;
  int trials_ = max_trials;
};

}  // namespace

std::optional<salvaged> salvage(slice const& body) {
  auto at = layout_of(body);
  if (!at || body.size() > max_size) return {};
  salvaged out;
  if (!cutter(*std::move(at)).cut(body, out)) return {};
  return out;
}

}  // namespace mtp::MTP_ABI::updates
