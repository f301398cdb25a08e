// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storage/account/account_codec.hpp"

#include "core/wire.hpp"

#include <mtp/storage/store_error.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::detail {
namespace {

template <class T>
constexpr std::uint8_t version_of = 1;
template <>  // 2: with the shape, and whether it is whole
constexpr std::uint8_t version_of<stored_peer> = 2;

constexpr std::uint32_t max_list = 1 << 16;
constexpr char const* account_place = "a record of an account";

[[noreturn]] void throw_damaged_value() {
  throw store_error(client_errc::bad_session_file, account_place);
}

// --- Both directions by one description: fields() names the parts of a value in their order

struct value_writer {
  wire::writer out;
  std::uint8_t version;

  template <class Integer>
  void number(Integer& value) {
    out.number(value);
  }
  void text(std::string& value) { out.text(as_bytes(value)); }
  void text(secret<std::string>& value) { out.text(as_bytes(value.reveal())); }
  void text(secret<bytes>& value) { out.text(value.reveal()); }
  std::size_t count(std::size_t size) {
    out.number(static_cast<std::uint32_t>(size));
    return size;
  }
};

struct value_reader {
  wire::reader in;
  std::uint8_t version;

  template <class Integer>
  void number(Integer& value) {
    value = in.number<Integer>();
  }
  void text(std::string& value) { value = as_text(in.text()); }
  void text(secret<std::string>& value) { value = std::string(as_text(in.text())); }
  void text(secret<bytes>& value) {
    auto const found = in.text();
    value = bytes(found.begin(), found.end());
  }
  std::size_t count(std::size_t) {
    auto const size = in.number<std::uint32_t>();
    if (size > max_list || size > in.rest().size()) throw_damaged_value();
    return size;
  }
};

template <class Io>
void flag(Io& io, bool& value) {
  std::uint8_t raw = value;
  io.number(raw);
  value = raw != 0;
}

template <class Io>
void fields(Io& io, std::int32_t& value) {
  io.number(value);
}

template <class Io>
void fields(Io& io, std::uint64_t& value) {
  io.number(value);
}

template <class Io>
void fields(Io& io, stored_consumer& at) {
  io.number(at.place);
  io.number(at.attempts);
  io.number(at.lost);
}

template <class Io>
void fields(Io& io, peer_id& id) {
  auto kind = static_cast<std::uint8_t>(id.kind);
  io.number(kind);
  io.number(id.id);
  if (kind < 1 || kind > 3) throw_damaged_value();
  id.kind = static_cast<peer_kind>(kind);
}

template <class Io>
void fields(Io& io, update_state& at) {
  io.number(at.pts);
  io.number(at.qts);
  io.number(at.date);
  io.number(at.seq);
}

template <class Io>
void fields(Io& io, stored_salt& one) {
  io.number(one.salt);
  io.number(one.valid_since);
  io.number(one.valid_until);
}

template <class Io>
void fields(Io& io, stored_address& one) {
  io.text(one.host);
  io.number(one.port);
  io.number(one.flags);
  io.text(one.proxy_secret);
}

template <class Io>
void fields(Io& io, std::string& text) {
  io.text(text);
}

template <class Io, class T>
void fields(Io& io, std::vector<T>& list) {
  list.resize(io.count(list.size()));
  for (auto& one : list) fields(io, one);
}

template <class Io, class T>
void fields(Io& io, std::optional<T>& value) {
  bool there = value.has_value();
  flag(io, there);
  if (!there) return;
  if (!value) value.emplace();
  fields(io, *value);
}

template <class Io>
void fields(Io& io, stored_addresses& all) {
  fields(io, all.known);
  fields(io, all.last_good);
}

template <class Io>
void fields(Io& io, stored_self& self) {
  io.number(self.id);
  flag(io, self.bot);
}

template <class Io>
void fields(Io& io, stored_identity& who) {
  io.number(who.home_dc);
  fields(io, who.self);
}

template <class Io>
void fields(Io& io, stored_key& key) {
  std::int64_t offset = key.time_offset.count();
  io.number(offset);
  key.time_offset = std::chrono::milliseconds(offset);
  io.number(key.made_at);
  io.number(key.expires_at);
  flag(io, key.signed_in);
  io.text(key.key);
}

template <class Io>
void fields(Io& io, peer_voucher& one) {
  fields(io, one.chat);
  io.number(one.message);
}

template <class Io>
void fields(Io& io, stored_peer& peer) {
  fields(io, peer.id);
  io.number(peer.access_hash);
  fields(io, peer.voucher);
  io.number(peer.learnt);
  io.text(peer.phone);
  io.text(peer.name);
  fields(io, peer.usernames);
  if (io.version < 2) {
    peer.whole = !peer.name.empty() || !peer.usernames.empty();
    return;
  }
  auto shape = static_cast<std::uint8_t>(peer.shape);
  io.number(shape);
  peer.shape = static_cast<peer_shape>(shape);
  flag(io, peer.whole);
}

template <class T>
bytes encode(T value) {
  value_writer io{{}, version_of<T>};
  io.out.number(io.version);
  fields(io, value);
  if (!io.out.ok()) throw error(make_error_code(client_errc::bad_argument), account_place);
  return io.out.take();
}

template <class T>
void decode(bytes_view from, T& to) {
  value_reader io{wire::reader(from), 0};
  io.version = io.in.number<std::uint8_t>();
  if (io.version > version_of<T>) throw store_error(client_errc::newer_store, account_place);
  if (io.version == 0) throw_damaged_value();
  to = {};
  fields(io, to);
  if (!io.in.ok() || !io.in.rest().empty()) throw_damaged_value();
}

}  // namespace

// --- Ids

bytes encode_number(std::uint64_t number) {
  bytes out(sizeof number);
  store_le(out.data(), number);
  std::ranges::reverse(out);
  return out;
}

std::uint64_t decode_number(bytes_view id) {
  if (id.size() != sizeof(std::uint64_t)) throw_damaged_value();
  bytes raw(id.rbegin(), id.rend());
  return load_le<std::uint64_t>(raw.data());
}

bytes encode_text(std::string_view text) { return bytes(text.begin(), text.end()); }

bytes encode_dc(std::int32_t dc) {
  bytes out(sizeof dc);
  store_le(out.data(), dc);
  std::ranges::reverse(out);
  return out;
}

std::int32_t decode_dc(bytes_view id) {
  if (id.size() != sizeof(std::int32_t)) throw_damaged_value();
  bytes const raw(id.rbegin(), id.rend());
  return load_le<std::int32_t>(raw.data());
}

bytes encode_key_name(key_name const& name) {
  bytes out = encode_dc(name.dc);
  out.push_back(static_cast<std::uint8_t>(name.purpose));
  out.push_back(static_cast<std::uint8_t>(name.kind));
  return out;
}

key_name decode_key_name(bytes_view id) {
  if (id.size() != 6) throw_damaged_value();
  return {.dc = decode_dc(id.first(4)),
          .purpose = static_cast<key_purpose>(id[4]),
          .kind = static_cast<key_kind>(id[5])};
}

bytes encode_peer_id(peer_id id) {
  bytes out{static_cast<std::uint8_t>(id.kind)};
  append(out, encode_number(static_cast<std::uint64_t>(id.id)));
  return out;
}

bytes encode_username(std::string_view name) {
  bytes out(name.begin(), name.end());
  for (auto& letter : out) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<std::uint8_t>(letter - 'A' + 'a');
  }
  return out;
}

bytes encode_consumer(std::string_view consumer) {
  bytes out(consumer.begin(), consumer.end());
  out.push_back(0);
  return out;
}

bytes encode_account_box(std::string_view consumer) {
  bytes out = encode_consumer(consumer);
  out.push_back('a');
  return out;
}

bytes encode_journal_consumer(std::string_view name) {
  bytes out{'c'};
  append(out, as_bytes(name));
  return out;
}

bytes encode_journal_update(std::uint64_t number) {
  bytes out{'u'};
  append(out, encode_number(number));
  return out;
}

bytes encode_journal_end() { return {'e'}; }

bytes encode_attempts(std::string_view consumer, std::string_view update) {
  bytes out = encode_consumer(consumer);
  append(out, as_bytes(update));
  return out;
}

namespace {

bytes encode_box(std::string_view consumer, std::uint8_t kind, std::int64_t channel) {
  bytes out = encode_consumer(consumer);
  out.push_back(kind);
  append(out, encode_number(static_cast<std::uint64_t>(channel)));
  return out;
}

}  // namespace

bytes encode_channel(std::string_view consumer, std::int64_t channel) {
  return encode_box(consumer, 'c', channel);
}

bytes encode_last_message(std::string_view consumer, std::int64_t channel) {
  return encode_box(consumer, 'm', channel);
}

// --- Values

bytes encode_value(stored_identity const& who) { return encode(who); }
bytes encode_value(stored_key const& key) { return encode(key); }
bytes encode_value(std::vector<stored_salt> const& salts) { return encode(salts); }
bytes encode_value(stored_addresses const& addresses) { return encode(addresses); }
bytes encode_value(stored_peer const& peer) { return encode(peer); }
bytes encode_value(update_state const& at) { return encode(at); }
bytes encode_value(stored_consumer const& at) { return encode(at); }
bytes encode_value(std::uint64_t number) { return encode(number); }
bytes encode_value(std::int32_t pts) { return encode(pts); }
bytes encode_value(peer_id id) { return encode(id); }

void decode_value(bytes_view from, stored_identity& to) { decode(from, to); }
void decode_value(bytes_view from, stored_key& to) { decode(from, to); }
void decode_value(bytes_view from, std::vector<stored_salt>& to) { decode(from, to); }
void decode_value(bytes_view from, stored_addresses& to) { decode(from, to); }
void decode_value(bytes_view from, stored_peer& to) { decode(from, to); }
void decode_value(bytes_view from, update_state& to) { decode(from, to); }
void decode_value(bytes_view from, stored_consumer& to) { decode(from, to); }
void decode_value(bytes_view from, std::uint64_t& to) { decode(from, to); }
void decode_value(bytes_view from, std::int32_t& to) { decode(from, to); }
void decode_value(bytes_view from, peer_id& to) { decode(from, to); }

}  // namespace mtp::MTP_ABI::detail
