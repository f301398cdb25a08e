// SPDX-License-Identifier: MIT OR Apache-2.0
#include "sessions/parts.hpp"
#include "sessions/reading.hpp"
#include "sessions/tdata_parts.hpp"
#include "sessions/tdf.hpp"

#include <mtp/sessions/tdata.hpp>

#include <set>

namespace mtp::MTP_ABI {
namespace {

using namespace sessions;

/// A file by name: the one written last has an "s" behind it; before that there were "0" and "1".
result<secret<bytes>> content_of(tdata_source const& files, std::string const& name) {
  std::error_code problem = portable_errc::missing_file;
  for (char const* ending : {"s", "0", "1"}) {
    auto file = files(name + ending);
    if (!file) return failure{file.error()};
    if (!file->has_value()) continue;
    secret<bytes> const whole(std::move(**file));
    auto const content = open_tdf(whole.reveal());
    if (content) return copied(*content);
    problem = content.error();
  }
  return failure{problem};
}

result<secret<bytes>> decrypted_file(tdata_source const& files, std::string const& name,
                                     crypto::auth_key const& key) {
  auto const content = content_of(files, name);
  if (!content) return content;
  wire::reader from(content->reveal());
  auto const hidden = sized(from);
  if (auto const problem = problem_of(from)) return failure{problem};
  return decrypt_local(hidden, key);
}

struct domain {
  crypto::auth_key key;
  std::vector<int> accounts;
  int active = 0;
};

result<crypto::auth_key> local_key(bytes_view hidden, bytes_view salt, std::string_view passcode) {
  auto const plain = decrypt_local(hidden, passcode_key(passcode, salt));
  if (!plain && plain.error() == portable_errc::bad_checksum)
    return failed(portable_errc::wrong_passcode);
  if (!plain) return failure{plain.error()};
  bytes_view const data = plain->reveal();
  if (data.size() != auth_key_size) return failed(portable_errc::bad_value);
  return crypto::auth_key(data.first<auth_key_size>());
}

std::error_code read_list(wire::reader from, domain& out) {
  auto const count = big<std::int32_t>(from);
  require(from, count >= 1 && count <= max_accounts);
  std::set<int> seen;
  for (int i = 0; i < count && from.ok(); ++i) {
    auto const index = big<std::int32_t>(from);
    require(from, index >= 0 && index < max_accounts && seen.insert(index).second);
    out.accounts.push_back(index);
  }
  out.active = out.accounts.empty() ? 0 : out.accounts.front();
  if (!from.rest().empty()) out.active = big<std::int32_t>(from);
  return problem_of(from);
}

result<domain> read_domain(tdata_source const& files, std::string_view passcode) {
  auto const content = content_of(files, "key_data");
  if (!content) return failure{content.error()};
  wire::reader from(content->reveal());
  auto const salt = sized(from);
  auto const hidden_key = sized(from);
  auto const hidden_list = sized(from);
  require(from, salt.size() == salt_size);
  if (auto const problem = problem_of(from)) return failure{problem};
  auto key = local_key(hidden_key, salt, passcode);
  if (!key) return failure{key.error()};
  domain out;
  out.key = *std::move(key);
  auto const list = decrypt_local(hidden_list, out.key);
  if (!list) return failure{list.error()};
  if (auto const problem = read_list(wire::reader(list->reveal()), out)) return failure{problem};
  return out;
}

/// Telegram Desktop adds thousands to the numbers of data centres for connections of other
/// purposes.
void read_keys(wire::reader& from, portable_session* out) {
  auto const count = big<std::uint32_t>(from);
  require(from, count <= from.rest().size() / (4 + auth_key_size));
  for (std::uint32_t i = 0; i < count && from.ok(); ++i) {
    auto const dc = big<std::int32_t>(from);
    auto const key = from.take(auth_key_size);
    if (out && from.ok() && is_dc(dc)) out->dcs[dc].auth_key = copied(key);
  }
}

result<portable_session> read_authorization(wire::reader from) {
  portable_session out;
  std::int64_t user = big<std::int32_t>(from);
  out.home_dc = big<std::int32_t>(from);
  if (user == -1 && out.home_dc == -1) {
    user = big<std::int64_t>(from);
    out.home_dc = big<std::int32_t>(from);
  }
  read_keys(from, &out);
  read_keys(from, nullptr);
  require(from, user >= 0 && user <= max_user_id && (user == 0 || is_dc(out.home_dc)));
  if (auto const problem = problem_of(from)) return failure{problem};
  if (user != 0) out.self = portable_self{.id = user, .bot = false};
  return out;
}

/// Whether the account belongs to the servers for tests; not, when nothing says so.
result<bool> is_test(tdata_source const& files, std::string const& name,
                     crypto::auth_key const& key) {
  auto const content = decrypted_file(files, name + "/config", key);
  if (!content && content.error() == portable_errc::missing_file) return false;
  if (!content) return failure{content.error()};
  wire::reader outer(content->reveal());
  wire::reader from(sized(outer));
  auto const version = big<std::int32_t>(from);
  auto const environment = big<std::int32_t>(from);
  if (!outer.ok() || !from.ok()) return failed(portable_errc::cut_short);
  if (version != 1) return failed(portable_errc::wrong_version);
  return environment == test_environment;
}

result<portable_session> read_account(tdata_source const& files, domain const& all, int index) {
  std::string const name = account_file(index);
  auto const content = decrypted_file(files, name, all.key);
  if (!content) return failure{content.error()};
  wire::reader from(content->reveal());
  auto const block = big<std::uint32_t>(from);
  if (from.ok() && block != authorization_block) return failed(portable_errc::wrong_version);
  auto const authorization = sized(from);
  if (auto const problem = problem_of(from)) return failure{problem};
  auto out = read_authorization(wire::reader(authorization));
  if (!out || !out->self) return out;
  if (auto const key = home_key(*out); !key) return failure{key.error()};
  auto const test = is_test(files, name, all.key);
  if (!test) return failure{test.error()};
  out->test = *test;
  return out;
}

}  // namespace

result<tdata> read_tdata(tdata_source const& files, std::string_view passcode) {
  auto const all = read_domain(files, passcode);
  if (!all) return failure{all.error()};
  tdata out;
  for (int index : all->accounts) {
    auto account = read_account(files, *all, index);
    if (!account) return failure{account.error()};
    if (!account->self) continue;  // a log-in that was begun
    if (index == all->active) out.active = out.accounts.size();
    out.accounts.push_back(*std::move(account));
  }
  if (out.accounts.empty()) return failed(portable_errc::no_user);
  return out;
}

}  // namespace mtp::MTP_ABI
