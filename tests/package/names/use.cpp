// SPDX-License-Identifier: MIT OR Apache-2.0
// What the names of names/api.tl have become.
#include <mtp/tl/api.hpp>

#include <type_traits>

namespace tl = mtp::tl;

namespace {

template <auto Member, class Field>
constexpr bool holds = std::is_same_v<std::remove_cvref_t<decltype(Member)>, Field>;

static_assert(holds<&tl::point::o, std::int32_t tl::point::*>);
static_assert(holds<&tl::point::o_, std::int32_t tl::point::*>);
static_assert(holds<&tl::generator::tl_id_, std::int32_t tl::generator::*>);
static_assert(holds<&tl::generator::response, std::int32_t tl::generator::*>);
static_assert(holds<&tl::point_::response__, std::int32_t tl::point_::*>);
static_assert(holds<&tl::point_::response_, std::int32_t tl::point_::*>);
static_assert(std::is_same_v<tl::point_::response, tl::point>);
static_assert(std::string_view(tl::point_::tl_name) == "point");
static_assert(std::string_view(tl::none__::tl_name) == "none");
static_assert(std::string_view(tl::none_::tl_name) == "none_");
static_assert(std::string_view(tl::NULL_::stdin_::tl_name) == "NULL.stdin");
static_assert(std::string_view(tl::std_::string::tl_name) == "std.string");
static_assert(std::string_view(tl::errno_::tl_name) == "errno");
static_assert(std::string_view(tl::errno__::tl_name) == "errno");
static_assert(std::is_same_v<tl::errno__::response, tl::list<std::int32_t>>);
static_assert(std::is_same_v<tl::EOF_, tl::errno_>);
static_assert(std::is_same_v<tl::Upper_, tl::upper>);
static_assert(std::is_same_v<tl::spaces_, tl::Spaces>);
static_assert(std::string_view(tl::root_::two::tl_name) == "root.two");
static_assert(std::string_view(tl::two::tl_name) == "two");

tl::words const words{.default__ = 1, .default_ = 2, .default___ = 3, .class_ = 4};

/// Shared fields that have a member of the handle, and those whose name the handle needs itself.
std::int32_t read(tl::Shared const& from) {
  tl::Shared::tags const tag = from.tag();
  auto const* const first = from.get_if<tl::shared1>();
  if (tag == tl::Shared::tags::none || !from.has_value() || first == nullptr) return 0;
  tl::list<std::int32_t> const* const list = from.list();
  return first->tags + first->visit + first->Shared + *from.address() + (*list)[0] +
         from.visit([](auto const& one) { return one.tag; });
}

}  // namespace

std::int32_t use(tl::Shared const& from);
std::int32_t use(tl::Shared const& from) { return read(from) + words.default__; }
