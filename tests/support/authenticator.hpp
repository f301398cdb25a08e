// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/crypto/hash.hpp>
#include <mtp/testing/world/passkeys.hpp>
#include <mtp/types/passkey.hpp>

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace mtp::test {

/// An authenticator in software, with one passkey of ES256: what a browser and a security key do.
class authenticator {
 public:
  explicit authenticator(std::string party = "telegram.org") : party_(std::move(party)) {
    key_.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    if (!key_) throw std::runtime_error("no key of P-256");
  }

  /// Of the options for a new passkey; remembers whose it is.
  passkey_attestation create(std::string_view options) {
    handle_ = decoded(value_of(options, "user\":{", "id"));
    passkey_attestation out{.id = id(), .raw_id = id()};
    out.client_data = client_data("webauthn.create", value_of(options, "", "challenge"));
    auto const data = with_credential();
    constexpr std::string_view start(
        "\xa3\x63"
        "fmt\x64none\x67"
        "attStmt\xa0\x68"
        "authData\x58");
    append(out.attestation, as_bytes(start));
    out.attestation.push_back(static_cast<std::uint8_t>(data.size()));
    append(out.attestation, data);
    return out;
  }

  /// Of a challenge.
  passkey_assertion get(std::string_view options) {
    passkey_assertion out{.id = id(), .raw_id = id()};
    out.client_data = client_data("webauthn.get", value_of(options, "", "challenge"));
    out.authenticator_data = header(0x05);
    out.user_handle = handle_;
    bytes message = out.authenticator_data;
    append(message, crypto::sha256(as_bytes(out.client_data)));
    out.signature = signature_of(message);
    return out;
  }

 private:
  struct freed {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };

  static std::string id() { return testing::base64_url(as_bytes(raw_id)); }

  /// The text `key` behind `from`: the options are JSON whose strings need no escapes.
  static std::string value_of(std::string_view json, std::string_view from, std::string_view key) {
    auto at = json.find(from);
    std::string const quoted = '"' + std::string(key) + "\":\"";
    if (at != std::string_view::npos) at = json.find(quoted, at);
    if (at == std::string_view::npos) throw std::runtime_error("an option is missing");
    auto const begin = at + quoted.size();
    return std::string(json.substr(begin, json.find('"', begin) - begin));
  }

  static std::string client_data(std::string_view type, std::string const& challenge) {
    return R"({"type":")" + std::string(type) + R"(","challenge":")" + challenge +
           R"(","origin":"https://telegram.org"})";
  }

  static std::string decoded(std::string_view text) {
    std::string padded(text);
    for (auto& c : padded) c = c == '-' ? '+' : c == '_' ? '/' : c;
    std::size_t missing = 0;
    for (; padded.size() & 3; ++missing) padded += '=';
    std::string out(padded.size(), '\0');
    auto const size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                      reinterpret_cast<unsigned char const*>(padded.data()),
                                      static_cast<int>(padded.size()));
    out.resize(static_cast<std::size_t>(size) - missing);
    return out;
  }

  bytes header(std::uint8_t flags) {
    bytes out;
    append(out, crypto::sha256(as_bytes(party_)));
    out.push_back(flags);
    ++uses_;
    for (int shift = 24; shift >= 0; shift -= 8)
      out.push_back(static_cast<std::uint8_t>(uses_ >> shift));
    return out;
  }

  bytes with_credential() {
    auto out = header(0x45);
    out.resize(out.size() + 16);  // no model
    out.push_back(0);
    out.push_back(static_cast<std::uint8_t>(raw_id.size()));
    append(out, as_bytes(raw_id));
    auto const point = public_point();
    bytes const start{0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20};
    bytes const middle{0x22, 0x58, 0x20};
    append(out, start);
    append(out, bytes_view(point).first(32));
    append(out, middle);
    append(out, bytes_view(point).subspan(32));
    return out;
  }

  /// Both coordinates.
  bytes public_point() const {
    bytes spki(static_cast<std::size_t>(i2d_PUBKEY(key_.get(), nullptr)));
    auto* at = spki.data();
    i2d_PUBKEY(key_.get(), &at);
    return {spki.end() - 64, spki.end()};
  }

  bytes signature_of(bytes const& message) const {
    std::unique_ptr<EVP_MD_CTX, freed> const context(EVP_MD_CTX_new());
    std::size_t size = 0;
    bool fine = EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1;
    fine =
        fine && EVP_DigestSign(context.get(), nullptr, &size, message.data(), message.size()) == 1;
    bytes out(size);
    fine = fine &&
           EVP_DigestSign(context.get(), out.data(), &size, message.data(), message.size()) == 1;
    if (!fine) throw std::runtime_error("nothing was signed");
    out.resize(size);
    return out;
  }

  static constexpr std::string_view raw_id = "a passkey of tests";
  std::string party_;
  std::string handle_;
  std::unique_ptr<EVP_PKEY, freed> key_;
  std::uint32_t uses_ = 0;
};

}  // namespace mtp::test
