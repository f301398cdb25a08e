// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/client/invoke_options.hpp>
#include <mtp/core/bytes.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::detail {

/// What `options` wants around a request: everything that stands before it on the wire, since the
/// query is the last part of every wrapper. Empty when there is nothing.
bytes wrappers_of(invoke_options const& options);

/// What shows a token of reCAPTCHA with the request that follows it.
bytes recaptcha_wrapper(std::string_view token);

/// Why the server could not execute a call with these options; nothing when it could.
std::optional<std::string> validate(invoke_options const& options);

}  // namespace mtp::MTP_ABI::detail
