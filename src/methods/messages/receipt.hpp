// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/received.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Updates.hpp>

#include <cstdint>

namespace mtp::detail {

/// Collects from the answer to a sent message what became of it.
class receipt {
 public:
  /// Lifetime: refers to `answer`.
  receipt(received<tl::Updates> const& answer, std::int64_t random_id);

  /// 0 when the answer does not say.
  std::int32_t id() const noexcept { return id_; }
  /// The message as the server has it; empty when the answer does not say.
  received<tl::message> message() const;

 private:
  void read(tl::list<tl::Update> const& updates, std::int64_t random_id);
  void note(tl::Message const& one);

  received<tl::Updates> const& answer_;
  std::int32_t id_ = 0;
  tl::message const* message_ = nullptr;
};

}  // namespace mtp::detail
