// SPDX-License-Identifier: MIT OR Apache-2.0
#include "core/held_strand.hpp"

#include <asio/execution.hpp>
#include <asio/execution_context.hpp>
#include <asio/query.hpp>
#include <asio/strand.hpp>

#include <mutex>
#include <utility>

namespace mtp::MTP_ABI::detail {

/// All that are held of one loop.
class held_strands final : public asio::execution_context::service {
 public:
  inline static asio::execution_context::id id;

  explicit held_strands(asio::execution_context& loop) : service(loop) {}

  /// The loop destroys its newest service first, so the one of its strands is still there.
  ~held_strands() override {
    for (auto* one = first_; one; one = one->next_) {
      one->strand_ = {};
      one->all_ = nullptr;
    }
  }

  void add(held_strand& one) {
    std::lock_guard const hold(lock_);
    one.next_ = first_;
    if (first_) first_->before_ = &one;
    first_ = &one;
  }
  void remove(held_strand& one) {
    std::lock_guard const hold(lock_);
    (one.before_ ? one.before_->next_ : first_) = one.next_;
    if (one.next_) one.next_->before_ = one.before_;
  }

 private:
  void shutdown() override {}

  std::mutex lock_;
  held_strand* first_ = nullptr;
};

namespace {

held_strands& strands_of(asio::any_io_executor const& strand) {
  (void)asio::make_strand(strand);  // makes the service of strands, if none was made yet
  return asio::use_service<held_strands>(asio::query(strand, asio::execution::context));
}

}  // namespace

held_strand::held_strand(asio::any_io_executor strand)
    : strand_(std::move(strand)), all_(&strands_of(strand_)) {
  all_->add(*this);
}

held_strand::~held_strand() {
  if (all_) all_->remove(*this);
}

}  // namespace mtp::MTP_ABI::detail
