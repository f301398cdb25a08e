// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "core/wire.hpp"
#include "tl/codec/generated.hpp"

#include <mtp/tl/decode.hpp>

#include <bit>
#include <cstring>

// What decoding is written with. Everything stands inline that runs for every field.

namespace mtp::MTP_ABI::tl::codec {

static_assert(std::endian::native == std::endian::little,
              "codecs read and write words as they lie");

inline constexpr std::uint32_t vector_id = 0x1cb5c415;
inline constexpr std::uint32_t true_id = 0x997275b5;
inline constexpr std::uint32_t false_id = 0xbc799737;

/// The door through which codecs reach the insides of strings, lists, boxes and handles.
struct access {
  static void borrow(detail::chunk& to, void const* data, std::uint32_t size) noexcept {
    to.data_ = data;
    to.size_ = size;
  }
  static void borrow(detail::list_base& to, void* data, std::uint32_t size) noexcept {
    to.data_ = data;
    to.size_ = size;
  }
  static void borrow(detail::box_base& to, void* at) noexcept {
    to.where_ = reinterpret_cast<std::uintptr_t>(at);
  }
  static void borrow(detail::handle& to, void* at, ops const& of) noexcept {
    to.pointer_ = at;
    to.set(of, detail::handle::borrowed);
  }
  static void* place(detail::handle& to, ops const& of) noexcept {
    to.set(of, detail::handle::in_place);
    return to.place_;
  }
  static void const* data(detail::list_base const& of) noexcept { return of.data_; }
  static void const* at(detail::box_base const& of) noexcept { return of.at(); }
  static void const* at(detail::handle const& of) noexcept { return of.address(); }
  static ops const* alternative(detail::handle const& of) noexcept {
    return of.what_ == 0 ? nullptr : of.ops();
  }
  // Of empty ones at `to`.
  static void copy(detail::list_base& to, detail::list_base const& from, ops const& element) {
    to.copy_from(from, element);
  }
  static void copy(detail::box_base& to, detail::box_base const& from, ops const& of) {
    to.copy_from(from, of);
  }
  static void copy(detail::chunk& to, detail::chunk const& from) {
    ::new (static_cast<void*>(&to)) any_chunk(from);
  }
  static void copy(detail::handle& to, detail::handle const& from) {
    ::new (static_cast<void*>(&to)) any_handle(from);
  }

  static void release(detail::list_base& of, ops const& element) noexcept {
    if (of.capacity_ != 0) of.release(element);
  }
  static void release(detail::box_base& of, ops const& content) noexcept {
    if (of.owns()) of.release(content);
  }
  static void release(detail::chunk& of) noexcept {
    if (of.owned_) of.release();
  }
  static void release(detail::handle& of) noexcept {
    if (of.state() == detail::handle::owned) of.release();
  }

  static bool equal(detail::list_base const& a, detail::list_base const& b, ops const& element) {
    return a.equals(b, element);
  }
  static bool equal(detail::box_base const& a, detail::box_base const& b, ops const& of) {
    return a.equals(b, of);
  }
  static bool equal(detail::chunk const& a, detail::chunk const& b) noexcept {
    return view(a) == view(b);
  }
  static bool equal(detail::handle const& a, detail::handle const& b) { return a.equals(b); }
  static std::string_view view(detail::chunk const& of) noexcept {
    return {static_cast<char const*>(of.data_), of.size_};
  }

 private:
  struct any_chunk : detail::chunk {
    any_chunk(detail::chunk const& from) : chunk(from) {}
  };
  struct any_handle : detail::handle {
    any_handle(detail::handle const& from) : handle(from) {}
  };
};

/// Hands out memory of one block, in units of eight bytes.
class arena {
 public:
  arena() noexcept = default;
  arena(detail::block* of, std::size_t limit) noexcept
      : block_(of), left_(limit), chunk_(of->first_chunk()), chunk_start_(chunk_.begin) {}

  /// Null beyond the limit, and when the system has no more.
  void* allocate(std::size_t size) noexcept {
    size = (size + 7) & ~std::size_t{7};
    if (static_cast<std::size_t>(chunk_.end - chunk_.begin) < size) return allocate_slowly(size);
    return std::exchange(chunk_.begin, chunk_.begin + size);
  }
  /// Bytes handed out, the unused ends of chunks not counted.
  std::size_t used() const noexcept {
    return used_before_ + static_cast<std::size_t>(chunk_.begin - chunk_start_);
  }

 private:
  void* allocate_slowly(std::size_t size) noexcept;

  detail::block* block_ = nullptr;
  std::size_t left_ = 0;  ///< what further chunks may take
  detail::block::span chunk_ = {nullptr, nullptr};
  unsigned char* chunk_start_ = nullptr;
  std::size_t used_before_ = 0;
};

/// Where decoding stands. A failed read says what and where, and returns false all the way up.
class decoder {
 public:
  decoder(bytes_view data, arena memory, std::size_t max_depth) noexcept
      : begin_(data.data()),
        at_(data.data()),
        end_(data.data() + data.size()),
        depth_(max_depth),
        arena_(memory) {}

  std::size_t left() const noexcept { return static_cast<std::size_t>(end_ - at_); }
  std::uint8_t const* at() const noexcept { return at_; }
  std::uint8_t const* end() const noexcept { return end_; }
  void go_on_at(std::uint8_t const* at) noexcept { at_ = at; }
  std::size_t offset() const noexcept { return static_cast<std::size_t>(at_ - begin_); }
  bool has(std::size_t count) noexcept {
    if (left() >= count) [[likely]]
      return true;
    return fail(decode_errc::truncated);
  }

  // Only after has().
  template <class T>
  T take() noexcept {
    T value;
    std::memcpy(&value, at_, sizeof value);
    at_ += sizeof value;
    return value;
  }
  std::uint32_t word() noexcept { return take<std::uint32_t>(); }
  /// The next constructor id; 0, which nobody has, at the end.
  bool id(std::uint32_t& out) noexcept {
    if (!has(4)) return false;
    out = word();
    return true;
  }
  bool expect(std::uint32_t wanted) noexcept {
    if (!has(4)) return false;
    std::uint32_t const met = word();
    return met == wanted || unknown(met);
  }
  template <class T>
  bool number(T& out) noexcept {
    if (!has(sizeof out)) return false;
    out = take<T>();
    return true;
  }
  bool boolean(bool& out) noexcept {
    if (!has(4)) return false;
    std::uint32_t const met = word();
    out = met == true_id;
    return met == true_id || met == false_id || unknown(met);
  }
  bool text(detail::chunk& out) noexcept {
    if (!has(4)) return false;
    wire::text_layout found;
    if (!wire::read_layout(at_, found)) return fail(decode_errc::bad_string);
    std::size_t const whole = found.whole();
    if (!has(whole)) return false;
    access::borrow(out, at_ + found.header, found.size);
    at_ += whole;
    return true;
  }
  bool rest(detail::chunk& out) noexcept {
    access::borrow(out, at_, static_cast<std::uint32_t>(left()));
    at_ = end_;
    return true;
  }
  /// `size` bytes as they are; only sizes in whole words stand on the wire.
  bool sized(detail::chunk& out, std::int32_t size) noexcept {
    if (size < 0 || static_cast<std::size_t>(size) > left()) return fail(decode_errc::truncated);
    access::borrow(out, at_, static_cast<std::uint32_t>(size));
    at_ += size;
    return true;
  }
  /// A count that the bytes left can hold.
  bool count(std::uint32_t& out, std::uint32_t min_size) noexcept {
    if (!has(4)) return false;
    out = word();
    if (std::uint64_t{out} * min_size <= left()) [[likely]]
      return true;
    at_ -= 4;
    return fail(decode_errc::bad_count);
  }

  void* allocate(std::size_t size) noexcept {
    void* const room = arena_.allocate(size);
    if (!room) fail(decode_errc::too_large);
    return room;
  }
  bool enter() noexcept {
    if (depth_ == 0) return fail(decode_errc::too_deep);
    --depth_;
    return true;
  }
  void leave() noexcept { ++depth_; }

  /// The four bytes just read are an id that does not belong here.
  bool unknown(std::uint32_t met) noexcept;
  bool fail(decode_errc code) noexcept;

  decode_errc code() const noexcept { return code_; }
  std::uint32_t constructor() const noexcept { return constructor_; }
  arena const& memory() const noexcept { return arena_; }

 private:
  std::uint8_t const* begin_;
  std::uint8_t const* at_;
  std::uint8_t const* end_;
  std::size_t depth_;
  arena arena_;
  std::uint32_t constructor_ = 0;
  decode_errc code_ = {};
};

/// One level of nesting, left on the way out.
class level {
 public:
  explicit level(decoder& d) noexcept : d_(d), good_(d.enter()) {}
  level(level const&) = delete;
  ~level() {
    if (good_) d_.leave();
  }
  explicit operator bool() const noexcept { return good_; }

 private:
  decoder& d_;
  bool good_;
};

/// Makes a value at `to` and reads it, its id first.
bool read(decoder& from, void* to, ops const& of);

}  // namespace mtp::MTP_ABI::tl::codec
