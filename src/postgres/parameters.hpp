// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/secret.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI::postgres {

/// The values of a statement, in the binary form of PostgreSQL, wiped when they go. The statement
/// says what it takes them for: "$1::int8".
class parameters {
 public:
  parameters& int4(std::int32_t value);
  parameters& int8(std::int64_t value);
  parameters& text(std::string_view value);
  parameters& bytea(bytes_view value);
  parameters& null();
  parameters& int2s(std::vector<std::int16_t> const& values);
  parameters& byteas(std::vector<bytes_view> const& values);

  int size() const { return static_cast<int>(values_.size()); }
  std::vector<char const*> addresses() const;
  std::vector<int> lengths() const;

 private:
  parameters& add(bytes value);

  std::vector<std::optional<secret<bytes>>> values_;
};

}  // namespace mtp::MTP_ABI::postgres
