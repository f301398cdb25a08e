// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <algorithm>
#include <optional>
#include <vector>

#include "mtproto/wire.hpp"

// The objects of the key exchange as values that own their parts, with their codec: named and laid
// out as in tl/mtproto.tl. Numbers are strings of bytes there, highest first.
namespace mtp::mtproto::wire {

/// Reads fields one after the other.
struct field_reader {
  reader in;
  void operator()(std::int32_t& out) { out = in.number<std::int32_t>(); }
  void operator()(std::int64_t& out) { out = in.number<std::int64_t>(); }
  void operator()(bytes& out) {
    auto const data = in.string();
    out.assign(data.begin(), data.end());
  }
  void operator()(std::vector<std::int64_t>& out) { out = in.ids(); }
  template <std::size_t Size>
  void operator()(std::array<std::uint8_t, Size>& out) {
    std::ranges::copy(in.take(Size), out.begin());
  }
};

struct field_writer {
  writer out;
  void operator()(std::int32_t value) { out.number(value); }
  void operator()(std::int64_t value) { out.number(value); }
  void operator()(bytes const& value) { out.string(value); }
  void operator()(std::vector<std::int64_t> const& values) { out.ids(values); }
  template <std::size_t Size>
  void operator()(std::array<std::uint8_t, Size> const& value) {
    out.raw(value);
  }
};

struct client_DH_inner_data {
  static constexpr std::uint32_t tl_id = 0x6643b654;
  int128 nonce = {};
  int128 server_nonce = {};
  std::int64_t retry_id = {};
  bytes g_b = {};
  template <class Self, class Visitor>
  static void each(Self& self, Visitor& visit) {
    visit(self.nonce);
    visit(self.server_nonce);
    visit(self.retry_id);
    visit(self.g_b);
  }
};

struct p_q_inner_data {
  static constexpr std::uint32_t tl_id = 0x83c95aec;
  bytes pq = {};
  bytes p = {};
  bytes q = {};
  int128 nonce = {};
  int128 server_nonce = {};
  int256 new_nonce = {};
  template <class Self, class Visitor>
  static void each(Self& self, Visitor& visit) {
    visit(self.pq);
    visit(self.p);
    visit(self.q);
    visit(self.nonce);
    visit(self.server_nonce);
    visit(self.new_nonce);
  }
};

struct p_q_inner_data_dc {
  static constexpr std::uint32_t tl_id = 0xa9f55f95;
  bytes pq = {};
  bytes p = {};
  bytes q = {};
  int128 nonce = {};
  int128 server_nonce = {};
  int256 new_nonce = {};
  std::int32_t dc = {};
  template <class Self, class Visitor>
  static void each(Self& self, Visitor& visit) {
    visit(self.pq);
    visit(self.p);
    visit(self.q);
    visit(self.nonce);
    visit(self.server_nonce);
    visit(self.new_nonce);
    visit(self.dc);
  }
};

struct p_q_inner_data_temp {
  static constexpr std::uint32_t tl_id = 0x3c6a84d4;
  bytes pq = {};
  bytes p = {};
  bytes q = {};
  int128 nonce = {};
  int128 server_nonce = {};
  int256 new_nonce = {};
  std::int32_t expires_in = {};
  template <class Self, class Visitor>
  static void each(Self& self, Visitor& visit) {
    visit(self.pq);
    visit(self.p);
    visit(self.q);
    visit(self.nonce);
    visit(self.server_nonce);
    visit(self.new_nonce);
    visit(self.expires_in);
  }
};

struct p_q_inner_data_temp_dc {
  static constexpr std::uint32_t tl_id = 0x56fddf88;
  bytes pq = {};
  bytes p = {};
  bytes q = {};
  int128 nonce = {};
  int128 server_nonce = {};
  int256 new_nonce = {};
  std::int32_t dc = {};
  std::int32_t expires_in = {};
  template <class Self, class Visitor>
  static void each(Self& self, Visitor& visit) {
    visit(self.pq);
    visit(self.p);
    visit(self.q);
    visit(self.nonce);
    visit(self.server_nonce);
    visit(self.new_nonce);
    visit(self.dc);
    visit(self.expires_in);
  }
};

struct resPQ {
  static constexpr std::uint32_t tl_id = 0x05162463;
  int128 nonce = {};
  int128 server_nonce = {};
  bytes pq = {};
  std::vector<std::int64_t> server_public_key_fingerprints = {};
  template <class Self, class Visitor>
  static void each(Self& self, Visitor& visit) {
    visit(self.nonce);
    visit(self.server_nonce);
    visit(self.pq);
    visit(self.server_public_key_fingerprints);
  }
};

struct server_DH_params_fail {
  static constexpr std::uint32_t tl_id = 0x79cb045d;
  int128 nonce = {};
  int128 server_nonce = {};
  int128 new_nonce_hash = {};
  template <class Self, class Visitor>
  static void each(Self& self, Visitor& visit) {
    visit(self.nonce);
    visit(self.server_nonce);
    visit(self.new_nonce_hash);
  }
};

struct server_DH_params_ok {
  static constexpr std::uint32_t tl_id = 0xd0e8075c;
  int128 nonce = {};
  int128 server_nonce = {};
  bytes encrypted_answer = {};
  template <class Self, class Visitor>
  static void each(Self& self, Visitor& visit) {
    visit(self.nonce);
    visit(self.server_nonce);
    visit(self.encrypted_answer);
  }
};

struct server_DH_inner_data {
  static constexpr std::uint32_t tl_id = 0xb5890dba;
  int128 nonce = {};
  int128 server_nonce = {};
  std::int32_t g = {};
  bytes dh_prime = {};
  bytes g_a = {};
  std::int32_t server_time = {};
  template <class Self, class Visitor>
  static void each(Self& self, Visitor& visit) {
    visit(self.nonce);
    visit(self.server_nonce);
    visit(self.g);
    visit(self.dh_prime);
    visit(self.g_a);
    visit(self.server_time);
  }
};

struct dh_gen_fail {
  static constexpr std::uint32_t tl_id = 0xa69dae02;
  int128 nonce = {};
  int128 server_nonce = {};
  int128 new_nonce_hash3 = {};
  template <class Self, class Visitor>
  static void each(Self& self, Visitor& visit) {
    visit(self.nonce);
    visit(self.server_nonce);
    visit(self.new_nonce_hash3);
  }
};

struct dh_gen_ok {
  static constexpr std::uint32_t tl_id = 0x3bcbf734;
  int128 nonce = {};
  int128 server_nonce = {};
  int128 new_nonce_hash1 = {};
  template <class Self, class Visitor>
  static void each(Self& self, Visitor& visit) {
    visit(self.nonce);
    visit(self.server_nonce);
    visit(self.new_nonce_hash1);
  }
};

struct dh_gen_retry {
  static constexpr std::uint32_t tl_id = 0x46dc1fb9;
  int128 nonce = {};
  int128 server_nonce = {};
  int128 new_nonce_hash2 = {};
  template <class Self, class Visitor>
  static void each(Self& self, Visitor& visit) {
    visit(self.nonce);
    visit(self.server_nonce);
    visit(self.new_nonce_hash2);
  }
};

struct req_DH_params {
  static constexpr std::uint32_t tl_id = 0xd712e4be;
  int128 nonce = {};
  int128 server_nonce = {};
  bytes p = {};
  bytes q = {};
  std::int64_t public_key_fingerprint = {};
  bytes encrypted_data = {};
  template <class Self, class Visitor>
  static void each(Self& self, Visitor& visit) {
    visit(self.nonce);
    visit(self.server_nonce);
    visit(self.p);
    visit(self.q);
    visit(self.public_key_fingerprint);
    visit(self.encrypted_data);
  }
};

struct req_pq {
  static constexpr std::uint32_t tl_id = 0x60469778;
  int128 nonce = {};
  template <class Self, class Visitor>
  static void each(Self& self, Visitor& visit) {
    visit(self.nonce);
  }
};

struct req_pq_multi {
  static constexpr std::uint32_t tl_id = 0xbe7e8ef1;
  int128 nonce = {};
  template <class Self, class Visitor>
  static void each(Self& self, Visitor& visit) {
    visit(self.nonce);
  }
};

struct set_client_DH_params {
  static constexpr std::uint32_t tl_id = 0xf5045f1f;
  int128 nonce = {};
  int128 server_nonce = {};
  bytes encrypted_data = {};
  template <class Self, class Visitor>
  static void each(Self& self, Visitor& visit) {
    visit(self.nonce);
    visit(self.server_nonce);
    visit(self.encrypted_data);
  }
};

/// The object that `data` begins with; what stands behind it is left in `data`. Empty when there is
/// another or it is cut short.
template <class Object>
std::optional<Object> read(bytes_view& data) {
  field_reader visit{reader(data)};
  if (visit.in.number<std::uint32_t>() != Object::tl_id) return std::nullopt;
  Object object;
  Object::each(object, visit);
  if (!visit.in.ok()) return std::nullopt;
  data = visit.in.rest();
  return object;
}

template <class Object>
bytes write(Object const& object) {
  field_writer visit;
  visit.out.number(Object::tl_id);
  Object::each(object, visit);
  return visit.out.take();
}

}  // namespace mtp::mtproto::wire
