// SPDX-License-Identifier: MIT OR Apache-2.0
// What the tables of layouts rely on, and records of more fields than a set of them holds.
#include "support/catch.hpp"
#include "tl/codec/compiled.hpp"
#include "tl/codec/generated.hpp"

#include <mtp/tl/box.hpp>
#include <mtp/tl/decode.hpp>
#include <mtp/tl/encode.hpp>
#include <mtp/tl/handle.hpp>
#include <mtp/tl/list.hpp>
#include <mtp/tl/service.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <optional>
#include <random>

#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace {

using namespace mtp::tl;
using codec::ops;

/// An object of T with the bytes of the storage visible.
template <class T>
class laid_out {
 public:
  template <class... Arguments>
  explicit laid_out(unsigned char filler, Arguments&&... from) {
    std::memset(bytes_, filler, sizeof bytes_);
    value_ = ::new (static_cast<void*>(bytes_)) T(std::forward<Arguments>(from)...);
  }
  laid_out(laid_out const&) = delete;
  ~laid_out() { value_->~T(); }
  unsigned char byte(std::size_t at) const { return bytes_[at]; }
  T& value() { return *value_; }

 private:
  alignas(T) unsigned char bytes_[sizeof(T)];
  T* value_;
};

/// Zeros, read as a T.
template <class T>
T const& zeros() {
  alignas(T) static unsigned char const room[sizeof(T)] = {};
  return *std::launder(reinterpret_cast<T const*>(room));
}

template <class T>
void check_optional(T value) {
  laid_out<std::optional<T>> const full(0, std::move(value));
  laid_out<std::optional<T>> const none(0xff);
  CHECK(sizeof(std::optional<T>) == sizeof(T) + alignof(T));
  CHECK(full.byte(sizeof(T)) == 1);
  CHECK(none.byte(sizeof(T)) == 0);
  CHECK_FALSE(zeros<std::optional<T>>().has_value());
}

/// The base of a value lies where the value lies.
template <class Base, class T>
void check_base(T const& value) {
  CHECK(static_cast<void const*>(static_cast<Base const*>(&value)) ==
        static_cast<void const*>(&value));
  CHECK(sizeof(T) == sizeof(Base));
}

}  // namespace

TEST_CASE("an optional is a value and a byte behind it that says whether it is there", "[tl]") {
  check_optional<bool>(false);
  check_optional<std::int32_t>(0);
  check_optional<std::int64_t>(0);
  check_optional<double>(0);
  check_optional<mtp::int128>({});
  check_optional<mtp::int256>({});
  check_optional<string>("a");
  check_optional<bytes>("a");
  check_optional<raw>({});
  check_optional<list<string>>({"a"});
}

TEST_CASE("what is empty is all zeros", "[tl]") {
  CHECK(zeros<string>().empty());
  CHECK(zeros<bytes>().view().data() == nullptr);
  CHECK(zeros<list<string>>().empty());
  CHECK_FALSE(zeros<box<mtproto::resPQ>>().has_value());
  CHECK_FALSE(zeros<mtproto::MsgDetailedInfo>().has_value());
  CHECK(zeros<mtproto::resPQ>() == mtproto::resPQ{});
}

TEST_CASE("a value lies where what the codecs know of it lies", "[tl]") {
  check_base<detail::list_base>(list<string>());
  check_base<detail::box_base>(box<mtproto::resPQ>());
  check_base<detail::handle>(mtproto::MsgDetailedInfo());
}

namespace {

// A struct as no schema has it today: five flag words, then 130 numbers and texts behind their
// bits.
constexpr std::size_t word_count = 5;
constexpr std::size_t field_count = 130;
constexpr std::size_t numbers = 100;  ///< the rest are texts

struct wide {
  std::array<std::optional<std::int32_t>, numbers> ints = {};
  std::array<std::optional<string>, field_count - numbers> texts = {};
};

constexpr std::uint16_t offset_of(std::size_t field) {
  std::size_t const offset =
      field < numbers ? field * sizeof(std::optional<std::int32_t>)
                      : offsetof(wide, texts) + (field - numbers) * sizeof(std::optional<string>);
  return static_cast<std::uint16_t>(offset);
}
constexpr std::size_t word_of(std::size_t field) { return field % word_count; }
constexpr std::uint8_t bit_of(std::size_t field) {
  return static_cast<std::uint8_t>(field / word_count);
}

/// The tables of it.
struct wide_layout {
  static constexpr std::size_t all = word_count + field_count;
  static constexpr std::size_t of_word = field_count / word_count;
  std::array<std::array<codec::mark, of_word>, word_count> marks = {};
  std::array<codec::flag_word, word_count> words = {};
  std::array<codec::field, all> fields = {};
  std::array<codec::field_block, (all + codec::block_size - 1) / codec::block_size> blocks = {};

  wide_layout() {
    for (std::size_t i = 0; i < field_count; ++i) add_field(i);
    for (std::size_t i = 0; i < word_count; ++i) add_word(i);
    for (std::size_t i = 0; i < blocks.size(); ++i) add_block(i);
  }

  void add_field(std::size_t i) {
    bool const is_number = i < numbers;
    std::size_t const number = word_count + i;
    fields[number].what = is_number ? codec::code::optional_fixed4 : codec::code::optional_text;
    fields[number].offset = offset_of(i);
    std::size_t const size = is_number ? sizeof(std::int32_t) : sizeof(string);
    marks[word_of(i)][bit_of(i)] = {static_cast<std::uint16_t>(offset_of(i) + size),
                                    static_cast<std::uint16_t>(number), bit_of(i),
                                    static_cast<std::uint8_t>(number), codec::mark_kind::byte};
  }
  void add_word(std::size_t i) {
    words[i].marks = marks[i].data();
    words[i].field_bits = (1u << of_word) - 1;
    words[i].optionals = of_word;
    words[i].leaves_block = true;
    fields[i].what = codec::code::word;
    fields[i].word = &words[i];
  }
  void add_block(std::size_t i) {
    std::size_t const first = i * codec::block_size;
    blocks[i].fields = fields.data() + first;
    blocks[i].count = static_cast<std::uint8_t>(std::min(codec::block_size, all - first));
    blocks[i].always = i == 0 ? (1u << word_count) - 1 : 0;
    for (std::size_t k = 0; k < blocks[i].count; ++k) {
      if (codec::may_own(fields[first + k].what)) blocks[i].owning |= codec::in_block(k);
    }
  }
};

ops const& wide_ops() {
  static wide_layout const layout;
  static ops const made = {.size = sizeof(wide),
                           .min_size = 4 + 4 * word_count,
                           .id = 0x12345678,
                           .what = codec::form::record,
                           .count = static_cast<std::uint16_t>(layout.blocks.size()),
                           .blocks = layout.blocks.data()};
  return made;
}

/// A random value, and what it is on the wire.
struct sample {
  wide value;
  mtp::bytes data;

  explicit sample(std::uint32_t seed) {
    std::mt19937 engine(seed);
    std::array<std::uint32_t, word_count> words = {};
    mtp::bytes body;
    for (std::size_t i = 0; i < field_count; ++i) {
      if (engine() % 3 == 0) continue;
      words[word_of(i)] |= 1u << bit_of(i);
      add(i, static_cast<std::uint32_t>(engine()), body);
    }
    put(data, 0x12345678);
    for (std::uint32_t const word : words) put(data, word);
    data.insert(data.end(), body.begin(), body.end());
  }

 private:
  static void put(mtp::bytes& to, std::uint32_t value) {
    std::size_t const at = to.size();
    to.resize(at + 4);
    mtp::store_le(to.data() + at, value);
  }
  void add(std::size_t field, std::uint32_t number, mtp::bytes& body) {
    if (field < numbers) {
      value.ints[field] = static_cast<std::int32_t>(number);
      put(body, number);
    } else {
      value.texts[field - numbers] = "abc";
      body.insert(body.end(), {3, 'a', 'b', 'c'});
    }
  }
};

}  // namespace

TEST_CASE("a struct of more than sixty-four fields is read, written, copied and compared", "[tl]") {
  for (std::uint32_t seed = 0; seed < 50; ++seed) {
    sample const made(seed);
    auto const written = detail::encode(&made.value, wide_ops());
    REQUIRE(written);
    REQUIRE(*written == made.data);
    auto const read = detail::decode(mtp::slice(mtp::bytes(made.data)), wide_ops(), {});
    REQUIRE(read);
    CHECK(codec::equal(read->value, &made.value, wide_ops()));
    auto const& value = *static_cast<wide const*>(read->value);
    CHECK(value.ints == made.value.ints);
    CHECK(value.texts == made.value.texts);
    laid_out<wide> copy(0);
    codec::copy(&copy.value(), read->value, wide_ops());
    CHECK(codec::equal(&copy.value(), &made.value, wide_ops()));
    sample const other(seed + 1);
    CHECK_FALSE(codec::equal(&copy.value(), &other.value, wide_ops()));
  }
}

TEST_CASE("a struct of more than sixty-four fields cut short is an error", "[tl]") {
  sample const made(1);
  for (std::size_t size = 0; size < made.data.size(); size += 4) {
    mtp::bytes cut(made.data.begin(), made.data.begin() + static_cast<std::ptrdiff_t>(size));
    auto const read = detail::decode(mtp::slice(std::move(cut)), wide_ops(), {});
    REQUIRE_FALSE(read);
    CHECK(read.error().code == decode_errc::truncated);
    CHECK(read.error().offset == size);
  }
}
