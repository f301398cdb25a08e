// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <cstdint>

namespace mtp::MTP_ABI::tl {

/// What is known of a function beyond its fields: from its name and fields by rule, corrected by
/// tl/api.traits.
struct function_traits {
  /// Executing the call twice does no harm: it reads, or carries a `random_id` by which the servers
  /// know it again.
  bool repeatable = false;
  /// Its body may shrink; false where it is a part of a file or ciphertext.
  bool compressible = true;
  bool operator==(function_traits const&) const = default;
};

/// The traits of the function with that constructor id. One that the schema does not know is not
/// repeatable, and compressible. Wrappers (invokeWithLayer, ...) are not repeatable by themselves.
MTP_API function_traits traits_of(std::uint32_t tl_id) noexcept;

/// The function that a serialised call executes: `call` without the wrappers around it
/// (invokeWithLayer, initConnection, invokeAfterMsg, ...). What cannot be read gives an empty view.
///
/// Lifetime: the view is a part of `call`.
MTP_API bytes_view function_behind(bytes_view call);

/// The traits of the function that a serialised call executes.
MTP_API function_traits traits_of_call(bytes_view call);

}  // namespace mtp::MTP_ABI::tl
