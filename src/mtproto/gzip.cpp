// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/mtproto/gzip.hpp>

#include <zlib.h>

#include <algorithm>
#include <new>

namespace mtp::MTP_ABI::mtproto {
namespace {

constexpr int window = 15;
constexpr int as_gzip = 16;       // added to the window: write a gzip header
constexpr int gzip_or_zlib = 32;  // added to the window: read either header

/// A stream of zlib that is ended when it goes away.
struct stream : z_stream {
  int (*end)(z_stream*);
  explicit stream(int (*how)(z_stream*)) : z_stream{}, end(how) {}
  stream(stream const&) = delete;
  stream& operator=(stream const&) = delete;
  ~stream() { end(this); }

  void input(bytes_view data) {
    next_in = const_cast<Bytef*>(data.data());  // zlib does not write there
    avail_in = static_cast<uInt>(data.size());
  }
  void output(mutable_bytes room) {
    next_out = room.data();
    avail_out = static_cast<uInt>(room.size());
  }
};

}  // namespace

bytes gzip(bytes_view data) {
  stream to(deflateEnd);
  if (deflateInit2(&to, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window + as_gzip, 8,
                   Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
  bytes out(deflateBound(&to, static_cast<uLong>(data.size())));
  to.input(data);
  to.output(out);
  deflate(&to, Z_FINISH);
  out.resize(to.total_out);
  return out;
}

result<bytes, protocol_errc> gunzip(bytes_view packed, std::size_t most) {
  constexpr auto bad = protocol_errc::inflated_too_large;
  stream from(inflateEnd);
  if (inflateInit2(&from, window + gzip_or_zlib) != Z_OK) return failure{bad};
  from.input(packed);
  bytes out;
  int state = Z_OK;
  while (state == Z_OK) {
    std::size_t const have = out.size();
    // Never more room than one byte beyond the limit, and at first a little more than was packed.
    std::size_t const room = std::min(most + 1, std::max(have * 2, packed.size() * 3 + 64));
    if (room <= have) return failure{bad};
    out.resize(room);
    from.output(mutable_bytes(out).subspan(have));
    state = ::inflate(&from, Z_NO_FLUSH);
    out.resize(from.total_out);
    if (out.size() > most) return failure{bad};
    if (state == Z_OK && out.size() < room) return failure{bad};  // the input is over too early
  }
  if (state != Z_STREAM_END || from.avail_in != 0) return failure{bad};
  return out;
}

}  // namespace mtp::MTP_ABI::mtproto
