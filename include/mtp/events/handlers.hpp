// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/events/event_tag.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace mtp::MTP_ABI {

class update;

/// A class that update::get_if() can make.
template <class T>
concept event_class = requires(update const& from) {
  requires std::same_as<decltype(T::tag), event_tag const>;
  T(from);
};

}  // namespace mtp::MTP_ABI

// What update::visit() costs a source depends on the handlers that it is given, not on how many
// events there are.
namespace mtp::MTP_ABI::detail {

template <class F>
struct signature : signature<decltype(&F::operator())> {};
template <class R, class A>
struct signature<R (*)(A)> {
  using result = R;
  using argument = A;
};
template <class R, class A>
struct signature<R (*)(A) noexcept> : signature<R (*)(A)> {};
template <class R, class C, class A>
struct signature<R (C::*)(A)> : signature<R (*)(A)> {};
template <class R, class C, class A>
struct signature<R (C::*)(A) const> : signature<R (*)(A)> {};
template <class R, class C, class A>
struct signature<R (C::*)(A) noexcept> : signature<R (*)(A)> {};
template <class R, class C, class A>
struct signature<R (C::*)(A) const noexcept> : signature<R (*)(A)> {};

template <class F>
using signature_of = signature<std::decay_t<F>>;
template <class F>
using handled_by = std::remove_cvref_t<typename signature_of<F>::argument>;

template <class F>
concept names_its_argument = requires { typename signature_of<F>::argument; };

template <class T>
inline constexpr bool is_task = false;
template <class T>
inline constexpr bool is_task<task<T>> = true;

/// Whether the event lives as long as what the handler returns.
template <class F>
inline constexpr bool keeps_its_event = !is_task<typename signature_of<F>::result> ||
                                        !std::is_reference_v<typename signature_of<F>::argument>;

template <class First, class... Others>
struct last_of : last_of<Others...> {};
template <class Last>
struct last_of<Last> {
  using type = Last;
};

template <class... Handlers>
using result_of = typename signature_of<typename last_of<Handlers...>::type>::result;

template <class T>
struct tag_of_handled {
  static constexpr int value = static_cast<int>(T::tag);
};
template <>
struct tag_of_handled<update> {
  static constexpr int value = -1;
};

template <std::size_t N>
constexpr bool all_differ(int const (&tags)[N]) {
  for (std::size_t i = 0; i < N; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (tags[i] == tags[j]) return false;
    }
  }
  return true;
}

template <class... Handlers>
constexpr void check_handlers() {
  static_assert((names_its_argument<Handlers> && ...),
                "visit: each handler takes one event, whose type it names");
  if constexpr ((names_its_argument<Handlers> && ...)) {
    static_assert(std::is_same_v<handled_by<typename last_of<Handlers...>::type>, update>,
                  "visit: the last handler takes mtp::update, for all other events");
    static_assert(
        ((event_class<handled_by<Handlers>> || std::is_same_v<handled_by<Handlers>, update>) &&
         ...),
        "visit: a handler takes something that is no event");
    static_assert(
        (std::is_same_v<typename signature_of<Handlers>::result, result_of<Handlers...>> && ...),
        "visit: all handlers return the same type");
    static_assert((keeps_its_event<Handlers> && ...),
                  "visit: a handler that returns a task takes its event by value");
    static_assert(all_differ({tag_of_handled<handled_by<Handlers>>::value...}),
                  "visit: two handlers take the same event");
  }
}

/// Calls the first of the handlers that takes the event.
template <class Result, class Update, class First, class... Others>
Result visit_in_turn(Update const& what, First& first, Others&... others) {
  using event = handled_by<First>;
  if constexpr (std::is_same_v<event, update>) {
    return first(what);
  } else {
    if (what.tag() == event::tag) return first(event(what));
    return visit_in_turn<Result>(what, others...);
  }
}

}  // namespace mtp::MTP_ABI::detail
