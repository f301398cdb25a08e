// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/transport/obfuscation.hpp>

#include <vector>

namespace mtp::MTP_ABI::transport {

/// What a server accepts.
struct detector_options {
  framing_options framing = {};
  std::vector<proxy_secret> secrets = {};  ///< of a proxy front
  bool accept_without_secret = true;       ///< plain framings, and obfuscation under no secret
};

/// How a client opened its connection.
struct detected {
  std::unique_ptr<framing> codec = {};  ///< has everything that came after the opening
  bool obfuscated = false;
  std::optional<proxy_secret> secret = {};  ///< which secret fitted
  std::optional<std::int16_t> dc = {};      ///< what an obfuscated client named; often random
};

/// Recognises the transport of a connection from its first bytes, as a server must. Performs no
/// I/O and holds at most 64 bytes until it knows.
/// Threads: not thread-safe; it belongs to the strand of its driver.
class MTP_API detector {
 public:
  /// Lifetime: `random` gives the padding of the codec and must outlive it.
  explicit detector(random_source& random, detector_options options = {});

  /// Takes the first bytes, however they are cut. Empty while more are needed; once it is not,
  /// everything further goes to the codec.
  ///
  /// Errors: http_refused, tls_refused, unknown_transport. The connection is then of no use.
  result<std::optional<detected>> feed(bytes_view data);

 private:
  result<std::optional<detected>> recognise();
  result<std::optional<detected>> refuse(protocol_errc why);
  result<std::optional<detected>> plain(kind k, std::size_t opening);
  result<std::optional<detected>> obfuscated();
  detected open(obfuscation_header const& header, opened_header said,
                std::optional<proxy_secret> const& secret);

  random_source& random_;
  detector_options options_;
  bytes first_;
  std::error_code failed_;
};

}  // namespace mtp::MTP_ABI::transport
