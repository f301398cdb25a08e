// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/crypto/auth_key.hpp>
#include <mtp/testing/key_choice.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// Whether the client said by initConnection who it is.
enum class connection_setup : std::uint8_t {
  none,       ///< it did not, or the key was bound since
  done,       ///< it did
  forgotten,  ///< a test made the server forget it
};

/// An authorisation key that a client agreed with one of the data centres.
struct known_key {
  crypto::auth_key key = {};
  int dc = 0;
  bool temporary = false;
  std::int32_t made = 0;
  std::int32_t last_used = 0;     ///< by the client, in seconds since 1970
  std::int32_t expires_at = 0;    ///< of a temporary key
  std::int64_t first_salt = 0;    ///< both sides know it from the key exchange
  std::int64_t bound_to = 0;      ///< of a temporary key: the permanent one, once bound
  std::int64_t user = 0;          ///< of a permanent key: who signed in with it
  std::int64_t password_due = 0;  ///< of a permanent key: who may sign in with a password now
  bool unconfirmed = false;       ///< of a permanent key: nobody said yet that the login is theirs
  std::optional<int> layer = {};  ///< what the client last said that it speaks
  connection_setup setup = connection_setup::none;  ///< each temporary key has its own
  bool duplicated = false;  ///< of a permanent key: somebody else was seen using it
  int denials = 0;  ///< so many packets are answered -404 although the key is good; -1 for all

  std::int64_t id() const { return key.id(); }
};

/// The keys of all data centres. Keys of one are unknown to the others.
class key_ring {
 public:
  /// Adds or replaces a key. Lifetime: the reference lives until the key is dropped.
  known_key& add(known_key fresh);
  /// Empty for a key that was never made here, was dropped, or has expired.
  known_key* find(int dc, std::int64_t id, std::int32_t now);

  /// The permanent key behind `used`: itself, or the one it is bound to; empty while unbound.
  known_key* permanent(known_key& used);
  /// Binds a temporary key; others of the same permanent key stay as they are.
  void bind(known_key& temporary, known_key& permanent);
  /// The client that holds `used` said which layer it speaks.
  void remember_layer(known_key& used, int layer);
  /// What was said last under `used`, else under the permanent key behind it: a fresh temporary key
  /// goes on where the one before it ended.
  std::optional<int> layer_of(known_key& used);
  /// Drops the temporary keys bound to `permanent` but those in `except`.
  void drop_temporary(known_key const& permanent, std::vector<std::int64_t> const& except);
  void drop(int dc, std::int64_t id);
  /// Every client must make a new key.
  void drop_all() { keys_.clear(); }

  /// The keys that act for `user`, temporary ones included.
  std::vector<known_key const*> keys_of(std::int64_t user) const;
  /// Where the keys are that a test means: data centre and id.
  std::vector<std::pair<int, std::int64_t>> choose(key_choice const& whose) const;
  /// All of them.
  std::vector<key_record> records() const;
  std::size_t size() const { return keys_.size(); }

  static constexpr std::int32_t unused_lifetime = 3600;  ///< seconds
  /// The client used this key, and so the permanent one behind it.
  void touch(known_key& used, std::int32_t now);
  /// Drops temporary keys that have expired; and what was not used for `unused_lifetime`: temporary
  /// keys that are not bound, permanent ones by which nobody is signed in.
  void sweep(std::int32_t now);

 private:
  std::int64_t owner_of(known_key const& key) const;

  std::map<std::pair<int, std::int64_t>, known_key> keys_;
};

}  // namespace mtp::MTP_ABI::testing
