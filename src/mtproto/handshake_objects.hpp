// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <optional>
#include <vector>

// The objects of the key exchange as values that own their parts, with their codec: named and laid
// out as in tl/mtproto.tl. Numbers are strings of bytes there, highest first.
namespace mtp::mtproto::wire {

/// Reads fields one after the other; once one is missing, nothing more is read.
class field_reader {
 public:
  explicit field_reader(bytes_view data) : rest_(data) {}
  void operator()(std::int32_t& out) { scalar(out); }
  void operator()(std::int64_t& out) { scalar(out); }
  void operator()(int128& out) { copy(out); }
  void operator()(int256& out) { copy(out); }
  void operator()(bytes& out);
  void operator()(std::vector<std::int64_t>& out);
  /// Reads the number of a constructor; anything else than `id` is a failure.
  void expect(std::uint32_t id);
  bool ok() const { return ok_; }
  bytes_view rest() const { return rest_; }

 private:
  bytes_view take(std::size_t size);
  void copy(mutable_bytes out);
  template <class Integer>
  void scalar(Integer& out) {
    bytes_view const data = take(sizeof(Integer));
    if (ok_) out = load_le<Integer>(data.data());
  }
  bytes_view rest_;
  bool ok_ = true;
};

class field_writer {
 public:
  void operator()(std::int32_t value) { scalar(value); }
  void operator()(std::uint32_t value) { scalar(value); }
  void operator()(std::int64_t value) { scalar(value); }
  void operator()(int128 const& value) { append(out_, value); }
  void operator()(int256 const& value) { append(out_, value); }
  void operator()(bytes const& value);
  void operator()(std::vector<std::int64_t> const& values);
  bytes take() && { return std::move(out_); }

 private:
  template <class Integer>
  void scalar(Integer value) {
    out_.resize(out_.size() + sizeof value);
    store_le(out_.data() + out_.size() - sizeof value, value);
  }
  bytes out_;
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
  field_reader reader(data);
  reader.expect(Object::tl_id);
  Object object;
  Object::each(object, reader);
  if (!reader.ok()) return std::nullopt;
  data = reader.rest();
  return object;
}

template <class Object>
bytes write(Object const& object) {
  field_writer writer;
  writer(Object::tl_id);
  Object::each(object, writer);
  return std::move(writer).take();
}

/// The number of the constructor that `data` begins with; 0 when there is none.
std::uint32_t constructor_of(bytes_view data);

}  // namespace mtp::mtproto::wire
