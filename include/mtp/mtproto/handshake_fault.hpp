// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstdint>

namespace mtp::MTP_ABI::mtproto {

/// What a server may do wrong in a key exchange so that a test sees its client notice.
enum class handshake_fault : std::uint8_t {
  none,
  res_pq_nonce,             ///< resPQ echoes another nonce (H1)
  foreign_key,              ///< the only fingerprint offered is one that nobody knows (H6)
  prime_pq,                 ///< pq is a prime (H11)
  square_pq,                ///< pq is the square of a prime (H11)
  parameters_nonce,         ///< the parameters echo another nonce (H1)
  parameters_server_nonce,  ///< the parameters echo another server_nonce (H2)
  unaligned_answer,         ///< the encrypted answer is no whole number of blocks (H3)
  answer_hash,              ///< the SHA-1 before the answer does not fit (H4)
  overlong_padding,         ///< a whole block too much behind the answer (H5)
  inner_nonce,              ///< the answer itself carries another nonce (H1)
  inner_server_nonce,       ///< the answer itself carries another server_nonce (H2)
  composite_prime,          ///< the prime is none (H7)
  short_prime,              ///< the prime has 2040 bits (H7)
  wrong_generator,          ///< a generator that does not fit the prime (H8)
  value_one,                ///< g_a is 1 (H9)
  value_small,              ///< g_a is below 2^1984 (H9)
  value_large,              ///< g_a is beyond the prime less 2^1984 (H9)
  refused,                  ///< server_DH_params_fail, with the right hash
  refused_hash,             ///< server_DH_params_fail, with another hash (H10)
  outcome_nonce,            ///< dh_gen_ok echoes another nonce (H1)
  outcome_server_nonce,     ///< dh_gen_ok echoes another server_nonce (H2)
  outcome_hash,             ///< dh_gen_ok proves nothing (H10)
  retry_hash,               ///< dh_gen_retry proves nothing (H10)
  failed,                   ///< dh_gen_fail, with the right hash
  failed_hash,              ///< dh_gen_fail proves nothing (H10)
};

}  // namespace mtp::MTP_ABI::mtproto
