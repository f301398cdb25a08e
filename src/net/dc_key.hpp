// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "net/key_lifecycle.hpp"

#include <mtp/core/async_event.hpp>
#include <mtp/core/environment.hpp>
#include <mtp/mtproto/key_context.hpp>
#include <mtp/net/link_id.hpp>

#include <map>
#include <memory>
#include <optional>
#include <utility>

namespace mtp::MTP_ABI::net {

/// A key that the server forgets after a while. Bound, it acts for the permanent one.
struct temporary_key {
  std::shared_ptr<mtproto::key_context> context = {};
  std::int32_t expires_at = 0;  ///< in the server's time
  bool bound = false;
};

/// The keys of this client at one data centre, shared by all links to it: what one of them learns
/// about salts, the clock, or whether the key is still believed in, the others know.
///
/// Each purpose has a temporary key of its own: the servers for media need not know those that were
/// made elsewhere. The documentation of auth.bindTempAuthKey says that a permanent key is bound to
/// one temporary key at a time, and that the next one takes its place; clients that bind several at
/// a time are served all the same. So a server that unbinds one key when another is bound is taken
/// at its word once it has done so: all purposes share one key from then on.
///
/// Threads: belongs to the strand of its links. Lifetime: `world` outlives it.
class dc_key : public std::enable_shared_from_this<dc_key> {
 public:
  dc_key(environment& world, asio::any_io_executor strand, key_options options)
      : options_(options), life_(options), freed_(world, strand) {}

  /// A key of an earlier process, or one that was just made. `made_at` is in the server's time, 0
  /// when it is not known, which is long ago.
  void set(std::shared_ptr<mtproto::key_context> permanent, std::int32_t made_at);
  /// The permanent key is of no use: it goes, and with it what was bound to it.
  void forget();

  /// Empty while there is none.
  std::shared_ptr<mtproto::key_context> const& permanent() const noexcept { return permanent_; }
  std::int64_t id() const noexcept { return permanent_ ? permanent_->key.id() : 0; }
  duration age(moment now) const;
  key_lifecycle& life() noexcept { return life_; }
  key_options const& options() const noexcept { return options_; }

  /// Whether connections go under temporary keys, which may have to be made first.
  bool uses_temporary() const;
  /// The temporary key for `purpose`, if there is one that still serves.
  temporary_key* temporary(link_purpose purpose, moment now);
  void set_temporary(link_purpose purpose, temporary_key fresh);
  /// The temporary key `which` serves no more; another that has taken its place stays.
  void forget_temporary(link_purpose purpose, mtproto::key_context const* which);
  /// A bound temporary key is bound no longer.
  void on_binding_lost(link_purpose purpose, mtproto::key_context const* which);
  /// When a temporary key is to be renewed, by the server's clock turned into ours: the next one is
  /// made while it still serves.
  steady_time renewal(temporary_key const& one, moment now) const;
  /// When it serves no longer, a little before the server forgets it.
  steady_time end_of_use(temporary_key const& one, moment now) const;
  /// The server was asked to bind a temporary key beside the traffic, only to prove the permanent
  /// one.
  void on_proof(bind_outcome what, moment now);
  /// The key exchange for a temporary key was broken off by whoever is there. Where the options
  /// allow it, the permanent key is used when that happens again and again.
  void on_temporary_refused();
  /// The server was asked to bind the temporary key for `purpose`.
  void on_bind(link_purpose purpose, bind_outcome what, moment now);

  /// Whether the owner of the links has yet to be told that the key is suspect, or is no more.
  bool needs_report(bool suspect) { return std::exchange(reported_suspect_, suspect) != suspect; }

  /// Held while a link makes or binds keys; the others wait and find them made.
  class turn {
   public:
    explicit turn(std::shared_ptr<dc_key> of) : of_(std::move(of)) { of_->busy_ = true; }
    turn(turn const&) = delete;
    turn& operator=(turn const&) = delete;
    ~turn() {
      of_->busy_ = false;
      of_->freed_.notify();
    }

   private:
    std::shared_ptr<dc_key> of_;
  };
  /// Cancellation: terminal.
  task<std::unique_ptr<turn>> take_turn();

 private:
  link_purpose place_of(link_purpose purpose) const {
    return shared_by_purposes_ ? link_purpose::main : purpose;
  }

  bool shared_by_purposes_ = false;  ///< the server binds one temporary key at a time
  std::optional<link_purpose> last_bound_;
  bool cannot_bind_ = false;  ///< the server said so
  int refusals_ = 0;          ///< of temporary keys, in a row
  bool busy_ = false;
  bool reported_suspect_ = false;
  key_options options_;
  key_lifecycle life_;
  async_event freed_;
  std::shared_ptr<mtproto::key_context> permanent_;
  std::int32_t made_at_ = 0;
  std::map<link_purpose, temporary_key> temporary_;
};

}  // namespace mtp::MTP_ABI::net
