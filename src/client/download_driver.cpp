// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/files#downloading-files
#include "client/download_driver.hpp"

#include "client/kept_part.hpp"
#include "client/part_trouble.hpp"
#include "client/transfer_call.hpp"

#include <mtp/core/error.hpp>
#include <mtp/tl/functions/upload.hpp>
#include <mtp/tl/types/InputFileLocation.hpp>
#include <mtp/tl/types/upload/File.hpp>

#include <string>
#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

using transfer::part_patience;

constexpr int max_held = 8;  // parts
/// What is lost of less costs less than to keep it.
constexpr std::uint64_t kept_from = 4 * transfer::mib;
constexpr char record_of_download = 'd';
constexpr std::uint8_t identity_version = 1;

/// Which file it is; a reference changes, and the file stays.
bytes identity_of(remote_file const& file) {
  auto where = file.location();
  if (auto* const document = where.get_if<tl::inputDocumentFileLocation>())
    document->file_reference = {};
  if (auto* const photo = where.get_if<tl::inputPhotoFileLocation>()) photo->file_reference = {};
  bytes out{identity_version};
  auto const encoded = tl::encode(where);
  if (!encoded) throw error(make_error_code(client_errc::encode), encoded.error().text());
  append(out, *encoded);
  auto const size = std::to_string(file.size().value_or(0));
  out.insert(out.end(), size.begin(), size.end());
  return out;
}

slice part_request(remote_file const& from, transfer::download_machine::ask what) {
  tl::upload::getFile request;
  request.location = from.location();
  request.offset = static_cast<std::int64_t>(what.offset);
  request.limit = static_cast<std::int32_t>(what.limit);
  return encoded_part(request);
}

}  // namespace

download_driver::download_driver(client_core& core, transfer_control& control, download_order order)
    : core_(core),
      control_(control),
      order_(std::move(order)),
      machine_(transfer::plan_download(order_.from.size()), max_held),
      changed_(core.world(), core.strand()) {}

task<std::uint64_t> download_driver::run() {
  co_await begin();
  auto const start = [this](task_scope& scope) { scope.spawn(direct(scope)); };
  co_await task_scope::run(core_.strand(), start);
  co_await order_.to->finish();
  co_await control_.record().erase();
  control_.set_total(machine_.size().value_or(0));
  control_.tell();
  co_return machine_.size().value_or(0);
}

/// A data centre that nobody here knows is asked for at home, which says where the file is.
task<> download_driver::begin() {
  co_await core_.opened();
  int const said = order_.from.dc();
  dc_ = said != 0 && core_.addresses().knows(said) ? said : core_.addresses().home();
  auto const there = co_await open_sink();
  auto const plan = transfer::plan_download(order_.from.size());
  auto const parts_there = static_cast<std::int64_t>(there / plan.part_size);
  machine_ = machine(plan, max_held, {}, parts_there);
  control_.begin(order_.from.size(), there);
}

download_driver::~download_driver() {
  bool const stays = control_.record().is_there() && !control_.is_given_up();
  stays ? order_.to->keep() : order_.to->abandon();
}

// --- What another life has left

/// Says how many bytes of whole parts are there already.
task<std::uint64_t> download_driver::open_sink() {
  auto& record = control_.record();
  auto const place = order_.resumable ? order_.to->place() : std::string();
  if (!place.empty()) {
    identity_ = identity_of(order_.from);
    record.name(record_of_download, place);
    auto const earlier = co_await record.read();
    if (earlier == identity_) {
      auto const there = co_await go_on_with_kept();
      co_return there;
    }
    co_await record.erase();
  }
  co_await order_.to->open(core_.world(), core_.strand());
  co_return std::uint64_t{0};
}

task<std::uint64_t> download_driver::go_on_with_kept() {
  auto const there = co_await order_.to->reopen(core_.world(), core_.strand());
  kept_part kept(core_, control_, order_.from, *order_.to, dc_);
  auto const right = co_await kept.verified(there);
  dc_ = kept.dc();
  auto const part_size = transfer::plan_download(order_.from.size()).part_size;
  auto const whole_parts = right / part_size * part_size;
  co_await order_.to->cut(whole_parts);
  co_return whole_parts;
}

/// From here on what is written is worth more than what it takes to keep it.
task<> download_driver::keep_what_is_there() {
  auto& record = control_.record();
  if (!record.has_name() || record.is_there() || written_ < kept_from) co_return;
  auto content = identity_;
  co_await record.write(std::move(content));
}

// --- Its parts

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
  co_await control_.leave_to_go_on();
  int const dc = dc_;
  auto place = co_await take_place(core_, control_, dc, link_purpose::download);
  auto got = co_await call_for_part<tl::upload::getFile>(core_, whole, dc, link_purpose::download);
  bool const arrived = got.answer.has_value();
  if (arrived) {
    place.done();
    on_arrived(what, std::move(*got.answer));
  } else {
    auto said = machine_.on_refused(got.refusal, dc, dc_);
    if (!is_elsewhere(said))
      co_await follow(core_, control_, said, std::move(got.refusal), std::move(place));
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

/// Whether parts are asked for in another data centre from now on.
bool download_driver::is_elsewhere(part_patience::verdict const& said) {
  auto const* const there = std::get_if<part_patience::move>(&said);
  if (!there || !core_.addresses().knows(there->dc)) return false;
  dc_ = there->dc;
  return true;
}

task<> download_driver::write(std::int64_t part) {
  part_content const content = std::move(parts_.extract(part).mapped());
  auto const part_of_file = content->get_if<tl::upload::file>()->bytes.view();
  if (!part_of_file.empty()) co_await order_.to->write(part_of_file);
  written_ += part_of_file.size();
  co_await keep_what_is_there();
  machine_.on_written();
  if (!part_of_file.empty()) control_.on_bytes(part_of_file.size());
  changed_.notify();
}

}  // namespace mtp::MTP_ABI::detail
