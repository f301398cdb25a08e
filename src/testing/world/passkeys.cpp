// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://www.w3.org/TR/webauthn-3, sections 7.1 and 7.2, as far as a relying party without
// attestation needs them.
#include <mtp/testing/world/passkeys.hpp>

#include "crypto/openssl.hpp"

#include <mtp/crypto/hash.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <algorithm>
#include <optional>

namespace mtp::MTP_ABI::testing {
namespace {

namespace ossl = crypto::ossl;

constexpr std::size_t aaguid_size = 16;
constexpr std::size_t coordinate_size = 32;
constexpr std::uint8_t user_present = 0x01;
constexpr std::uint8_t has_credential = 0x40;

/// {"fmt": "none", "attStmt": {}, "authData": bytes}, as CTAP2 orders it, up to those bytes.
constexpr std::uint8_t attestation_start[] = {0xa3, 0x63, 'f', 'm', 't', 0x64, 'n', 'o', 'n',  'e',
                                              0x67, 'a',  't', 't', 'S', 't',  'm', 't', 0xa0, 0x68,
                                              'a',  'u',  't', 'h', 'D', 'a',  't', 'a'};
/// A key of ES256 in COSE, up to its first coordinate, and what stands before the second.
constexpr std::uint8_t cose_start[] = {0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20};
constexpr std::uint8_t cose_middle[] = {0x22, 0x58, 0x20};
/// SubjectPublicKeyInfo of an uncompressed point of P-256, up to that.
constexpr std::uint8_t spki_start[] = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48,
                                       0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
                                       0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04};

failure<rpc_fault> invalid() { return refuse(400, "CREDENTIAL_INVALID"); }

/// Takes bytes from the front as long as they are as they should be.
class byte_reader {
 public:
  explicit byte_reader(bytes_view from) : rest_(from) {}

  bytes_view take(std::size_t count) {
    if (rest_.size() < count) ok_ = false;
    if (!ok_) return {};
    auto const out = rest_.first(count);
    rest_ = rest_.subspan(count);
    return out;
  }
  void expect(bytes_view wanted) {
    if (!std::ranges::equal(take(wanted.size()), wanted)) ok_ = false;
  }
  /// A number of the network's order.
  std::uint32_t number(std::size_t size) {
    std::uint32_t out = 0;
    for (auto const one : take(size)) out = out << 8 | one;
    return out;
  }
  bytes_view rest() const { return rest_; }
  bool ok() const { return ok_; }

 private:
  bytes_view rest_;
  bool ok_ = true;
};

struct authenticator_header {
  std::uint8_t flags = 0;
  std::uint32_t uses = 0;
};

/// What every authenticator says first; empty when it speaks to another party, or nobody was there.
std::optional<authenticator_header> read_header(byte_reader& in) {
  in.expect(crypto::sha256(as_bytes(passkeys::relying_party)));
  authenticator_header out;
  out.flags = static_cast<std::uint8_t>(in.number(1));
  out.uses = in.number(4);
  if (!in.ok() || !(out.flags & user_present)) return std::nullopt;
  return out;
}

/// The data of the authenticator in an attestation "none".
bytes_view authenticator_data_of(bytes_view attestation) {
  byte_reader in(attestation);
  in.expect(attestation_start);
  auto const kind = in.number(1);
  auto const size = in.number(kind == 0x59 ? 2 : 1);
  auto const out = in.take(size);
  return in.ok() && (kind == 0x58 || kind == 0x59) && in.rest().empty() ? out : bytes_view();
}

std::optional<kept_passkey> read_credential(bytes_view data) {
  byte_reader in(data);
  auto const header = read_header(in);
  if (!header || !(header->flags & has_credential)) return std::nullopt;
  in.take(aaguid_size);
  kept_passkey out{.uses = header->uses};
  out.id = base64_url(in.take(in.number(2)));
  in.expect(cose_start);
  auto const x = in.take(coordinate_size);
  in.expect(cose_middle);
  auto const y = in.take(coordinate_size);
  if (!in.ok() || out.id.empty()) return std::nullopt;
  out.public_key.assign(std::begin(spki_start), std::end(spki_start));
  append(out.public_key, x);
  append(out.public_key, y);
  return out;
}

ossl::key key_of(bytes const& public_key) {
  auto const* at = public_key.data();
  return ossl::key(d2i_PUBKEY(nullptr, &at, static_cast<long>(public_key.size())));
}

bool is_signed(bytes const& public_key, bytes_view message, bytes_view signature) {
  auto const key = key_of(public_key);
  if (!key) return false;
  auto const context = ossl::check_new(ossl::digest_context(EVP_MD_CTX_new()));
  ossl::check(EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()));
  return EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                          message.size()) == 1;
}

}  // namespace

std::string base64_url(bytes_view raw) {
  std::string out((raw.size() + 2) / 3 * 4 + 1, '\0');
  auto const size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), raw.data(),
                                    static_cast<int>(raw.size()));
  out.resize(static_cast<std::size_t>(size));
  std::erase(out, '=');
  std::ranges::replace(out, '+', '-');
  std::ranges::replace(out, '/', '_');
  return out;
}

std::string passkeys::challenge_for(place who, random_source& random, std::int32_t now) {
  auto const drawn = random.make<int256>();
  challenges_[who] = {.text = base64_url(bytes_view(drawn)), .made = now};
  return challenges_[who].text;
}

/// Uses the challenge up.
outcome<> passkeys::check_client_data(place who, std::string_view type,
                                      std::string_view client_data, std::int32_t now) {
  auto const at = challenges_.find(who);
  if (at == challenges_.end()) return refuse(500, "PASSKEY_AUTH_RESTART");
  auto const asked = std::move(at->second);
  challenges_.erase(at);
  if (now - asked.made > challenge_lifetime) return refuse(500, "PASSKEY_AUTH_RESTART");
  auto const said = nlohmann::json::parse(client_data, nullptr, false);
  bool const fits = said.is_object() && said.value("type", "") == type &&
                    said.value("challenge", "") == asked.text;
  if (!fits) return invalid();
  return {};
}

std::string passkeys::begin_registration(place who, std::string_view handle, random_source& random,
                                         std::int32_t now) {
  nlohmann::json const options = {
      {"publicKey",
       {{"challenge", challenge_for(who, random, now)},
        {"rp", {{"id", relying_party}, {"name", "Telegram"}}},
        {"user", {{"id", base64_url(as_bytes(handle))}, {"name", handle}, {"displayName", handle}}},
        {"pubKeyCredParams", {{{"type", "public-key"}, {"alg", -7}}}},
        {"timeout", 60'000}}}};
  return options.dump();
}

outcome<kept_passkey> passkeys::finish_registration(place who, std::int64_t account,
                                                    std::string_view client_data,
                                                    bytes_view attestation, std::int32_t now) {
  auto fits = check_client_data(who, "webauthn.create", client_data, now);
  if (!fits) return failure{fits.error()};
  auto fresh = read_credential(authenticator_data_of(attestation));
  if (!fresh || !key_of(fresh->public_key)) return invalid();
  if (kept_.contains(fresh->id)) return invalid();
  fresh->account = account;
  fresh->made = now;
  kept_[fresh->id] = *fresh;
  return *fresh;
}

std::string passkeys::begin_log_in(place who, random_source& random, std::int32_t now) {
  nlohmann::json const options = {{"publicKey",
                                   {{"challenge", challenge_for(who, random, now)},
                                    {"rpId", relying_party},
                                    {"allowCredentials", nlohmann::json::array()},
                                    {"timeout", 60'000},
                                    {"userVerification", "required"}}}};
  return options.dump();
}

outcome<std::int64_t> passkeys::finish_log_in(place who, std::string_view id,
                                              std::string_view client_data,
                                              bytes_view authenticator_data, bytes_view signature,
                                              std::int32_t now) {
  auto fits = check_client_data(who, "webauthn.get", client_data, now);
  if (!fits) return failure{fits.error()};
  auto const at = kept_.find(id);
  if (at == kept_.end()) return invalid();
  byte_reader in(authenticator_data);
  auto const header = read_header(in);
  if (!header) return invalid();
  bytes message(authenticator_data.begin(), authenticator_data.end());
  append(message, crypto::sha256(as_bytes(client_data)));
  if (!is_signed(at->second.public_key, message, signature)) return invalid();
  // One that counts never goes back: another copy of the key would be at work.
  bool const counts = header->uses != 0 || at->second.uses != 0;
  if (counts && header->uses <= at->second.uses) return invalid();
  at->second.uses = header->uses;
  at->second.last_used = now;
  return at->second.account;
}

std::vector<kept_passkey> passkeys::of(std::int64_t account) const {
  std::vector<kept_passkey> out;
  for (auto const& [id, one] : kept_) {
    if (one.account == account) out.push_back(one);
  }
  return out;
}

outcome<> passkeys::remove(std::int64_t account, std::string_view id) {
  auto const at = kept_.find(id);
  bool const known = at != kept_.end() && at->second.account == account;
  if (!known) return invalid();
  kept_.erase(at);
  return {};
}

}  // namespace mtp::MTP_ABI::testing
