// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/result.hpp>

#include <string>
#include <utility>

namespace mtp::MTP_ABI::testing {

/// How the data centre refuses a call: the code and the text of `rpc_error`.
struct rpc_fault {
  int code = 400;
  std::string text = {};
  bool operator==(rpc_fault const&) const = default;
};

/// A value, or the refusal that the caller gets.
template <class T = void>
using outcome = result<T, rpc_fault>;

/// Makes the failed side of an `outcome`.
inline failure<rpc_fault> refuse(int code, std::string text) {
  return failure<rpc_fault>{rpc_fault{code, std::move(text)}};
}

}  // namespace mtp::MTP_ABI::testing
