// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/method/help.getConfig
#include "client/address_refresher.hpp"

#include "client/call.hpp"
#include "client/client_core.hpp"
#include "core/wire.hpp"

#include <mtp/core/error.hpp>
#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/types/Config.hpp>
#include <mtp/tl/types/DcOption.hpp>
#include <mtp/tl/types/Reaction.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/Updates.hpp>

#include <algorithm>
#include <utility>

namespace mtp::detail {
namespace {

constexpr auto min_validity = std::chrono::minutes(5);
constexpr auto max_validity = std::chrono::hours(24);
constexpr auto delay_after_failure = std::chrono::minutes(1);
/// Between two times that the server makes us ask.
constexpr auto pause_between_wishes = std::chrono::seconds(10);

/// How long the answer holds, whatever its clock says.
duration validity(tl::config const& said) {
  return std::clamp<duration>(std::chrono::seconds(std::int64_t{said.expires} - said.date),
                              min_validity, max_validity);
}

}  // namespace

address_refresher::address_refresher(client_core& core)
    : core_(core), wake_(core.world(), core.strand()) {}

bool address_refresher::is_wanted() const {
  switch (core_.config().connection.refresh) {
    case address_refresh::always: return true;
    case address_refresh::never: return false;
    case address_refresh::automatic: break;
  }
  return core_.config().addresses.empty();
}

task<> address_refresher::run() {
  if (!is_wanted()) co_return;
  for (;;) {
    auto const config = co_await ask();
    duration const wait = config ? validity(*config) : delay_after_failure;
    if (config) learn(config->dc_options);
    co_await wait_until(core_.now() + wait);
  }
}

/// Waits for the server's wish, or until the addresses have expired.
task<> address_refresher::wait_until(steady_time expiry) {
  while (!asked_for_ && core_.now() < expiry) co_await wake_.wait_until(expiry);
  if (!asked_for_) co_return;
  auto const wait = next_wish_ - core_.now();
  if (wait > duration::zero()) co_await pause(core_.world(), core_.strand(), wait);
  next_wish_ = core_.now() + pause_between_wishes;
  asked_for_ = false;
}

void address_refresher::note(tl::Update const& what) {
  auto const* const options = what.get_if<tl::updateDcOptions>();
  if (!options && !what.holds<tl::updateConfig>()) return;
  if (!is_wanted()) return;
  if (options) learn(options->dc_options);
  asked_for_ = true;
  wake_.notify();
}

void address_refresher::note_unread(slice const& body) {
  wire::reader in(body);
  if (in.number<std::uint32_t>() != tl::updateShort::tl_id) return;
  auto const id = in.peek();
  if (id != tl::updateConfig::tl_id && id != tl::updateDcOptions::tl_id) return;
  auto const all = tl::decode<tl::Updates>(body);
  if (!all) return;
  received<tl::Updates> const& whole = *all;
  if (auto const* one = whole->get_if<tl::updateShort>()) note(one->update);
}

task<received<tl::config>> address_refresher::ask() {
  received<tl::config> out;
  try {
    tl::help::getConfig request;
    out = co_await call(core_, request);
  } catch (error const& e) {
    core_.log(log_level::warning, std::string("the addresses are not refreshed: ") + e.what());
  }
  co_return out;
}

void address_refresher::learn(tl::list<tl::DcOption> const& said) {
  core_.addresses().learn(said);
  core_.home().update_endpoints();
  core_.sides().update_endpoints();
}

}  // namespace mtp::detail
