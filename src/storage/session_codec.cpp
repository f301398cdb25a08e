// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The format of a session file, version 5. Integers are little-endian.
//
//   0  8   magic "mtp.sess"
//   8  4   version
//  12  8   length of the state
//  20 32   SHA-256 of the state
//  52      the state: the members of session_state in order; a map is a count and its pairs, an
//          optional is a byte and its value
//
// In version 1 a data centre ended with its salts, and there were no addresses; in version 2 there
// were no attempts; in version 3 there were no login_tokens; in version 4
// there were no last_messages.
#include "storage/session_codec.hpp"

#include "core/wire.hpp"
#include "storage/file/record_format.hpp"

#include <mtp/core/error.hpp>

#include <openssl/sha.h>

#include <algorithm>
#include <concepts>
#include <cstring>

namespace mtp::MTP_ABI::detail {
namespace {

constexpr std::uint32_t version = 5;
constexpr std::size_t header_size = 52;
constexpr std::size_t auth_key_size = 256;

int256 digest(bytes_view data) {
  int256 out;
  SHA256(data.data(), data.size(), out.data());
  return out;
}

class state_writer {
 public:
  template <std::integral Integer>
  void put(Integer value) {
    out_.number(value);
  }
  void put(bool value) { put(static_cast<std::uint8_t>(value)); }
  void put(bytes const& data) {
    put(static_cast<std::uint32_t>(data.size()));
    out_.raw(data);
  }
  void put(std::string const& text) { put(bytes(as_bytes(text).begin(), as_bytes(text).end())); }
  void put(stored_salt const& s) { put(s.salt), put(s.valid_since), put(s.valid_until); }
  void put(stored_self const& s) { put(s.id), put(s.bot); }
  void put(update_state const& u) { put(u.pts), put(u.qts), put(u.date), put(u.seq); }
  void put(peer_id const& p) { put(static_cast<std::uint8_t>(p.kind)), put(p.id); }
  void put(stored_dc const& dc) {
    put(dc.auth_key.reveal());
    put(std::int64_t{dc.time_offset.count()});
    put(static_cast<std::uint32_t>(dc.salts.size()));
    for (auto const& salt : dc.salts) put(salt);
    put(dc.made_at), put(dc.signed_in);
  }
  void put(stored_address const& a) {
    put(a.host);
    put(a.port), put(a.flags), put(a.proxy_secret.reveal());
  }
  void put(stored_addresses const& all) {
    put(static_cast<std::uint32_t>(all.known.size()));
    for (auto const& one : all.known) put(one);
    put(all.last_good);
  }
  void put(std::vector<secret<bytes>> const& all) {
    put(static_cast<std::uint32_t>(all.size()));
    for (auto const& one : all) put(one.reveal());
  }
  template <class T>
  void put(std::optional<T> const& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <class Key, class Value>
  void put(std::map<Key, Value> const& all) {
    put(static_cast<std::uint32_t>(all.size()));
    for (auto const& [key, value] : all) put(key), put(value);
  }
  bytes take() { return out_.take(); }

 private:
  wire::writer out_;
};

/// Reads the same members in the same order. After the first impossible one everything fails.
class state_reader {
 public:
  state_reader(bytes_view data, std::uint32_t format) : in_(data), format_(format) {}

  bool ok() const { return in_.ok(); }
  bool at_end() const { return in_.rest().empty(); }

  template <std::integral Integer>
  void get(Integer& value) {
    value = in_.number<Integer>();
  }
  void get(bool& value) {
    std::uint8_t raw = 0;
    get(raw);
    require(raw <= 1);
    value = raw == 1;
  }
  void get(bytes& data) {
    std::uint32_t size = 0;
    get(size);
    bytes_view const raw = in_.take(size);
    data.assign(raw.begin(), raw.end());
  }
  void get(std::string& text) {
    bytes raw;
    get(raw);
    text = as_text(raw);
  }
  void get(stored_salt& s) { get(s.salt), get(s.valid_since), get(s.valid_until); }
  void get(stored_self& s) { get(s.id), get(s.bot); }
  void get(update_state& u) { get(u.pts), get(u.qts), get(u.date), get(u.seq); }
  void get(peer_id& p) {
    std::uint8_t kind = 0;
    get(kind), get(p.id);
    require(kind >= 1 && kind <= 3);
    p.kind = static_cast<peer_kind>(kind);
  }
  void get(stored_dc& dc) {
    bytes key;
    get(key);
    require(key.empty() || key.size() == auth_key_size);
    dc.auth_key = std::move(key);
    std::int64_t offset = 0;
    get(offset);
    dc.time_offset = std::chrono::milliseconds(offset);
    for (std::uint32_t left = count(); left > 0 && ok(); --left) get(dc.salts.emplace_back());
    if (format_ >= 2) get(dc.made_at), get(dc.signed_in);
  }
  void get(stored_address& a) {
    bytes secret;
    get(a.host), get(a.port), get(a.flags), get(secret);
    a.proxy_secret = std::move(secret);
  }
  void get(stored_addresses& all) {
    for (std::uint32_t left = count(); left > 0 && ok(); --left) get(all.known.emplace_back());
    get(all.last_good);
  }
  void get(std::vector<secret<bytes>>& all) {
    for (std::uint32_t left = count(); left > 0 && ok(); --left) {
      bytes one;
      get(one);
      require(one.size() >= 4);
      all.emplace_back(std::move(one));
    }
  }
  template <class T>
  void get(std::optional<T>& value) {
    bool there = false;
    get(there);
    if (there && ok()) get(value.emplace());
  }
  template <class Key, class Value>
  void get(std::map<Key, Value>& all) {
    for (std::uint32_t left = count(); left > 0 && ok(); --left) {
      Key key{};
      Value value{};
      get(key), get(value);
      require(all.emplace(key, std::move(value)).second);
    }
  }

 private:
  /// A count of elements, each of which takes at least eight bytes.
  std::uint32_t count() {
    std::uint32_t value = 0;
    get(value);
    require(value <= in_.rest().size() / 8);
    return ok() ? value : 0;
  }
  void require(bool possible) {
    if (!possible) in_.fail(wire::read_error::unexpected);
  }

  wire::reader in_;
  std::uint32_t format_;
};

/// Visits the members in the order of the format; for writing and for reading.
template <class Codec, class State>
void each_member(std::uint32_t format, Codec&& codec, State& state) {
  codec(state.home_dc);
  codec(state.dcs);
  codec(state.self);
  codec(state.updates);
  codec(state.channel_pts);
  codec(state.access_hashes);
  if (format >= 2) codec(state.addresses);
  if (format >= 3) codec(state.attempts);
  if (format >= 4) codec(state.login_tokens);
  if (format >= 5) codec(state.last_messages);
}

failure<std::error_code> as_failure_of(client_errc what) { return {make_error_code(what)}; }
failure<std::error_code> bad_file() { return as_failure_of(client_errc::bad_session_file); }

}  // namespace

bytes encode_session(session_state const& state) {
  state_writer body;
  each_member(version, [&](auto const& member) { body.put(member); }, state);
  bytes const content = body.take();
  return wire::writer()
      .raw(as_bytes(session_file_magic))
      .number(version)
      .number(static_cast<std::uint64_t>(content.size()))
      .raw(digest(content))
      .raw(content)
      .take();
}

result<session_state> decode_session(bytes_view file) {
  auto const magic = as_text(file.first(std::min(file.size(), session_file_magic.size())));
  if (magic == record_file_magic) return as_failure_of(client_errc::newer_store);
  if (file.size() < header_size || magic != session_file_magic) return bad_file();
  bytes_view const content = file.subspan(header_size);
  auto const format = load_le<std::uint32_t>(&file[8]);
  if (format > version) return as_failure_of(client_errc::newer_store);
  if (format < 1) return bad_file();
  if (load_le<std::uint64_t>(&file[12]) != content.size()) return bad_file();
  if (!std::ranges::equal(digest(content), file.subspan(20, 32))) return bad_file();
  session_state state;
  state_reader from(content, format);
  each_member(format, [&](auto& member) { from.get(member); }, state);
  if (!from.ok() || !from.at_end()) return bad_file();
  return state;
}

}  // namespace mtp::MTP_ABI::detail
