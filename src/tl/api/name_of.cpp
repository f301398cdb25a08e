// SPDX-License-Identifier: MIT OR Apache-2.0
#include "tl/codec/table.hpp"
#include "tl/codec/walk.hpp"

#include <mtp/tl/names.hpp>

namespace mtp::MTP_ABI::tl {
namespace codec {
extern schema_table const names_of_api;
extern schema_table const names_of_service;
}  // namespace codec

std::string_view name_of(std::uint32_t id) noexcept {
  for (auto const* names : {&codec::names_of_api, &codec::names_of_service}) {
    if (auto const* found = names->find(id)) return names->name(found->name);
  }
  return {};
}

std::string bytes_to_text(bytes_view data, text_options const& options) {
  bool const service = data.size() >= 4 &&
                       codec::names_of_service.find(load_le<std::uint32_t>(data.data())) != nullptr;
  return codec::print(data, service ? codec::names_of_service : codec::names_of_api, options);
}

}  // namespace mtp::MTP_ABI::tl
