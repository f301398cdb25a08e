// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/record_backend.hpp>

#include <optional>
#include <vector>

namespace mtp::MTP_ABI::libsql {

/// A backend that reads several records by one request. Threads: as record_backend.
class shared_backend : public record_backend {
 public:
  virtual std::vector<std::optional<bytes>> get_all(std::vector<record_key> const& keys) = 0;
};

}  // namespace mtp::MTP_ABI::libsql
