// SPDX-License-Identifier: MIT OR Apache-2.0
#include "postgres/parameters.hpp"

#include <utility>

namespace mtp::MTP_ABI::postgres {
namespace {

constexpr std::uint32_t oid_of_bytea = 17;
constexpr std::uint32_t oid_of_int2 = 21;

/// The lowest `size` bytes of a number, the highest of them first.
void append_number(bytes& to, std::uint64_t value, unsigned size) {
  for (unsigned left = size; left > 0; --left)
    to.push_back(static_cast<std::uint8_t>(value >> (8 * (left - 1))));
}

/// An array with one dimension, counted from 1, without nulls; its elements follow.
bytes begin_array(std::uint32_t element, std::size_t count, std::size_t content) {
  bytes out;
  out.reserve(20 + 4 * count + content);  // what grows leaves copies behind
  for (std::uint64_t field : {std::uint64_t{1}, std::uint64_t{0}, std::uint64_t{element},
                              std::uint64_t{count}, std::uint64_t{1}})
    append_number(out, field, 4);
  return out;
}

}  // namespace

parameters& parameters::add(bytes value) {
  values_.emplace_back(secret<bytes>(std::move(value)));
  return *this;
}

parameters& parameters::null() {
  values_.emplace_back();
  return *this;
}

parameters& parameters::int4(std::int32_t value) {
  bytes out;
  append_number(out, static_cast<std::uint32_t>(value), 4);
  return add(std::move(out));
}

parameters& parameters::int8(std::int64_t value) {
  bytes out;
  append_number(out, static_cast<std::uint64_t>(value), 8);
  return add(std::move(out));
}

parameters& parameters::text(std::string_view value) {
  return add(bytes(value.begin(), value.end()));
}

parameters& parameters::bytea(bytes_view value) { return add(bytes(value.begin(), value.end())); }

parameters& parameters::int2s(std::vector<std::int16_t> const& values) {
  auto out = begin_array(oid_of_int2, values.size(), 2 * values.size());
  for (auto const value : values) {
    append_number(out, 2, 4);
    append_number(out, static_cast<std::uint16_t>(value), 2);
  }
  return add(std::move(out));
}

parameters& parameters::byteas(std::vector<bytes_view> const& values) {
  std::size_t content = 0;
  for (auto const value : values) content += value.size();
  auto out = begin_array(oid_of_bytea, values.size(), content);
  for (auto const value : values) {
    append_number(out, value.size(), 4);
    out.insert(out.end(), value.begin(), value.end());
  }
  return add(std::move(out));
}

/// An empty value has an address too: without one it would be null.
std::vector<char const*> parameters::addresses() const {
  std::vector<char const*> out;
  for (auto const& one : values_) {
    bool const empty = one && one->reveal().empty();
    auto const* data = one ? reinterpret_cast<char const*>(one->reveal().data()) : nullptr;
    out.push_back(empty ? "" : data);
  }
  return out;
}

std::vector<int> parameters::lengths() const {
  std::vector<int> out;
  for (auto const& one : values_) out.push_back(one ? static_cast<int>(one->reveal().size()) : 0);
  return out;
}

}  // namespace mtp::MTP_ABI::postgres
