// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/files#downloading-files
#include "client/download_driver.hpp"

#include "client/transfer_call.hpp"

#include <mtp/tl/functions/upload.hpp>
#include <mtp/tl/types/InputFileLocation.hpp>
#include <mtp/tl/types/upload/File.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

using transfer::part_patience;

slice part_request(remote_file const& from, transfer::download_machine::ask what) {
  tl::upload::getFile request;
  request.location = from.location();
  request.offset = static_cast<std::int64_t>(what.offset);
  request.limit = static_cast<std::int32_t>(what.limit);
  return encoded_part(request);
}

}  // namespace

download_driver::download_driver(client_core& core, download_order order)
    : core_(core),
      order_(std::move(order)),
      machine_(transfer::plan_download(order_.from.size())),
      changed_(core.world(), core.strand()) {}

task<std::uint64_t> download_driver::run() {
  co_await begin();
  auto const start = [this](task_scope& scope) { scope.spawn(direct(scope)); };
  co_await task_scope::run(core_.strand(), start);
  co_await order_.to->finish();
  meter_->set_total(machine_.size().value_or(0));
  order_.on_progress(meter_->at(core_.now()));
  co_return machine_.size().value_or(0);
}

/// A data centre that nobody here knows is asked for at home, which says where the file is.
task<> download_driver::begin() {
  co_await core_.opened();
  int const said = order_.from.dc();
  dc_ = said != 0 && core_.addresses().knows(said) ? said : core_.addresses().home();
  co_await order_.to->open(core_.world(), core_.strand());
  meter_ = std::make_unique<transfer::progress_meter>(core_.now(), order_.from.size());
}

task<> download_driver::direct(task_scope& scope) {
  for (;;) {
    auto const todo = machine_.next();
    if (auto const* wanted = std::get_if<machine::ask>(&todo)) {
      scope.spawn(ask_for(*wanted));
    } else if (auto const* ready = std::get_if<machine::write>(&todo)) {
      scope.spawn(write(ready->part));
    } else if (auto const* wrong = std::get_if<machine::fail>(&todo)) {
      throw error(make_error_code(wrong->why), "upload.getFile");
    } else if (std::holds_alternative<machine::done>(todo)) {
      co_return;
    } else {
      co_await changed_.wait();
    }
  }
}

task<> download_driver::ask_for(machine::ask what) {
  slice const whole = part_request(order_.from, what);
  bool arrived = false;
  while (!arrived) arrived = co_await try_part(what, whole);
  changed_.notify();
}

/// Whether it is here now. Errors: as run(), when it is not worth another try.
task<bool> download_driver::try_part(machine::ask what, slice whole) {
  int const dc = dc_;
  auto place = co_await core_.transfers().take(dc, link_purpose::download);
  auto got = co_await call_for_part<tl::upload::getFile>(core_, whole, dc, link_purpose::download);
  bool const arrived = got.answer.has_value();
  if (arrived) {
    place.done();
    on_arrived(what, std::move(*got.answer));
  } else {
    auto said = machine_.on_refused(got.refusal, dc, dc_);
    co_await follow(said, std::move(got.refusal), std::move(place));
  }
  co_return arrived;
}

/// A redirection to a CDN does not come, since nobody said that we follow one.
void download_driver::on_arrived(machine::ask what, part_content content) {
  auto const* const file = content->get_if<tl::upload::file>();
  if (!file) throw error(make_error_code(client_errc::decode), "upload.getFile: no part of a file");
  machine_.on_part(what.part, file->bytes.size());
  parts_.insert_or_assign(what.part, std::move(content));
}

/// Ends when the part is worth another try, else throws.
task<> download_driver::follow(part_patience::verdict said, rpc_failure why,
                               transfer_slots::slot place) {
  auto const* const there = std::get_if<part_patience::move>(&said);
  if (auto const* pause = std::get_if<part_patience::hold>(&said)) {
    place.hold(pause->wait);
    meter_->on_wait(core_.now() + pause->wait);
    order_.on_progress(meter_->at(core_.now()));
  } else if (auto const* later = std::get_if<part_patience::retry>(&said)) {
    place.failed();
    co_await core_.running().pause(later->wait);
  } else if (there && core_.addresses().knows(there->dc)) {
    dc_ = there->dc;
  } else {
    throw_rpc_error(std::move(why));
  }
}

task<> download_driver::write(std::int64_t part) {
  part_content const content = std::move(parts_.extract(part).mapped());
  auto const part_of_file = content->get_if<tl::upload::file>()->bytes.view();
  if (!part_of_file.empty()) co_await order_.to->write(part_of_file);
  machine_.on_written();
  meter_->on_bytes(core_.now(), part_of_file.size());
  if (!part_of_file.empty()) order_.on_progress(meter_->at(core_.now()));
  changed_.notify();
}

}  // namespace mtp::MTP_ABI::detail
