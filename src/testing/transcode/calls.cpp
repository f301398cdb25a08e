// SPDX-License-Identifier: MIT OR Apache-2.0
#include "layout.hpp"
#include "reader.hpp"

#include <mtp/testing/transcode.hpp>

#include <vector>

namespace mtp::MTP_ABI::testing {

namespace {

using tl::schema::type_kind;

// Wrappers nest a few levels; a call made of nothing else is refused.
constexpr int max_wrappers = 16;

// Ids of the wrappers; the same in all layers since 158.
constexpr std::uint32_t invoke_with_layer = 0xda9b0d0d;
constexpr std::uint32_t invoke_after_msg = 0xcb9f372d;
constexpr std::uint32_t invoke_after_msgs = 0x3dc4b4f0;
constexpr std::uint32_t invoke_without_updates = 0xbf9459b7;
constexpr std::uint32_t invoke_with_takeout = 0xaca9fd2e;
constexpr std::uint32_t invoke_with_messages_range = 0x365275f2;

/// The bytes between the id of a wrapper and the call in it; empty when it is no wrapper.
std::optional<std::size_t> head_size(std::uint32_t id, bytes_view rest) {
  switch (id) {
    case invoke_without_updates: return 0;
    case invoke_after_msg:
    case invoke_with_takeout: return 8;
    case invoke_with_messages_range: return 12;
    case invoke_after_msgs:
      if (rest.size() < 8) return std::nullopt;
      return 8 + std::size_t{8} * load_le<std::uint32_t>(rest.data() + 4);
    default: return std::nullopt;
  }
}

/// The index of the field with the wrapped call; none when this is no wrapper.
transcoding::index find_query(transcoding::layout const& of, transcoding::index function) {
  auto const& fields = of.definitions[function].fields;
  for (transcoding::index i = 0; i < fields.size(); ++i) {
    if (of.type_of(fields[i]).kind == type_kind::function && !fields[i].conditional()) return i;
  }
  return transcoding::none;
}

}  // namespace

call_reader::call_reader(std::shared_ptr<tl::schema::document const> schema,
                         transcode_limits limits)
    : layout_(std::make_shared<transcoding::layout const>(std::move(schema))), limits_(limits) {}

result<innermost_call, transcode_error> call_reader::innermost(bytes_view call) const {
  transcoding::reader in(*layout_, call, limits_);
  for (int i = 0; i < max_wrappers; ++i) {
    std::size_t const offset = in.at();
    std::uint32_t id = 0;
    if (!in.word(id)) return failure{in.error()};
    transcoding::index const known = layout_->find(id);
    bool const is_function = known != transcoding::none && layout_->definitions[known].is_function;
    if (!is_function) return innermost_call{offset, id, {}};
    transcoding::index const query = find_query(*layout_, known);
    if (query == transcoding::none) return innermost_call{offset, id, layout_->name(known)};
    if (!in.skip_fields(known, query)) return failure{in.error()};
  }
  return failure{transcode_error{transcode_errc::too_deep}};
}

std::optional<int> announced_layer(bytes_view call) {
  for (int i = 0; i < max_wrappers && call.size() >= 8; ++i) {
    auto const id = load_le<std::uint32_t>(call.data());
    if (id == invoke_with_layer) return load_le<std::int32_t>(call.data() + 4);
    auto const head = head_size(id, call.subspan(4));
    if (!head || *head > call.size() - 4) return std::nullopt;
    call = call.subspan(4 + *head);
  }
  return std::nullopt;
}

}  // namespace mtp::MTP_ABI::testing
