// SPDX-License-Identifier: MIT OR Apache-2.0
#include "core/wire.hpp"

#include "support/catch.hpp"

using namespace mtp;

namespace {

bytes text_of(std::size_t size) {
  bytes out(size);
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(i * 7 + 1);
  return out;
}

}  // namespace

TEST_CASE("strings are laid out as the documentation says", "[core][wire]") {
  CHECK(wire::writer().text({}).take() == bytes{0, 0, 0, 0});
  CHECK(wire::writer().text(bytes{7}).take() == bytes{1, 7, 0, 0});
  CHECK(wire::writer().text(bytes{7, 8, 9}).take() == bytes{3, 7, 8, 9});
  CHECK(wire::writer().text(bytes{7, 8, 9, 10}).take() == bytes{4, 7, 8, 9, 10, 0, 0, 0});
  bytes const longest_short = wire::writer().text(text_of(253)).take();
  CHECK(longest_short.size() == 256);
  CHECK(longest_short[0] == 253);
  bytes const shortest_long = wire::writer().text(text_of(254)).take();
  CHECK(shortest_long.size() == 260);
  CHECK(bytes(shortest_long.begin(), shortest_long.begin() + 4) == bytes{254, 254, 0, 0});
}

TEST_CASE("a string of any length is read as it was written, and what follows it", "[core][wire]") {
  for (std::size_t const size : {0, 1, 2, 3, 4, 252, 253, 254, 255, 256, 257, 65'535, 65'536}) {
    bytes const text = text_of(size);
    bytes const data = wire::writer().text(text).number(std::int32_t{-5}).take();
    CHECK(data.size() % 4 == 0);
    wire::reader in(data);
    auto const read = in.text();
    CHECK(bytes(read.begin(), read.end()) == text);
    CHECK(in.number<std::int32_t>() == -5);
    CHECK(in.ok());
    CHECK(in.rest().empty());
  }
}

TEST_CASE("the longest string that a length can say is written, and none beyond", "[core][wire]") {
  wire::writer whole;
  CHECK(whole.text(bytes(wire::max_text)).ok());
  bytes const data = whole.take();
  CHECK(data.size() == wire::max_text + 5);
  CHECK(wire::reader(data).text().size() == wire::max_text);
  wire::writer beyond;
  CHECK(!beyond.number(std::uint32_t{1}).text(bytes(wire::max_text + 1)).ok());
  CHECK(beyond.take() == bytes{1, 0, 0, 0});
}

TEST_CASE("a string that is cut short anywhere is an error", "[core][wire]") {
  for (std::size_t const size : {0, 3, 5, 253, 254, 300}) {
    bytes const data = wire::writer().text(text_of(size)).take();
    for (std::size_t kept = 0; kept < data.size(); ++kept) {
      wire::reader in(bytes_view(data).first(kept));
      CHECK(in.text().empty());
      CHECK(in.error() == wire::read_error::cut_short);
    }
  }
}

TEST_CASE("a string that begins with 255 is an error, and the first error stays", "[core][wire]") {
  bytes const data{255, 1, 0, 0, 9, 0, 0, 0};
  wire::reader in(data);
  CHECK(in.peek() == 0x1ff);
  CHECK(in.text().empty());
  CHECK(in.error() == wire::read_error::bad_length);
  CHECK(in.rest().empty());
  CHECK(in.number<std::uint64_t>() == 0);
  CHECK(in.take(0).empty());
  CHECK(in.peek() == 0);
  CHECK(in.error() == wire::read_error::bad_length);
}

TEST_CASE("a short string may stand behind a long length", "[core][wire]") {
  bytes const data{254, 3, 0, 0, 7, 8, 9, 99, 254, 0, 0, 0};
  wire::reader in(data);
  auto const text = in.text();
  CHECK(bytes(text.begin(), text.end()) == bytes{7, 8, 9});
  CHECK(in.text().empty());
  CHECK(in.ok());
  CHECK(in.rest().empty());
}

TEST_CASE("a long length that the bytes do not hold is an error", "[core][wire]") {
  for (bytes const& data : {bytes{254, 0xff, 0xff, 0xff}, bytes{254, 5, 0, 0, 1, 2, 3, 4}}) {
    wire::reader in(data);
    CHECK(in.text().empty());
    CHECK(in.error() == wire::read_error::cut_short);
  }
}

TEST_CASE("nobody looks at what the padding of a string holds", "[core][wire]") {
  bytes const data{1, 7, 0xff, 0xff, 5, 0, 0, 0};
  wire::reader in(data);
  CHECK(in.text().front() == 7);
  CHECK(in.number<std::int32_t>() == 5);
  CHECK(in.ok());
}

TEST_CASE("a layout says how much a string takes, and is read as it was written", "[core][wire]") {
  for (std::size_t const size :
       {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{253},
        std::size_t{254}, std::size_t{255}, wire::max_text - 1, wire::max_text}) {
    auto const layout = wire::layout_of(size);
    CHECK(layout.size == size);
    CHECK(layout.whole() % 4 == 0);
    CHECK(layout.padding() < 4);
    CHECK(layout.header + size + layout.padding() == layout.whole());
    std::uint8_t header[4] = {};
    wire::write_header(header, layout);
    wire::text_layout read;
    CHECK(wire::read_layout(header, read));
    CHECK(read.header == layout.header);
    CHECK(read.size == size);
  }
  for (bytes const& header : {bytes{255, 0, 0, 0}, bytes{255, 254, 0, 0}, bytes(4, 255)}) {
    wire::text_layout read;
    CHECK_FALSE(wire::read_layout(header.data(), read));
  }
}

TEST_CASE("a string is padded by its own length, wherever it is appended", "[core][wire]") {
  bytes to{9};
  CHECK(wire::append_text(to, bytes{7, 8}));
  CHECK(to == bytes{9, 2, 7, 8, 0});
  wire::append_number(to, std::uint16_t{0x0102});
  CHECK(to == bytes{9, 2, 7, 8, 0, 2, 1});
  CHECK_FALSE(wire::append_text(to, bytes(wire::max_text + 1)));
  CHECK(to.size() == 7);
}

TEST_CASE("peeking moves nothing, and says 0 where no id can stand", "[core][wire]") {
  bytes const data{4, 3, 2, 1, 5, 6, 7};
  wire::reader in(data);
  CHECK(in.peek() == 0x01020304);
  CHECK(in.peek() == 0x01020304);
  CHECK(in.number<std::uint32_t>() == 0x01020304);
  CHECK(in.peek() == 0);
  CHECK(in.ok());
  in.fail(wire::read_error::unexpected);
  CHECK(in.error() == wire::read_error::unexpected);
  CHECK(in.rest().empty());
}

TEST_CASE("numbers are little-endian and are not read beyond the end", "[core][wire]") {
  bytes const data = wire::writer()
                         .number(std::uint32_t{0x01020304})
                         .number(std::int64_t{-2})
                         .raw(bytes{9})
                         .take();
  CHECK(bytes(data.begin(), data.begin() + 4) == bytes{4, 3, 2, 1});
  wire::reader in(data);
  CHECK(in.number<std::uint32_t>() == 0x01020304);
  CHECK(in.number<std::int64_t>() == -2);
  CHECK(in.number<std::uint16_t>() == 0);
  CHECK(in.error() == wire::read_error::cut_short);
  CHECK(wire::constructor_of(data) == 0x01020304);
  CHECK(wire::constructor_of(bytes{1, 2, 3}) == 0);
}
