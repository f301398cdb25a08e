// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/tl/decode.hpp>

#include "tl/codec/decoder.hpp"
#include "tl/codec/encoder.hpp"
#include "tl/codec/walk.hpp"

#include <algorithm>
#include <new>
#include <stdexcept>

namespace mtp::MTP_ABI::tl {
namespace codec {
namespace {

constexpr std::size_t max_arena = std::size_t{256} << 20;
constexpr std::size_t smallest_chunk = 1024;

}  // namespace

void* arena::allocate_slowly(std::size_t size) noexcept {
  std::size_t const wanted = detail::usual_chunk - 64;
  std::size_t const room = std::max(size, std::min({left_, wanted, used() + smallest_chunk}));
  if (room > left_) return nullptr;
  auto const chunk = block_->add_chunk(room);
  if (!chunk.begin) return nullptr;
  left_ -= room;
  used_before_ = used();
  chunk_ = chunk;
  chunk_start_ = chunk.begin;
  return std::exchange(chunk_.begin, chunk_.begin + size);
}

bool decoder::unknown(std::uint32_t met) noexcept {
  constructor_ = met;
  at_ -= 4;
  return fail(decode_errc::unknown_constructor);
}

bool decoder::fail(decode_errc code) noexcept {
  code_ = code;
  return false;
}

}  // namespace codec

namespace detail {
namespace {

/// The most that a value of so many bytes may take: the widest struct of the API for its bytes
/// takes less than sixty times as much.
std::size_t arena_limit(std::size_t input, decode_options const& options) {
  if (options.max_arena != 0) return options.max_arena;
  return std::min(codec::max_arena, std::size_t{1} << 14 | input << 6);
}

/// With what stands before it no more than the system's allocator hands out fastest, 1032 bytes.
constexpr std::size_t small_room = 928;

/// Enough for nearly all values of so many bytes without a second chunk.
std::size_t first_room(std::size_t input, std::size_t top, std::size_t limit) {
  bool const small = top + 6 * input <= small_room;
  std::size_t const guess = small ? small_room : top + std::max(3 * input, codec::smallest_chunk);
  return std::min({limit, guess, usual_chunk - 256});
}

decode_error describe(codec::decoder const& at, bytes_view data, codec::ops const& of) {
  return {.code = at.code(),
          .constructor = at.constructor(),
          .offset = at.offset(),
          .path = codec::path_to(data, of,
                                 at.code() == decode_errc::truncated ? data.size() : at.offset())};
}

result<void, decode_error> finish(codec::decoder& at, bytes_view data, codec::ops const& of,
                                  decode_options const& options) {
  if (options.rest == trailing::refuse && at.left() != 0) {
    at.fail(decode_errc::trailing_bytes);
    return failure{describe(at, data, of)};
  }
  if (options.consumed) *options.consumed = at.offset();
  return {};
}

decode_error out_of_memory() { return {.code = decode_errc::too_large}; }

/// Decodes into `keeper`, whose first chunk starts with the value.
result<std::size_t, decode_error> decode_into(block* keeper, bytes_view data, std::size_t more,
                                              codec::ops const& of, decode_options const& options,
                                              void*& value) {
  codec::decoder from(data, codec::arena(keeper, more), options.max_depth);
  value = from.allocate(of.size);
  if (!value || !codec::read(from, value, of)) return failure{describe(from, data, of)};
  auto const done = finish(from, data, of, options);
  if (!done) return failure{done.error()};
  return from.memory().used();
}

}  // namespace

decode_outcome decode(slice data, codec::ops const& of, decode_options const& options) {
  std::size_t const limit = arena_limit(data.size(), options);
  std::size_t const room = first_room(data.size(), (of.size + 7u) & ~std::size_t{7}, limit);
  block_ref keeper(block::make(room, limit));
  if (!keeper.get()) return failure{out_of_memory()};
  bytes_view const view = data;
  keeper.get()->keep(std::move(data));
  void* value = nullptr;
  auto const done =
      decode_into(keeper.get(), view, limit - keeper.get()->room(), of, options, value);
  if (!done) return failure{done.error()};
  return decoded_value{std::move(keeper), value};
}

result<void, decode_error> decode_plain(bytes_view data, void* to, codec::ops const& of,
                                        decode_options const& options) {
  codec::decoder from(data, codec::arena(), options.max_depth);
  if (!codec::read(from, to, of)) return failure{describe(from, data, of)};
  return finish(from, data, of, options);
}

detached detach(void const* value, codec::ops const& of) {
  // Encode, decode once to learn how much memory it takes, and again into a block of that size,
  // whose packet is the encoded value alone.
  mtp::bytes packet;
  auto const written = encode(packet, value, of);
  if (!written) throw std::invalid_argument("mtp: " + written.error().text());
  packet.shrink_to_fit();
  decode_options const free_hand{.max_depth = ~std::size_t{0}, .max_arena = ~std::size_t{0} >> 1};
  block_ref measured(block::make(usual_chunk / 2, usual_chunk));
  if (!measured.get()) throw std::bad_alloc();
  void* at = nullptr;
  auto const used = decode_into(measured.get(), packet, free_hand.max_arena, of, free_hand, at);
  if (!used) throw std::bad_alloc();
  block_ref exact(block::make(*used, *used));
  if (!exact.get()) throw std::bad_alloc();
  slice const owner(std::move(packet));
  exact.get()->keep(owner);
  auto const again = decode_into(exact.get(), owner, 0, of, free_hand, at);
  assert(again);
  if (!again) throw std::bad_alloc();
  return {std::move(exact), at};
}

}  // namespace detail
}  // namespace mtp::MTP_ABI::tl
