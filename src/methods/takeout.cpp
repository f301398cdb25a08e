// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/methods/takeout.hpp>

#include <mtp/client/client.hpp>
#include <mtp/core/as_result.hpp>
#include <mtp/tl/functions/account.hpp>
#include <mtp/tl/types/account/Takeout.hpp>

#include <exception>
#include <utility>

namespace mtp::MTP_ABI {
namespace {

tl::account::initTakeoutSession request_for(takeout_options const& what) {
  tl::account::initTakeoutSession out;
  out.contacts = what.contacts;
  out.message_users = what.people;
  out.message_chats = what.groups;
  out.message_megagroups = what.supergroups;
  out.message_channels = what.channels;
  out.files = what.files;
  out.file_max_size = what.max_file_size;
  return out;
}

task<> finish(client& who, invoke_options within, bool success) {
  tl::account::finishTakeoutSession request;
  request.success = success;
  co_await who.invoke(request, within);
}

/// Whoever was broken off does not learn that the server could not be told so.
task<> break_off(client& who, invoke_options within) {
  auto telling = as_result(finish(who, within, false));
  (void)co_await std::move(telling);
}

task<> run_takeout(client& who, takeout_options what,
                   std::function<task<>(invoke_options const&)> body) {
  auto const request = request_for(what);
  auto const begun = co_await who.invoke(request);
  invoke_options within;
  within.takeout_id = begun->id;
  std::exception_ptr failed;
  try {
    auto work = body(within);
    co_await std::move(work);
  } catch (...) {
    failed = std::current_exception();
  }
  if (failed) {
    auto telling = break_off(who, within);
    co_await std::move(telling);
    std::rethrow_exception(failed);
  }
  auto telling = finish(who, within, true);
  co_await std::move(telling);
}

}  // namespace

task<> takeout(client& who, takeout_options what,
               std::function<task<>(invoke_options const& within)> body) {
  return run_takeout(who, what, std::move(body));
}

}  // namespace mtp::MTP_ABI
