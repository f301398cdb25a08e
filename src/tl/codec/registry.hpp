// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "tl/codec/table.hpp"
#include "tl/codec/traits.hpp"

#include <mtp/tl/ops.hpp>

#include <span>

// The generated tables by name. The lists of ops hold every struct of a schema, functions included;
// only tests use them, and a program that does not is not made larger by them.

namespace mtp::MTP_ABI::tl::codec {

std::span<ops const* const> ops_of_api();
std::span<ops const* const> ops_of_service();
extern schema_table const names_of_api;
extern schema_table const names_of_service;
extern std::span<traits_entry const> const traits_of_api;

}  // namespace mtp::MTP_ABI::tl::codec
