// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/error.hpp>

#include <mtp/core/recaptcha_needed.hpp>
#include <mtp/core/refusal.hpp>

#include <fmt/format.h>

#include <charconv>

namespace mtp::MTP_ABI {
namespace {

char const* text_of(client_errc e) {
  switch (e) {
    case client_errc::closed: return "the client is closed";
    case client_errc::not_signed_in: return "nobody is signed in";
    case client_errc::bad_config: return "the configuration cannot work";
    case client_errc::bad_session_file:
      return "the session file is damaged or of another program; remove it to sign in anew";
    case client_errc::session_in_use: return "the session file is in use by another process";
    case client_errc::storage: return "the session cannot be read or saved";
    case client_errc::encode: return "the request is incomplete";
    case client_errc::decode: return "the answer could not be read";
    case client_errc::timed_out: return "the deadline passed";
    case client_errc::cancelled: return "the operation was cancelled";
    case client_errc::unknown_peer: return "nothing is known of that peer yet";
    case client_errc::sent_but_unknown:
      return "the message was sent, but the server does not say which one it is";
    case client_errc::outcome_unknown:
      return "the connection was lost, and nobody knows whether the server executed the call";
    case client_errc::bad_argument: return "an argument is out of range";
    case client_errc::lease_lost: return "another process has taken the store over";
    case client_errc::newer_store: return "the store was written by a newer version of the library";
    case client_errc::wrong_store_key: return "the key does not open the encrypted store";
    case client_errc::key_duplicated: return "somebody else used the key of the session";
  }
  return "unknown client error";
}

char const* text_of(protocol_errc e) {
  switch (e) {
    case protocol_errc::bad_frame: return "the framing of the transport is broken";
    case protocol_errc::frame_too_large: return "a frame is larger than the limit";
    case protocol_errc::unknown_key: return "the server does not know the key (404)";
    case protocol_errc::transport_flood: return "too many connections or requests (429)";
    case protocol_errc::wrong_dc:
      return "the server is another data centre than the one named (444)";
    case protocol_errc::transport_refused: return "the server refused the connection";
    case protocol_errc::bad_nonce: return "a nonce did not come back as it was sent";
    case protocol_errc::bad_answer_length:
      return "an encrypted part of the key exchange has an impossible length";
    case protocol_errc::bad_answer_hash: return "a hash of the key exchange does not fit";
    case protocol_errc::no_known_rsa_key:
      return "the server offers none of the RSA keys that are trusted";
    case protocol_errc::bad_dh_prime:
      return "the prime of the key exchange is not a 2048-bit safe prime";
    case protocol_errc::bad_dh_generator:
      return "the generator of the key exchange does not fit its prime";
    case protocol_errc::bad_dh_value:
      return "a public value of the key exchange is outside the safe range";
    case protocol_errc::bad_pq: return "pq is not a product of two different primes";
    case protocol_errc::handshake_failed: return "the server refused the key exchange";
    case protocol_errc::bad_message_key: return "the message key does not fit the message";
    case protocol_errc::wrong_auth_key: return "a message was encrypted with another key";
    case protocol_errc::bad_message_length: return "the length inside a message is impossible";
    case protocol_errc::bad_padding:
      return "a message has less than 12 or more than 1024 bytes of padding";
    case protocol_errc::wrong_session: return "a message belongs to another session";
    case protocol_errc::bad_message_id: return "a message id is impossible or far outside the time";
    case protocol_errc::duplicate_message: return "a message was received before";
    case protocol_errc::bad_container: return "a container is broken, nested or too large";
    case protocol_errc::inflated_too_large:
      return "compressed data is broken or inflates beyond the limit";
    case protocol_errc::plaintext_message:
      return "an unencrypted message arrived after the key exchange";
    case protocol_errc::malformed: return "a service message could not be read";
    case protocol_errc::http_refused: return "the connection began as HTTP, which is not served";
    case protocol_errc::tls_refused: return "the connection began as TLS, which is not served";
    case protocol_errc::unknown_transport:
      return "the connection began as no transport that is known";
    case protocol_errc::request_rejected:
      return "the server rejected the message of the request again and again";
  }
  return "unknown protocol error";
}

class client_category_type final : public std::error_category {
 public:
  char const* name() const noexcept override { return "mtp.client"; }
  std::string message(int value) const override { return text_of(static_cast<client_errc>(value)); }
  std::error_condition default_error_condition(int value) const noexcept override {
    switch (static_cast<client_errc>(value)) {
      case client_errc::timed_out: return std::errc::timed_out;
      case client_errc::cancelled: return std::errc::operation_canceled;
      default: return {value, *this};
    }
  }
};

class protocol_category_type final : public std::error_category {
 public:
  char const* name() const noexcept override { return "mtp.protocol"; }
  std::string message(int value) const override {
    return text_of(static_cast<protocol_errc>(value));
  }
};

class rpc_category_type final : public std::error_category {
 public:
  char const* name() const noexcept override { return "mtp.rpc"; }
  std::string message(int value) const override {
    return fmt::format("the server refused the request with code {}", value);
  }
};

std::string describe(rpc_failure const& f) {
  std::string text = f.method.empty() ? f.name : fmt::format("{}: {}", f.method, f.name);
  if (f.value) text += fmt::format(" ({})", *f.value);
  if (class_of(f) == refusal_class::recaptcha)
    text += " (client_config::recaptcha has to give a token that the server takes)";
  return text;
}

std::optional<long long> whole_number(std::string_view part) {
  long long value = 0;
  auto [end, problem] = std::from_chars(part.data(), part.data() + part.size(), value);
  if (part.empty() || part.front() == '-' || problem != std::errc() ||
      end != part.data() + part.size())
    return {};
  return value;
}

/// Printable ASCII only: the text goes to logs and terminals.
std::string printable(std::string_view text) {
  std::string out(text.substr(0, 256));
  for (char& c : out) {
    if (c < 0x20 || c > 0x7e) c = '?';
  }
  return out;
}

}  // namespace

std::error_category const& client_category() noexcept {
  static client_category_type category;
  return category;
}

std::error_category const& protocol_category() noexcept {
  static protocol_category_type category;
  return category;
}

std::error_category const& rpc_category() noexcept {
  static rpc_category_type category;
  return category;
}

std::error_code make_error_code(client_errc e) noexcept {
  return {static_cast<int>(e), client_category()};
}
std::error_code make_error_code(protocol_errc e) noexcept {
  return {static_cast<int>(e), protocol_category()};
}

sent_but_unknown::sent_but_unknown(std::string_view method)
    : error(make_error_code(client_errc::sent_but_unknown), std::string(method)) {}

client_closed::client_closed() : error(make_error_code(client_errc::closed)) {}

outcome_unknown::outcome_unknown(std::string const& method)
    : error(make_error_code(client_errc::outcome_unknown), method) {}

rpc_failure parse_rpc_error(int code, std::string_view text, std::string_view method) {
  rpc_failure out{.code = code, .name = {}, .value = {}, .method = method};
  std::string const clean = printable(text);
  // What ends with a key is whole: none of its digits is a number.
  if (rpc_failure whole{.code = code, .name = clean, .value = {}, .method = method};
      class_of(whole) == refusal_class::recaptcha)
    return whole;
  std::string_view rest = clean;
  bool first = true;
  while (first || !rest.empty()) {
    auto const end = rest.find('_');
    std::string_view const part = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    auto const number = first || out.value ? std::nullopt : whole_number(part);
    if (number) {
      out.value = number;
    } else {
      if (!first) out.name += '_';
      out.name += part;
    }
    first = false;
  }
  return out;
}

rpc_error::rpc_error(rpc_failure f)
    : error({f.code, rpc_category()}, describe(f)), failure_(std::move(f)) {}

std::chrono::seconds flood_wait::retry_after() const noexcept {
  return wait_of(failure()).value_or(std::chrono::seconds(0));
}

void throw_rpc_error(rpc_failure f) {
  if (asks_to_wait(f)) throw flood_wait(std::move(f));
  switch (class_of(f)) {
    case refusal_class::password_needed: throw password_needed(std::move(f));
    case refusal_class::recaptcha: throw recaptcha_needed(std::move(f));
    case refusal_class::login_lost: throw auth_required(std::move(f));
    default: throw rpc_error(std::move(f));
  }
}

}  // namespace mtp::MTP_ABI
