// SPDX-License-Identifier: MIT OR Apache-2.0
#include "sessions/parts.hpp"
#include "sessions/reading.hpp"
#include "sessions/secret_writer.hpp"
#include "sessions/tdata_parts.hpp"
#include "sessions/tdf.hpp"

#include <mtp/sessions/tdata.hpp>

namespace mtp::MTP_ABI {
namespace {

using namespace sessions;

std::error_code what_lacks(tdata const& all) {
  if (all.accounts.empty() || all.accounts.size() > max_accounts ||
      all.active >= all.accounts.size())
    return portable_errc::does_not_fit;
  for (auto const& account : all.accounts) {
    if (auto const key = home_key(account); !key) return key.error();
    if (!account.self) return portable_errc::no_user;
    if (account.test) return portable_errc::does_not_fit;
  }
  return {};
}

secret<bytes> file_of(bytes_view hidden) {
  secret_writer out;
  return make_tdf(out.sized(hidden).take().reveal());
}

secret<bytes> authorization_of(portable_session const& account) {
  std::uint32_t count = 0;
  secret_writer keys;
  for (auto const& [number, dc] : account.dcs) {
    if (dc.auth_key.reveal().size() != auth_key_size) continue;
    keys.big(std::int32_t{number}).raw(dc.auth_key.reveal());
    ++count;
  }
  secret_writer out;
  out.big(std::int32_t{-1}).big(std::int32_t{-1}).big(account.self->id);
  out.big(std::int32_t{account.home_dc}).big(count).raw(keys.take().reveal());
  out.big(std::uint32_t{0});  // none to be destroyed
  return out.take();
}

secret<bytes> account_content(portable_session const& account) {
  secret_writer out;
  return out.big(authorization_block).sized(authorization_of(account).reveal()).take();
}

/// An empty one, with the place of a key that older versions had there.
secret<bytes> map_file(crypto::auth_key const& key, random_source& random) {
  secret_writer out;
  out.sized({}).sized({}).sized(encrypt_local({}, key, random).reveal());
  return make_tdf(out.take().reveal());
}

secret<bytes> account_list(tdata const& all) {
  secret_writer out;
  auto const count = static_cast<std::int32_t>(all.accounts.size());
  out.big(count);
  for (std::int32_t i = 0; i < count; ++i) out.big(i);
  return out.big(static_cast<std::int32_t>(all.active)).take();
}

secret<bytes> key_file(tdata const& all, crypto::auth_key const& key, random_source& random,
                       std::string_view passcode) {
  bytes salt(salt_size);
  random.fill(salt);
  auto const outer = passcode_key(passcode, salt);
  secret_writer out;
  out.sized(salt).sized(encrypt_local(key.data(), outer, random).reveal());
  out.sized(encrypt_local(account_list(all).reveal(), key, random).reveal());
  return make_tdf(out.take().reveal());
}

crypto::auth_key random_key(random_source& random) {
  crypto::wiped_bytes<crypto::auth_key::size> raw;
  random.fill(raw);
  return crypto::auth_key(raw);
}

}  // namespace

result<tdata_files> write_tdata(tdata const& all, random_source& random,
                                std::string_view passcode) {
  if (auto const problem = what_lacks(all)) return failure{problem};
  auto const key = random_key(random);
  tdata_files out;
  for (std::size_t i = 0; i < all.accounts.size(); ++i) {
    std::string const name = account_file(static_cast<int>(i));
    auto const hidden = encrypt_local(account_content(all.accounts[i]).reveal(), key, random);
    out[name + "s"] = file_of(hidden.reveal());
    out[name + "/maps"] = map_file(key, random);
  }
  out["key_datas"] = key_file(all, key, random, passcode);
  return out;
}

}  // namespace mtp::MTP_ABI
