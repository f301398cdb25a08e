// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/testing/layer_set.hpp>
#include <mtp/testing/transcode.hpp>
#include <mtp/tl/schema/parse.hpp>
#include <support/catch.hpp>
#include <support/hex.hpp>

#include <core/wire.hpp>

#include <bit>
#include <fstream>
#include <iterator>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::testing {

inline std::ostream& operator<<(std::ostream& out, transcode_error const& error) {
  return out << error.message();
}

}  // namespace mtp::MTP_ABI::testing

namespace mtp::test {

using mtp::bytes;
using mtp::bytes_view;
using mtp::testing::transcode_errc;
using mtp::testing::transcode_error;
using mtp::testing::transcoder;
using document_ptr = std::shared_ptr<tl::schema::document const>;

/// Parses a text that must be right; ids need not follow from it.
inline document_ptr make_schema(std::string_view text) {
  using tl::schema::severity;
  auto read = tl::schema::parse(
      text, {.id_mismatch = severity::warning, .unknown_type = severity::warning});
  if (!read.ok()) throw std::invalid_argument(tl::schema::text(read.problems));
  return std::make_shared<tl::schema::document const>(std::move(read.schema));
}

/// A text below tests/.
inline std::string read_test_file(std::string const& path) {
  std::ifstream file(std::string(MTP_TEST_DIR) + '/' + path, std::ios::binary);
  if (!file) throw std::runtime_error("no such file: " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Writes values by hand: `w("inputUser").i64(7).i64(8)`.
class writer {
 public:
  explicit writer(document_ptr of) : of_(std::move(of)) {}

  writer& operator()(std::string_view name) {
    auto const* one = of_->find_constructor(name);
    if (one == nullptr) one = of_->find_function(name);
    if (one == nullptr) throw std::invalid_argument(std::string(name));
    return u32(one->id);
  }
  writer& u32(std::uint32_t value) {
    wire::append_number(out_, value);
    return *this;
  }
  writer& i64(std::int64_t value) {
    wire::append_number(out_, value);
    return *this;
  }
  writer& real(double value) { return i64(std::bit_cast<std::int64_t>(value)); }
  writer& text(std::string_view value) {
    wire::append_text(out_, as_bytes(value));
    return *this;
  }
  writer& list(std::uint32_t count) { return u32(0x1cb5c415).u32(count); }
  writer& yes() { return u32(0x997275b5); }
  writer& no() { return u32(0xbc799737); }

  operator bytes const&() const { return out_; }
  operator bytes_view() const { return out_; }

 private:
  document_ptr of_;
  bytes out_;
};

/// Two small schemas and the way from the one to the other.
struct two_layers {
  two_layers(std::string_view a, std::string_view b, testing::transcode_limits limits = {})
      : from(make_schema(a)), to(make_schema(b)), go(from, to, limits) {}

  writer in() const { return writer(from); }
  writer out() const { return writer(to); }

  /// What a value becomes; it must become something.
  std::string value(bytes_view boxed) const { return hex(go.value(boxed)); }
  std::string call(bytes_view boxed) const { return hex(go.call(boxed)); }

  static std::string hex(result<bytes, transcode_error> const& done) {
    return done ? to_hex(*done) : "error: " + done.error().message();
  }

  document_ptr from;
  document_ptr to;
  transcoder go;
};

inline std::string hex(bytes_view data) { return to_hex(data); }

}  // namespace mtp::test
