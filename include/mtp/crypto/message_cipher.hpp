// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/error.hpp>
#include <mtp/core/result.hpp>
#include <mtp/crypto/key_derivation.hpp>

namespace mtp::MTP_ABI::crypto {

/// What stands before the cipher text of a packet: the id of the key and the message key.
inline constexpr std::size_t packet_header = 24;

/// The message key of MTProto 2.0: from the plain text with its padding.
MTP_API int128 message_key(auth_key const& key, bytes_view padded_plain, direction way);

/// The message key of MTProto 1.0: from the plain text without its padding.
MTP_API int128 message_key_v1(bytes_view plain);

/// What a quick acknowledgement of this message says: 31 bits and the highest one set. Only
/// messages to the server are acknowledged so.
MTP_API std::uint32_t quick_ack_token(auth_key const& key, bytes_view padded_plain);

/// Encrypts a message from its parts, whose sizes add up to a multiple of 16 with the padding, into
/// `packet`, which is 24 bytes longer. The parts lie elsewhere, or are the end of `packet` as a
/// whole. Returns what a quick acknowledgement of the message says, if it goes to the server.
///
/// Takes no memory from the heap.
MTP_API std::uint32_t seal(auth_key const& key, direction way, std::span<bytes_view const> parts,
                           mutable_bytes packet);

/// Encrypts where it lies. `packet` is 24 bytes of room, then the plain text with its padding, a
/// multiple of 16 bytes in all; afterwards it is what goes to the transport.
MTP_API void seal_in_place(auth_key const& key, direction way, mutable_bytes packet);

/// The packet that carries the plain text, whose length with padding is a multiple of 16.
MTP_API bytes seal(auth_key const& key, direction way, bytes_view padded_plain);

/// Decrypts where it lies and checks the message key before anything else; the answer is the plain
/// text with its padding, inside `packet`. Bytes behind the last whole block are ignored: a
/// transport may have padded. Takes no memory from the heap.
///
/// Errors: wrong_auth_key, bad_message_length (no block at all), bad_message_key. After an error
/// `packet` holds nothing that may be used.
MTP_API result<mutable_bytes, protocol_errc> open_in_place(auth_key const& key, direction way,
                                                           mutable_bytes packet);

/// As open_in_place, leaving the packet as it is.
MTP_API result<bytes, protocol_errc> open(auth_key const& key, direction way, bytes_view packet);

}  // namespace mtp::MTP_ABI::crypto
