// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A version (1), when it was sent (8), how (1), length (4), the next way or 255 (1), seconds until
// then (4), by e-mail (1), and phone, hash and clue, each behind its size (2). Little-endian.
#include "login/kept_code.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace mtp::MTP_ABI::login {
namespace {

constexpr std::uint8_t format = 1;
constexpr std::uint8_t no_way = 255;
constexpr auto last_way = static_cast<std::uint8_t>(code_delivery::phrase);

template <class T>
void put_number(bytes& out, T value) {
  auto const at = out.size();
  out.resize(at + sizeof(T));
  store_le(out.data() + at, value);
}

void put_text(bytes& out, std::string_view text) {
  auto const size = static_cast<std::uint16_t>(std::min<std::size_t>(text.size(), UINT16_MAX));
  put_number(out, size);
  out.insert(out.end(), text.begin(), text.begin() + size);
}

/// Takes one part after the other; what is missing is empty, and good() false from then on.
class kept_reader {
 public:
  explicit kept_reader(bytes_view from) : left_(from) {}

  template <class T>
  T number() {
    auto const part = take(sizeof(T));
    return part.empty() ? T{} : load_le<T>(part.data());
  }
  std::string text() {
    auto const part = take(number<std::uint16_t>());
    return {part.begin(), part.end()};
  }
  bool good() const { return good_; }
  bool at_end() const { return good_ && left_.empty(); }

 private:
  bytes_view take(std::size_t size) {
    good_ = good_ && size <= left_.size();
    if (!good_) return {};
    auto const out = left_.first(size);
    left_ = left_.subspan(size);
    return out;
  }

  bytes_view left_;
  bool good_ = true;
};

}  // namespace

bool kept_code::is_good_at(std::chrono::sys_seconds now) const {
  auto const passed = now - at;
  return passed.count() >= 0 && passed < lifetime;
}

std::chrono::seconds kept_code::wait_at(std::chrono::sys_seconds now) const {
  return std::max(resend_after - (now - at), std::chrono::seconds(0));
}

bytes encode(kept_code const& what) {
  bytes out;
  put_number(out, format);
  put_number(out, static_cast<std::int64_t>(what.at.time_since_epoch().count()));
  put_number(out, static_cast<std::uint8_t>(what.sent.delivery));
  put_number(out, static_cast<std::int32_t>(what.sent.length));
  put_number(out, what.next ? static_cast<std::uint8_t>(*what.next) : no_way);
  put_number(out, static_cast<std::int32_t>(what.resend_after.count()));
  put_number(out, static_cast<std::uint8_t>(what.by_email));
  put_text(out, what.phone.reveal());
  put_text(out, what.hash);
  put_text(out, what.sent.clue);
  return out;
}

std::optional<kept_code> decode_kept_code(bytes_view from) {
  kept_reader in(from);
  if (in.number<std::uint8_t>() != format) return std::nullopt;
  kept_code out;
  out.at = std::chrono::sys_seconds(std::chrono::seconds(in.number<std::int64_t>()));
  auto const way = in.number<std::uint8_t>();
  out.sent.delivery = static_cast<code_delivery>(way);
  out.sent.length = in.number<std::int32_t>();
  auto const next = in.number<std::uint8_t>();
  if (next != no_way) out.next = static_cast<code_delivery>(next);
  out.resend_after = std::chrono::seconds(in.number<std::int32_t>());
  out.by_email = in.number<std::uint8_t>() != 0;
  out.phone = in.text();
  out.hash = in.text();
  out.sent.clue = in.text();
  bool const known = way <= last_way && (next == no_way || next <= last_way);
  if (!in.at_end() || !known || out.phone.reveal().empty() || out.hash.empty()) return std::nullopt;
  return out;
}

}  // namespace mtp::MTP_ABI::login
