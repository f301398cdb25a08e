// SPDX-License-Identifier: MIT OR Apache-2.0
#include "ready_line.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace mtp::MTP_ABI::testing {

using json = nlohmann::ordered_json;

namespace {

/// How it serves is told where that is not as usual.
json place_of(dc_address const& at) {
  json out = {{"id", at.id}, {"host", at.host}, {"port", at.port}};
  auto const& how = at.options;
  if (how.media_only) out["media_only"] = true;
  if (how.tcpo_only) out["tcpo_only"] = true;
  if (how.cdn) out["cdn"] = true;
  if (how.service == address_service::silent) out["silent"] = true;
  if (how.service == address_service::closed) out["closed"] = true;
  return out;
}

}  // namespace

std::string ready_line(std::vector<dc_address> const& dcs, crypto::rsa_public_key const& key,
                       people const& everybody) {
  json line;
  line["dcs"] = json::array();
  for (auto const& at : dcs) line["dcs"].push_back(place_of(at));
  auto const fingerprint = static_cast<std::uint64_t>(key.fingerprint());
  line["key"] = {{"pem", key.to_pem()}, {"fingerprint", fmt::format("{:016x}", fingerprint)}};
  line["bots"] = json::array();
  line["users"] = json::array();
  for (auto const& [id, who] : everybody.all()) {
    if (who.is_bot()) {
      line["bots"].push_back({{"id", id},
                              {"token", who.token},
                              {"username", who.username},
                              {"first_name", who.first_name}});
    } else {
      line["users"].push_back({{"id", id},
                               {"phone", "+" + who.phone},
                               {"code", who.code},
                               {"username", who.username},
                               {"first_name", who.first_name}});
    }
  }
  return line.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace mtp::MTP_ABI::testing
