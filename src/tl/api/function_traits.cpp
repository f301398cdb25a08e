// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/tl/function_traits.hpp>

#include "tl/codec/registry.hpp"
#include "tl/codec/walk.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::tl {
namespace {

codec::traits_entry const* find(std::uint32_t id) noexcept {
  auto const table = codec::traits_of_api;
  auto const less = [](codec::traits_entry const& one, std::uint32_t wanted) {
    return one.id < wanted;
  };
  auto const found = std::lower_bound(table.begin(), table.end(), id, less);
  return found != table.end() && found->id == id ? &*found : nullptr;
}

/// Sees the query of a wrapper, which is all the bytes behind its other fields.
class query_finder final : public codec::visitor {
 public:
  void open(std::string_view) override { ++depth_; }
  void close() override { --depth_; }
  void leaf(codec::shape of, bytes_view data) override {
    if (depth_ == 1 && of == codec::shape::raw) found_ = data;
  }
  bytes_view found() const noexcept { return found_; }

 private:
  int depth_ = 0;
  bytes_view found_;
};

bytes_view query_of(bytes_view wrapper) {
  query_finder to;
  codec::walk(wrapper, codec::names_of_api, to).boxed();
  return to.found();
}

}  // namespace

function_traits traits_of(std::uint32_t tl_id) noexcept {
  auto const* const found = find(tl_id);
  return found ? function_traits{found->repeatable, found->compressible} : function_traits{};
}

bytes_view function_behind(bytes_view call) {
  while (call.size() >= 4) {
    auto const* const found = find(load_le<std::uint32_t>(call.data()));
    if (!found || !found->wraps) return call;
    call = query_of(call);
  }
  return {};
}

function_traits traits_of_call(bytes_view call) {
  auto const function = function_behind(call);
  return function.empty() ? function_traits{} : traits_of(load_le<std::uint32_t>(function.data()));
}

}  // namespace mtp::MTP_ABI::tl
