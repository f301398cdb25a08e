// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/tl/encode.hpp>

#include "tl/codec/encoder.hpp"
#include "tl/codec/layout.hpp"
#include "tl/codec/table.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::tl {
namespace codec {
namespace {

/// What is longer goes straight behind what was written, rather than into room that is made first.
constexpr std::size_t long_from = std::size_t{4} << 10;
/// So much room is made at once.
constexpr std::size_t step = std::size_t{4} << 10;

}  // namespace

void encoder::grow(std::size_t count) {
  std::size_t const done = written();
  std::size_t const wanted = done + count;
  if (wanted > out_.capacity()) {
    out_.resize(done);
    out_.reserve(std::max({wanted, 2 * done, std::size_t{256}}));
  }
  // What is made room for is filled with zeros, so not all that there is room for.
  out_.resize(std::min(out_.capacity(), std::max(wanted, done + step)));
  at_ = out_.data() + done;
  left_ = out_.size() - done;
}

void encoder::text(std::string_view value, place where) {
  if (value.size() > wire::max_text) return fail(encode_errc::too_long, where);
  if (value.size() >= long_from) return long_text(value);
  auto const layout = wire::layout_of(value.size());
  std::size_t const whole = layout.whole();
  room(whole);
  // The last word first: it holds the padding.
  store_le(at_ + whole - 4, std::uint32_t{0});
  wire::write_header(at_, layout);
  std::copy(value.begin(), value.end(), at_ + layout.header);
  at_ += whole;
  left_ -= whole;
}

void encoder::long_text(std::string_view value) {
  auto const layout = wire::layout_of(value.size());
  out_.resize(written());
  out_.reserve(out_.size() + layout.whole());
  std::uint8_t header[4];
  wire::write_header(header, layout);
  out_.insert(out_.end(), header, header + layout.header);
  auto const* const text = reinterpret_cast<std::uint8_t const*>(value.data());
  out_.insert(out_.end(), text, text + value.size());
  out_.insert(out_.end(), layout.padding(), 0);
  at_ = out_.data() + out_.size();
  left_ = 0;
}

void encoder::raw_bytes(bytes_view value) {
  room(value.size());
  std::copy(value.begin(), value.end(), at_);
  at_ += value.size();
  left_ -= value.size();
}

void encoder::missing(place where) {
  word(0);
  if (!tolerant_) fail(encode_errc::empty_field, where);
}

void encoder::fail(encode_errc code, place where) noexcept {
  encode_error why{.code = code};
  if (where.type) {
    auto const& names = *where.type->table;
    auto const& type = *names.find(where.type->id);
    why.type = names.name(type.name);
    why.field = names.name(names.fields_of(type)[where.field].name);
  }
  fail(why);
}

void encoder::fail(encode_error why) noexcept {
  if (!failed_) error_ = why;
  failed_ = true;
}

result<void, encode_error> encoder::finish() {
  out_.resize(failed_ ? start_ : written());
  if (failed_) return failure{error_};
  return {};
}

}  // namespace codec

namespace detail {

result<void, encode_error> encode(mtp::bytes& to, void const* value, codec::ops const& of) {
  codec::encoder out(to);
  codec::write(out, value, of);
  return out.finish();
}

result<mtp::bytes, encode_error> encode(void const* value, codec::ops const& of) {
  mtp::bytes out;
  auto const done = encode(out, value, of);
  if (!done) return failure{done.error()};
  return out;
}

}  // namespace detail
}  // namespace mtp::MTP_ABI::tl
