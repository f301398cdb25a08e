// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "transport/byte_queue.hpp"
#include "transport/large_payload.hpp"

#include <mtp/transport/framing.hpp>

namespace mtp::MTP_ABI::transport {

/// Whether a client's framing writes its tag by itself. Inside obfuscation the header names it.
enum class tag_policy { write, omit };

/// What stands before a payload.
struct frame_head {
  std::size_t size = 0;                     ///< how many bytes it takes
  std::size_t length = 0;                   ///< of the payload
  bool flagged = false;                     ///< the quick-acknowledgement bit of a request
  std::optional<std::uint32_t> token = {};  ///< a bare quick acknowledgement, without payload
};

/// What all framings share: the buffers, the sticky error, the meaning of short payloads.
class stream_framing : public framing {
 public:
  stream_framing(role r, framing_options options, tag_policy tag)
      : role_(r), options_(options), tag_due_(r == role::client && tag == tag_policy::write) {}

  mutable_bytes prepare() final;
  void commit(std::size_t count) final;
  result<std::optional<frame>> next() final;
  std::size_t buffered() const noexcept final {
    return input_.size() + large_.filled() + (head_ ? head_->size : 0);
  }

 protected:
  /// Reads what stands before the next payload, or nothing while it is incomplete.
  virtual result<std::optional<frame_head>> read_head(bytes_view waiting) const = 0;
  /// Checks a whole payload, and takes from it what is not part of a packet of any length.
  virtual result<void> open(slice&) { return {}; }
  /// Removes what the framing added behind a packet.
  virtual result<void> strip(slice&) const { return {}; }

  role side() const noexcept { return role_; }
  framing_options const& options() const noexcept { return options_; }
  /// True once, when a client must write its tag now.
  bool take_tag_due() noexcept { return std::exchange(tag_due_, false); }
  /// Whether a payload of this length may be announced by a peer.
  result<void> check_length(std::size_t length) const;

 private:
  /// Empty for a keep-alive, which says nothing.
  using meaning = std::optional<frame>;
  bool reads_large() const noexcept { return large_.is_open() && !large_.is_complete(); }
  result<bool> begin_frame();
  std::optional<slice> take_payload(std::size_t length);
  result<std::optional<meaning>> take();
  result<meaning> interpret(slice payload);
  result<meaning> interpret_short(bytes_view payload) const;

  role role_;
  framing_options options_;
  bool tag_due_;
  byte_queue input_;
  std::optional<frame_head> head_;  ///< of the frame that is being read
  large_payload large_;
  std::error_code failed_;
};

std::unique_ptr<framing> make_abridged(role r, framing_options options, tag_policy tag);
std::unique_ptr<framing> make_intermediate(role r, framing_options options, tag_policy tag);
std::unique_ptr<framing> make_padded_intermediate(role r, framing_options options, tag_policy tag,
                                                  random_source& random);
std::unique_ptr<framing> make_full(role r, framing_options options);

/// As the public one, with a say about the tag.
std::unique_ptr<framing> make_framing(kind k, role r, random_source& random,
                                      framing_options options, tag_policy tag);

inline auto bad_frame() { return failure{make_error_code(protocol_errc::bad_frame)}; }

}  // namespace mtp::MTP_ABI::transport
