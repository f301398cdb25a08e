// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/types/message.hpp>

#include <memory>
#include <optional>
#include <utility>
#include <variant>

namespace mtp {

namespace detail {
class update_delivery;
}

/// Somebody wrote a message that we can see; or we did, elsewhere.
struct new_message : message {
  using message::message;
};

/// An update that has no type of its own here yet; see update::raw().
struct other_update {};

/// A batch of updates that this version cannot read, as it came.
struct unknown_update {
  slice body = {};
};

/// One thing that happened. Small and copyable.
class update {
 public:
  using event = std::variant<other_update, new_message, unknown_update>;

  update() = default;
  update(event what, received<tl::Update> raw) : event_(std::move(what)), raw_(std::move(raw)) {}

  /// The event if it is an `Event`, else null.
  template <class Event>
  Event const* get_if() const noexcept {
    return std::get_if<Event>(&event_);
  }
  template <class Visitor>
  decltype(auto) visit(Visitor&& visitor) const {
    return std::visit(std::forward<Visitor>(visitor), event_);
  }
  /// The update in TL's own terms; empty for unknown_update.
  received<tl::Update> const& raw() const noexcept { return raw_; }
  /// Which attempt to deliver it this is, from 1: the stream came to this update before, in this
  /// process or in one that crashed, and the program never asked for the one after it.
  int attempt() const noexcept { return attempt_; }

 private:
  friend class detail::update_delivery;
  event event_;
  received<tl::Update> raw_;
  int attempt_ = 1;
};

/// What happens to the account, in order, each once. What happened while nobody was connected comes
/// first.
///
/// An update counts as delivered when the next one is asked for; what a crash left undelivered
/// comes again, at most client_config::max_attempts times. One stream of a client is open at a
/// time.
class update_stream {
 public:
  explicit update_stream(std::shared_ptr<detail::client_core> client);
  update_stream(update_stream&&) noexcept = default;
  update_stream& operator=(update_stream&&) noexcept;
  ~update_stream();

  /// The next update; empty when the client ends.
  ///
  /// Cancellation: terminal; nothing is lost. Errors: auth_required when the login was lost, or
  /// why a bot may not sign in again; why the client gave up.
  task<std::optional<update>> next();

 private:
  std::shared_ptr<detail::client_core> client_;
};

}  // namespace mtp
