// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/transport/framing.hpp>

#include "transport/byte_queue.hpp"

namespace mtp::transport {

/// Whether a client's framing writes its tag by itself. Inside obfuscation the header names it.
enum class tag_policy { write, omit };

/// What stands on the wire, before short payloads are told from packets.
struct raw_frame {
  bytes payload = {};
  bool flagged = false;                     ///< the quick-acknowledgement bit of a request
  std::optional<std::uint32_t> token = {};  ///< a bare quick acknowledgement
};

/// What all framings share: the buffer, the sticky error, the meaning of short payloads.
class stream_framing : public framing {
 public:
  stream_framing(role r, framing_options options, tag_policy tag)
      : role_(r), options_(options), tag_due_(r == role::client && tag == tag_policy::write) {}

  void feed(bytes_view data) final;
  result<std::optional<frame>> next() final;
  std::size_t buffered() const noexcept final { return input_.size(); }

 protected:
  /// Takes one frame from input(), or nothing while it is incomplete.
  virtual result<std::optional<raw_frame>> take() = 0;
  /// Removes what the framing added behind a packet.
  virtual result<void> strip(bytes&) const { return {}; }

  role side() const noexcept { return role_; }
  framing_options const& options() const noexcept { return options_; }
  byte_queue& input() noexcept { return input_; }
  /// True once, when a client must write its tag now.
  bool take_tag_due() noexcept { return std::exchange(tag_due_, false); }
  /// Whether a payload of this length may be announced by a peer.
  result<void> check_length(std::size_t length) const;
  /// The first `header + length` bytes of the input as a payload without header, once all are here.
  std::optional<raw_frame> take_payload(std::size_t header, std::size_t length);

 private:
  result<std::optional<frame>> interpret(raw_frame raw) const;
  result<std::optional<frame>> interpret_short(bytes_view payload) const;

  role role_;
  framing_options options_;
  bool tag_due_;
  byte_queue input_;
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

}  // namespace mtp::transport
