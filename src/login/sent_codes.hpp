// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/login/step.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/types/sent_code.hpp>

#include <optional>

namespace mtp::MTP_ABI::login {

/// Where a code went, of what the server says.
sent_code sent_code_of(tl::auth::SentCodeType const& type);

/// What Firebase is to make a token of before that code is sent; empty when it goes without.
std::optional<firebase_request> firebase_of(tl::auth::SentCodeType const& type);

/// How the next one would go.
code_delivery delivery_of(tl::auth::CodeType const& type);

}  // namespace mtp::MTP_ABI::login
