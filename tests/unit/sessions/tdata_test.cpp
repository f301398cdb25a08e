// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/sessions/tdata.hpp>

#include "damage.hpp"
#include "sessions/tdf.hpp"
#include "support/hex.hpp"
#include "support/temporary_folder.hpp"
#include "support/vectors/tdata.hpp"

#include <mtp/crypto/hash.hpp>
#include <mtp/testing/crashing_files.hpp>

#include <sys/stat.h>

using namespace mtp;
using namespace mtp::test;
using mtp::testing::crashing_files;

namespace {

constexpr std::string_view passcode = "correct horse";

template <std::size_t Size>
tdata_files files_of(vectors::named_file const (&all)[Size]) {
  tdata_files out;
  for (auto const& [name, content] : all) out[std::string(name)] = from_hex(content);
  return out;
}

result<tdata> read(tdata_files const& files, std::string_view with = {}) {
  auto const source = [&](std::string const& name) -> result<std::optional<bytes>> {
    auto const found = files.find(name);
    if (found == files.end()) return std::optional<bytes>();
    return std::optional<bytes>(found->second.reveal());
  };
  return read_tdata(source, with);
}

tdata two_accounts() {
  tdata out;
  out.accounts = {without_addresses(small_session()), {}};
  out.accounts[0].self = portable_self{.id = somebody, .bot = false};
  out.accounts[1].home_dc = 4;
  bytes key = counting_key();
  std::ranges::reverse(key);
  out.accounts[1].dcs[4].auth_key = key;
  out.accounts[1].self = portable_self{.id = 777, .bot = false};
  return out;
}

tdata_files written(tdata const& all, std::string_view with = {}) {
  seeded_random random(1);
  auto files = write_tdata(all, random, with);
  REQUIRE(files);
  return *std::move(files);
}

}  // namespace

TEST_CASE("the accounts of a Telegram Desktop are read", "[sessions][tdata]") {
  CHECK(*read(files_of(vectors::tdata_plain)) == two_accounts());
}

TEST_CASE("the accounts of a Telegram Desktop with a passcode are read", "[sessions][tdata]") {
  auto const files = files_of(vectors::tdata_passcode);
  CHECK(*read(files, passcode) == two_accounts());
  CHECK(read(files).error() == portable_errc::wrong_passcode);
  CHECK(read(files, "correct hors").error() == portable_errc::wrong_passcode);
  CHECK(read(files_of(vectors::tdata_plain), passcode).error() == portable_errc::wrong_passcode);
}

TEST_CASE("tdata comes back as it was written, up to six accounts", "[sessions][tdata]") {
  tdata all = two_accounts();
  all.active = 1;
  all.accounts[0].dcs[4].auth_key = bytes(256, 9);  // keys of several data centres
  CHECK(*read(written(all)) == all);
  CHECK(*read(written(all, passcode), passcode) == all);
  all.accounts.resize(6, all.accounts[1]);
  all.active = 5;
  auto const files = written(all);
  CHECK(files.size() == 13);
  CHECK(*read(files) == all);
}

TEST_CASE("tdata has the names that Telegram Desktop looks for", "[sessions][tdata]") {
  auto const ours = written(two_accounts());
  auto const theirs = files_of(vectors::tdata_plain);
  REQUIRE(ours.size() == theirs.size());
  for (auto const& [name, content] : theirs) {
    INFO(name);
    REQUIRE(ours.contains(name));
    CHECK(ours.at(name).reveal().size() == content.reveal().size());
  }
}

TEST_CASE("a file of tdata from before there was a safe one is read", "[sessions][tdata]") {
  auto files = files_of(vectors::tdata_plain);
  auto key = files.extract("key_datas");
  key.key() = "key_data1";
  files.insert(std::move(key));
  files["key_data0"] = bytes{'T', 'D', 'F'};
  CHECK(*read(files) == two_accounts());
}

TEST_CASE("what is missing or wrong in tdata is said", "[sessions][tdata]") {
  auto files = files_of(vectors::tdata_plain);
  CHECK(read({}).error() == portable_errc::missing_file);
  files.erase("A7FDF864FBC10B77s");
  CHECK(read(files).error() == portable_errc::missing_file);
  files = files_of(vectors::tdata_plain);
  auto key = files["key_datas"].reveal();
  key.back() ^= 1;
  files["key_datas"] = key;
  CHECK(read(files).error() == portable_errc::bad_checksum);
  key.front() = 'X';
  files["key_datas"] = key;
  CHECK(read(files).error() == portable_errc::wrong_format);
  files["key_datas"] = bytes{'T', 'D', 'F', '$', 1, 0, 0, 0};
  CHECK(read(files).error() == portable_errc::cut_short);
}

TEST_CASE("no damage to tdata does harm", "[sessions][tdata]") {
  auto const whole = files_of(vectors::tdata_plain);
  for (char const* name : {"key_datas", "D877F783D5D3EF8Cs"}) {
    auto const first_account = [&](bytes const& content) -> result<portable_session> {
      auto files = whole;
      files[name] = content;
      auto const all = read(files);
      if (!all) return failure{all.error()};
      return all->accounts.front();
    };
    damage_file(whole.at(name).reveal(), first_account);
  }
}

namespace {

/// Files with one account whose plain content is `content`, and what `config` says.
tdata_files with_content(bytes const& content, bytes const& config = {}) {
  seeded_random random(2);
  crypto::auth_key const key(bytes_view(counting_key()).first<256>());
  bytes const salt(32, 5);
  auto const sized = [](bytes_view data) {
    bytes out(4);
    out[2] = static_cast<std::uint8_t>(data.size() >> 8);
    out[3] = static_cast<std::uint8_t>(data.size());
    append(out, data);
    return out;
  };
  auto const hidden = [&](bytes_view data, crypto::auth_key const& with) {
    return sized(sessions::encrypt_local(data, with, random).reveal());
  };
  bytes keys = sized(salt);
  append(keys, hidden(key.data(), sessions::passcode_key("", salt)));
  append(keys, hidden(bytes{0, 0, 0, 1, 0, 0, 0, 0}, key));
  tdata_files out;
  out["key_datas"] = sessions::make_tdf(keys);
  out["D877F783D5D3EF8Cs"] = sessions::make_tdf(hidden(content, key));
  if (!config.empty())
    out["D877F783D5D3EF8C/configs"] = sessions::make_tdf(hidden(sized(config), key));
  return out;
}

/// A block of authorization as it was before ids had 64 bits.
bytes old_content() {
  bytes out = from_hex("0000004b 00000114 00000309 00000002 00000001 00000002");
  append(out, counting_key());
  append(out, from_hex("00000000"));
  return out;
}

}  // namespace

TEST_CASE("an account from before ids had 64 bits is read", "[sessions][tdata]") {
  auto const all = read(with_content(old_content()));
  REQUIRE(all);
  CHECK(all->accounts.front().self == portable_self{.id = 777, .bot = false});
  CHECK(all->accounts.front().home_dc == 2);
}

TEST_CASE("the configuration says which servers an account belongs to", "[sessions][tdata]") {
  auto const at = [](char const* config) {
    return read(with_content(old_content(), from_hex(config)));
  };
  CHECK(!at("00000001 00000000 00000000")->accounts.front().test);
  CHECK(at("00000001 00000001 00000000")->accounts.front().test);
  CHECK(at("00000002 00000001 00000000").error() == portable_errc::wrong_version);
  CHECK(at("000000").error() == portable_errc::cut_short);
}

TEST_CASE("what stands in an account is checked part by part", "[sessions][tdata]") {
  auto const outcome = [](std::size_t at, std::uint8_t value) {
    bytes content = old_content();
    content[at] = value;
    return read(with_content(content)).error();
  };
  CHECK(outcome(3, 1) == portable_errc::wrong_version);  // another block
  CHECK(outcome(7, 0xff) == portable_errc::cut_short);   // longer than the file
  CHECK(outcome(7, 0x10) == portable_errc::too_long);
  CHECK(outcome(15, 9) == portable_errc::no_key);        // at home there is no key
  CHECK(outcome(12, 0x80) == portable_errc::bad_value);  // no data centre
  CHECK(outcome(16, 0x7f) == portable_errc::bad_value);  // more keys than bytes
  CHECK(outcome(8, 0x80) == portable_errc::bad_value);   // no user
  bytes nobody = old_content();
  nobody[10] = nobody[11] = 0;
  CHECK(read(with_content(nobody)).error() == portable_errc::no_user);
}

TEST_CASE("what tdata cannot hold is refused", "[sessions][tdata]") {
  seeded_random random(1);
  auto const outcome = [&](tdata const& all) { return write_tdata(all, random).error(); };
  CHECK(outcome({}) == portable_errc::does_not_fit);
  tdata all = two_accounts();
  all.active = 2;
  CHECK(outcome(all) == portable_errc::does_not_fit);
  all = two_accounts();
  all.accounts.resize(7, all.accounts[0]);
  CHECK(outcome(all) == portable_errc::does_not_fit);
  all = two_accounts();
  all.accounts[1].test = true;
  CHECK(outcome(all) == portable_errc::does_not_fit);
  all.accounts[1] = {};
  CHECK(outcome(all) == portable_errc::no_key);
  all.accounts[1] = small_session();
  CHECK(outcome(all) == portable_errc::no_user);
}

TEST_CASE("tdata goes into a folder and comes out of it", "[sessions][tdata]") {
  temporary_folder const folder;
  seeded_random random(1);
  auto const path = folder / "tdata";
  REQUIRE(save_tdata(path, local_files(), two_accounts(), random, passcode));
  CHECK(*load_tdata(path, local_files(), passcode) == two_accounts());
  struct stat about{};
  REQUIRE(::stat((path / "key_datas").c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0600);
  CHECK(save_tdata(path, local_files(), two_accounts(), random).error() == std::errc::file_exists);
  CHECK(load_tdata(folder / "none", local_files()).error() == portable_errc::missing_file);
}

TEST_CASE("a folder that cannot be written as a whole is no tdata", "[sessions][tdata]") {
  temporary_folder const folder;
  auto const path = folder / "tdata";
  for (int step = 0;; ++step) {
    crashing_files files;
    seeded_random random(1);
    files.fail(crashing_files::trouble::error, step);
    if (save_tdata(path, files, two_accounts(), random)) break;
    REQUIRE(step < 100);
    files.fail(crashing_files::trouble::none, 0);
    auto const left = load_tdata(path, files);
    INFO(step);
    if (left) {
      CHECK(*left == two_accounts());
    } else {
      CHECK(&left.error().category() == &portable_category());
    }
  }
}
