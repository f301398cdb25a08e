// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/random.hpp>
#include <mtp/testing/world/world.hpp>
#include <mtp/tl/decode.hpp>
#include <mtp/tl/encode.hpp>
#include <mtp/tl/function.hpp>

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace mtp::MTP_ABI::testing {

/// What a handler knows of the call that it serves.
struct call {
  testing::world& world;
  random_source& random;
  int dc = 0;                   ///< which data centre was called
  std::int64_t account = 0;     ///< who is signed in; 0 before
  std::int64_t message_id = 0;  ///< of the message that carried the call
  std::int32_t now = 0;         ///< in seconds since 1970

  /// The caller, and the caller's messages. Only after log-in.
  person& self() const { return *world.everybody().find(account); }
  mailbox& box() const { return world.box(account); }
};

/// The bytes of what a handler made. A required part that it left empty is a mistake of the
/// handler: throws std::logic_error.
template <class T>
bytes encode_object(T const& value) {
  if constexpr (std::is_same_v<T, bool>) {
    bytes out(4);
    store_le(out.data(), value ? std::uint32_t{0x997275b5} : std::uint32_t{0xbc799737});
    return out;
  } else if constexpr (std::is_integral_v<T>) {
    bytes out(sizeof(T));
    store_le(out.data(), value);
    return out;
  } else {
    auto written = tl::encode(value);
    if (!written) throw std::logic_error(written.error().text());
    return std::move(*written);
  }
}

/// Changes a call that `wrong` says cannot be read into one that can, if its mistake is one that
/// live servers overlook. False when it is not.
MTP_API bool repair_call(bytes& call, tl::decode_error const& wrong);

/// A handler as the data centre stores it: bytes of the newest layer in, bytes or a refusal out.
template <class Call>
using raw_handler = std::function<outcome<bytes>(Call&, bytes_view)>;

/// Wraps a function of (Call&, F const&) that gives an `outcome` of what `F` answers.
template <tl::tl_function F, class Call, class Handler>
raw_handler<Call> typed_handler(Handler handler) {
  return [handler = std::move(handler)](Call& c, bytes_view body) -> outcome<bytes> {
    auto request = tl::decode<F>(body);
    if (!request) {
      bytes repaired(body.begin(), body.end());
      while (!request && repair_call(repaired, request.error()))
        request = tl::decode<F>(bytes_view(repaired));
    }
    if (!request) return refuse(400, "INPUT_FETCH_ERROR");
    auto answer = handler(c, **request);
    if (!answer) return failure{answer.error()};
    return encode_object(*answer);
  };
}

}  // namespace mtp::MTP_ABI::testing
