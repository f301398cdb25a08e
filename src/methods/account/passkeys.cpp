// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/passkeys
#include <mtp/tl/types/account/Passkeys.hpp>

#include "client/call.hpp"
#include "client/start.hpp"

#include <mtp/methods/account.hpp>
#include <mtp/tl/functions/account.hpp>
#include <mtp/tl/types/DataJSON.hpp>
#include <mtp/tl/types/InputPasskeyCredential.hpp>
#include <mtp/tl/types/InputPasskeyResponse.hpp>
#include <mtp/tl/types/Passkey.hpp>
#include <mtp/tl/types/account/PasskeyRegistrationOptions.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

std::chrono::sys_seconds seconds_of(std::int32_t date) {
  return std::chrono::sys_seconds(std::chrono::seconds(date));
}

passkey to_passkey(tl::passkey const& from) {
  passkey out{.id = from.id.str(), .name = from.name.str(), .made = seconds_of(from.date)};
  if (from.last_usage_date) out.last_used = seconds_of(*from.last_usage_date);
  return out;
}

task<std::vector<passkey>> passkeys(client_core& core) {
  tl::account::getPasskeys request;
  auto const all = co_await call(core, request);
  std::vector<passkey> out;
  for (auto const& one : all->passkeys) out.push_back(to_passkey(one));
  co_return out;
}

task<std::string> begin_passkey(client_core& core) {
  tl::account::initPasskeyRegistration request;
  auto const options = co_await call(core, request);
  auto out = options->options.data.str();
  co_return out;
}

task<passkey> add_passkey(client_core& core, passkey_attestation made) {
  tl::inputPasskeyResponseRegister response;
  response.client_data.data = tl::string(made.client_data);
  response.attestation_data = tl::bytes(made.attestation);
  tl::inputPasskeyCredentialPublicKey credential;
  credential.id = tl::string(made.id);
  credential.raw_id = tl::string(made.raw_id);
  credential.response = std::move(response);
  tl::account::registerPasskey request;
  request.credential = std::move(credential);
  auto const added = co_await call(core, request);
  auto out = to_passkey(*added);
  co_return out;
}

task<> remove_passkey(client_core& core, std::string id) {
  tl::account::deletePasskey request{.id = tl::string(id)};
  co_await call(core, request);
}

}  // namespace
}  // namespace detail

task<std::vector<passkey>> account_methods::passkeys() const {
  return detail::start(client_, detail::passkeys);
}

task<std::string> account_methods::begin_passkey() const {
  return detail::start(client_, detail::begin_passkey);
}

task<passkey> account_methods::add_passkey(passkey_attestation made) const {
  return detail::start(client_, detail::add_passkey, std::move(made));
}

task<> account_methods::remove_passkey(std::string_view id) const {
  return detail::start(client_, detail::remove_passkey, std::string(id));
}

}  // namespace mtp::MTP_ABI
