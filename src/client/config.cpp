// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/client/config.hpp>

#include <mtp/core/error.hpp>
#include <mtp/crypto/rsa.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace mtp::MTP_ABI {
namespace {

constexpr std::pair<std::string_view, transport_choice> transports[] = {
    {"abridged", transport_choice::abridged},     {"intermediate", transport_choice::intermediate},
    {"padded", transport_choice::padded},         {"full", transport_choice::full},
    {"obfuscated", transport_choice::obfuscated},
};

/// What the variable says; empty when it is not set.
std::string variable(std::string_view name) {
  char const* const value = std::getenv(std::string(name).c_str());
  return value ? value : "";
}

/// Fills a configuration one variable after the other; the first problem stays.
class environment_reader {
 public:
  client_config config;

  void read(std::string_view default_session) {
    read_api();
    config.session = variable("MTP_SESSION");
    if (config.session.empty()) config.session = default_session;
    read_servers();
    read_data_centres();
    read_server_keys();
    read_transport();
    read_pfs();
    read_log();
  }

 private:
  void wrong(std::string text) {
    if (config.environment_error.empty()) config.environment_error = std::move(text);
  }

  void read_api() {
    std::string const id = variable("API_ID");
    if (id.empty()) return wrong("the environment variable API_ID is not set");
    auto const [end, failed] = std::from_chars(id.data(), id.data() + id.size(), config.api_id);
    if (failed != std::errc() || end != id.data() + id.size() || config.api_id <= 0)
      return wrong("the environment variable API_ID is no number from 1 to 2147483647");
    config.api_hash = variable("API_HASH");
    if (config.api_hash.empty()) wrong("the environment variable API_HASH is not set");
  }

  void read_servers() {
    std::string const name = variable("MTP_SERVERS");
    if (name == "test") {
      config.environment = dc_environment::test;
    } else if (!name.empty() && name != "production") {
      wrong("MTP_SERVERS: use production or test");
    }
  }

  void read_data_centres() {
    std::string const text = variable("MTP_DC");
    if (text.empty()) return;
    auto book = parse_address_book(text);
    if (!book) return wrong("MTP_DC: " + book.error());
    config.addresses = *std::move(book);
  }

  void read_server_keys() {
    std::string const path = variable("MTP_SERVER_KEY");
    if (path.empty()) return;
    std::ifstream file(path);
    std::string const text{std::istreambuf_iterator<char>(file), {}};
    if (!file || text.empty())
      return wrong(fmt::format("MTP_SERVER_KEY: the file {} cannot be read", path));
    split_pem(text);
    if (config.server_keys.empty())
      wrong(fmt::format("MTP_SERVER_KEY: there is no public key in {}", path));
  }

  void split_pem(std::string_view text) {
    constexpr std::string_view begin = "-----BEGIN ";
    for (auto at = text.find(begin); at != std::string_view::npos;) {
      auto const next = text.find(begin, at + begin.size());
      config.server_keys.emplace_back(text.substr(at, next - at));
      at = next;
    }
  }

  void read_transport() {
    std::string const name = variable("MTP_TRANSPORT");
    if (name.empty()) return;
    for (auto const& [known, choice] : transports) {
      if (name == known) config.connection.transport = choice;
      if (name == known) return;
    }
    wrong("MTP_TRANSPORT: use abridged, intermediate, padded, full or obfuscated");
  }

  void read_pfs() {
    std::string const name = variable("MTP_PFS");
    if (name.empty() || name == "off") return;
    if (name == "on") {
      config.connection.keys.pfs = pfs_mode::on;
    } else if (name == "fallback") {
      config.connection.keys.pfs = pfs_mode::with_fallback;
    } else {
      wrong("MTP_PFS: use on, off or fallback");
    }
  }

  void read_log() {
    std::string const name = variable("MTP_LOG");
    if (name == "off") return;
    if (name.empty()) config.log = log_to_stderr(log_level::error);
    for (auto level : {log_level::debug, log_level::info, log_level::warning, log_level::error}) {
      if (name == name_of(level)) config.log = log_to_stderr(level);
    }
    if (!config.log) wrong("MTP_LOG: use debug, info, warning, error or off");
  }
};

bool known_dc(client_config const& config) {
  auto const& book =
      config.addresses.empty() ? builtin_addresses(config.environment) : config.addresses;
  return config.first_dc == 0 || book.contains(config.first_dc);
}

bool complete_addresses(client_config const& config) {
  return std::ranges::none_of(config.addresses, [](auto const& dc) { return dc.second.empty(); });
}

bool readable_keys(client_config const& config) {
  return std::ranges::all_of(config.server_keys, [](std::string const& pem) {
    return crypto::rsa_public_key::from_pem(pem).has_value();
  });
}

bool sensible_times(client_config const& config) {
  auto const& c = config.connection;
  duration const none{};
  return c.connect_timeout > none && c.handshake_timeout > none && c.initial_timeout > none &&
         c.backoff.initial_delay > none && c.backoff.max_delay >= c.backoff.initial_delay &&
         c.stagger >= none && config.lease_grace >= none && config.retry.flood_budget >= none &&
         config.retry.server_error_budget >= none;
}

/// A temporary key must serve for a while before it is renewed.
bool sensible_keys(client_config const& config) {
  auto const& keys = config.connection.keys;
  duration const none{};
  return keys.temporary_lifetime > keys.renew_before && keys.renew_before >= none &&
         keys.settled_after >= none && keys.doubt_delay > none &&
         keys.max_doubt_delay >= keys.doubt_delay;
}

bool sensible_backfill(client_config const& config) {
  auto const& backfill = config.backfill;
  return backfill.max_messages >= 0 && backfill.look_back >= 0 &&
         backfill.max_age >= duration::zero() && backfill.pause >= duration::zero();
}

bool sensible_pool(client_config const& config) {
  auto const& pool = config.connection.pool;
  return pool.max_connections > 0 && pool.busy_from > 0 && pool.idle_timeout > duration::zero();
}

}  // namespace

std::optional<std::string> validate(client_config const& config) {
  if (!config.environment_error.empty()) return config.environment_error;
  if (config.api_id <= 0) return "api_id is not set";
  if (config.api_hash.empty()) return "api_hash is not set";
  if (!known_dc(config)) return "first_dc is in no address book";
  if (!complete_addresses(config)) return "a data centre has no address";
  if (!readable_keys(config)) return "a server key is no PEM text of a 2048-bit RSA public key";
  if (!sensible_times(config)) return "a time limit is not positive";
  if (!sensible_keys(config)) return "connection.keys: a temporary key would never serve";
  if (!sensible_pool(config)) return "connection.pool: a limit is not positive";
  if (config.max_queued_updates == 0) return "max_queued_updates is zero";
  if (!sensible_backfill(config)) return "backfill: a limit is negative";
  if (config.max_journal == 0) return "max_journal is zero";
  if (config.max_attempts < 0) return "max_attempts is negative";
  return {};
}

std::string env(std::string_view name) {
  std::string value = variable(name);
  if (value.empty())
    throw error(make_error_code(client_errc::bad_config),
                fmt::format("the environment variable {} is not set", name));
  return value;
}

client_config config_from_env(std::string_view default_session) {
  environment_reader reader;
  reader.read(default_session);
  return std::move(reader.config);
}

}  // namespace mtp::MTP_ABI
