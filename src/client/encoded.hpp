// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/error.hpp>
#include <mtp/tl/encode.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {

/// The bytes of a function that the client itself calls. Throws where a value cannot be encoded.
template <class F>
bytes encoded(F const& function) {
  auto out = tl::encode(function);
  if (!out) throw error(make_error_code(client_errc::encode), out.error().text());
  return *std::move(out);
}

}  // namespace mtp::MTP_ABI::detail
