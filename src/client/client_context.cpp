// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/client_context.hpp"

#include <mtp/core/error.hpp>
#include <mtp/crypto/known_keys.hpp>
#include <mtp/storage/file_records.hpp>
#include <mtp/storage/memory_records.hpp>

#include <asio/io_context.hpp>
#include <asio/strand.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

std::unique_ptr<state_place> place_of(client_config const& config, environment& world,
                                      asio::any_io_executor const& strand) {
  if (config.store) return make_place(config.store);
  auto records = config.records;
  if (!records) records = config.session.empty() ? memory_records() : file_records(config.session);
  return make_place(std::move(records), world, strand, {.grace = config.lease_grace});
}

client_config checked(client_config config) {
  auto const problem = validate(config);
  if (problem) throw error(make_error_code(client_errc::bad_config), *problem);
  return config;
}

std::vector<crypto::rsa_public_key> trusted_keys(client_config const& config) {
  if (config.server_keys.empty())
    return config.environment == dc_environment::test ? crypto::test_keys()
                                                      : crypto::production_keys();
  std::vector<crypto::rsa_public_key> keys;
  for (auto const& pem : config.server_keys) keys.push_back(*crypto::rsa_public_key::from_pem(pem));
  return keys;
}

/// Read once, and shared by the links.
auto take_keys(client_config& config) {
  auto out = std::make_shared<std::vector<crypto::rsa_public_key> const>(trusted_keys(config));
  config.server_keys = {};
  return out;
}

/// A strand costs less on an executor whose type it knows.
asio::any_io_executor strand_on(asio::any_io_executor const& executor) {
  auto const* const loop = executor.target<asio::io_context::executor_type>();
  if (loop) return asio::make_strand(*loop);
  return asio::make_strand(executor);
}

}  // namespace

client_context::client_context(asio::any_io_executor executor, client_config config)
    : config_(checked(std::move(config))),
      world_(config_.surroundings ? *config_.surroundings : real_environment()),
      strand_(strand_on(executor)),
      keeper_(world_, strand_, place_of(config_, world_, strand_), config_.log),
      server_keys_(take_keys(config_)) {}

void client_context::log(log_level level, std::string_view text) const {
  if (config_.log) config_.log(level, text);
}

}  // namespace mtp::MTP_ABI::detail
