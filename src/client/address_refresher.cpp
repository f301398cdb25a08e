// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/method/help.getConfig
#include "client/address_refresher.hpp"

#include "client/call.hpp"
#include "client/client_core.hpp"

#include <mtp/core/error.hpp>
#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/types/Config.hpp>
#include <mtp/tl/types/DcOption.hpp>
#include <mtp/tl/types/Reaction.hpp>
#include <mtp/tl/types/Update.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {

address_refresher::address_refresher(client_core& core)
    : core_(core),
      schedule_(core.config().connection.refresh, !core.config().addresses.empty()),
      wake_(core.world(), core.strand()) {}

task<> address_refresher::run() {
  using schedule = net::address_schedule;
  if (!schedule_.is_wanted()) co_return;
  for (;;) {
    auto const what = schedule_.next(core_.now());
    if (auto const* later = std::get_if<schedule::wait>(&what)) {
      co_await wake_.wait_until(later->until);
    } else {
      co_await ask();
    }
  }
}

void address_refresher::on_config_changed(tl::Update const& what) {
  if (!schedule_.is_wanted()) return;
  if (auto const* news = what.get_if<tl::updateDcOptions>()) learn(news->dc_options);
  schedule_.on_changed();
  wake_.notify();
}

task<> address_refresher::ask() {
  received<tl::config> said;
  try {
    tl::help::getConfig request;
    said = co_await call(core_, request);
  } catch (error const& e) {
    core_.log(log_level::warning, std::string("the addresses are not refreshed: ") + e.what());
  }
  if (!said) co_return schedule_.on_failed(core_.now());
  learn(said->dc_options);
  schedule_.on_answer(std::chrono::seconds(std::int64_t{said->expires} - said->date), core_.now());
}

void address_refresher::learn(tl::list<tl::DcOption> const& said) {
  core_.addresses().learn(said);
  core_.home().update_endpoints();
  core_.sides().update_endpoints();
}

}  // namespace mtp::MTP_ABI::detail
