// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/files#uploading-files
#include "client/upload_driver.hpp"

#include "client/call.hpp"
#include "client/part_trouble.hpp"
#include "client/transfer_call.hpp"

#include <mtp/crypto/hash.hpp>
#include <mtp/tl/functions/upload.hpp>
#include <mtp/tl/functions/users.hpp>
#include <mtp/tl/types/InputUser.hpp>
#include <mtp/tl/types/User.hpp>
#include <mtp/transfer/mime_type.hpp>

#include <fmt/format.h>

#include <chrono>
#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

/// Whether the account may send files twice as large.
task<bool> pays(client_core& core) {
  tl::users::getUsers request;
  request.id.push_back(tl::inputUserSelf{});
  auto const found = co_await call(core, request);
  auto const* const self = found->empty() ? nullptr : found->front().get_if<tl::user>();
  co_return self != nullptr && self->premium;
}

/// Asked only where it matters.
task<std::int32_t> parts_allowed(client_core& core, std::optional<std::uint64_t> size) {
  bool const fits = !size || *size <= transfer::max_parts * transfer::max_part_size;
  bool more = false;
  if (!fits) more = co_await pays(core);
  co_return more ? transfer::max_premium_parts : transfer::max_parts;
}

std::string hex_of(crypto::md5_digest const& digest) {
  std::string out;
  for (auto const byte : digest) out += fmt::format("{:02x}", byte);
  return out;
}

constexpr int max_held = 8;  // parts
constexpr char record_of_upload = 'u';
constexpr int parts_between_records = 8;
/// Nobody says how long the servers keep parts: some hours.
constexpr std::int64_t longest_rest = 3 * 3600;

std::int64_t seconds_since_1970(environment& world) {
  return std::chrono::duration_cast<std::chrono::seconds>(world.now().wall.time_since_epoch())
      .count();
}

bool is_same_upload(transfer::upload_record const& found, transfer::upload_record const& wanted,
                    std::int64_t now) {
  bool const is_recent = found.stored_at <= now && now - found.stored_at <= longest_rest;
  return is_recent && found.file_id != 0 && found.dc == wanted.dc &&
         found.part_size == wanted.part_size && found.size == wanted.size &&
         found.changed == wanted.changed && found.saved.size() == wanted.saved.size();
}

/// What the servers say of parts that they have not any more, or have otherwise.
constexpr int bad_request = 400;

std::int64_t id_of_file(random_source& random) {
  std::int64_t out = 0;
  while (out == 0) out = random.make<std::int64_t>();
  return out;
}

}  // namespace

upload_driver::upload_driver(client_core& core, transfer_control& control, upload_order order)
    : core_(core),
      control_(control),
      order_(std::move(order)),
      changed_(core.world(), core.strand()) {
  if (order_.name.empty()) order_.name = order_.from->name();
}

/// The servers drop parts after some hours.
task<uploaded_file> upload_driver::run() {
  bool is_gone = false;
  try {
    co_await attempt();
  } catch (rpc_error const& e) {
    is_gone = is_resumed_ && e.failure().code == bad_request;
    if (!is_gone) throw;
  }
  if (is_gone) {
    co_await control_.record().erase();
    co_await attempt();
  }
  co_await order_.from->check();
  co_await control_.record().erase();
  co_return outcome();
}

task<> upload_driver::attempt() {
  co_await begin();
  auto const start = [this](task_scope& scope) { scope.spawn(direct(scope)); };
  co_await task_scope::run(core_.strand(), start);
}

task<> upload_driver::begin() {
  co_await core_.opened();
  auto const size = co_await order_.from->open(core_.world(), core_.strand());
  auto const most = co_await parts_allowed(core_, size);
  auto const plan = transfer::plan_upload(size, most);
  if (!plan) throw error(make_error_code(plan.error()), order_.name);
  dc_ = core_.addresses().home();
  file_id_ = id_of_file(core_.world().random());
  parts_.clear();
  parts_read_ = 0;
  size_ = 0;
  co_await look_for_earlier(*plan);
  machine_ = std::make_unique<machine>(*plan, max_held, transfer::patience_limits(), record_.saved);
  control_.begin(size, bytes_saved(*plan));
}

// --- What another life has left

/// Only of what is large, and can be read again.
task<> upload_driver::look_for_earlier(transfer::upload_plan plan) {
  record_ = {};
  is_resumed_ = false;
  is_storing_ = false;
  auto const who = order_.from->identity();
  bool const may_go_on = order_.resumable && who && plan.size && plan.is_big();
  if (!may_go_on) co_return;
  control_.record().name(record_of_upload, who->place);
  record_.file_id = file_id_;
  record_.dc = dc_;
  record_.part_size = static_cast<std::uint32_t>(plan.part_size);
  record_.size = *plan.size;
  record_.changed = who->changed;
  record_.saved.resize(static_cast<std::size_t>(*plan.parts()));
  auto const earlier = co_await earlier_of(record_);
  is_resumed_ = earlier.has_value();
  if (is_resumed_) record_ = *earlier;
  file_id_ = record_.file_id;
}

/// What the store has of that upload, when it is of the same file and not too old.
task<std::optional<transfer::upload_record>> upload_driver::earlier_of(
    transfer::upload_record wanted) {
  auto const stored = co_await control_.record().read();
  auto found = stored ? transfer::decode_record(*stored) : std::nullopt;
  if (found && !is_same_upload(*found, wanted, seconds_since_1970(core_.world()))) found.reset();
  bool same_head = false;
  if (found) same_head = co_await has_same_head(&*found);
  if (!same_head) found.reset();
  if (!found) co_await control_.record().erase();
  co_return found;
}

/// Whether the file begins as it did; leaves the source at its first byte.
task<bool> upload_driver::has_same_head(transfer::upload_record const* as) {
  bytes head(as->part_size);
  auto const got = co_await order_.from->read(head);
  head.resize(got);
  co_await order_.from->open(core_.world(), core_.strand());
  co_return crypto::sha256(head) == as->head;
}

std::uint64_t upload_driver::bytes_saved(transfer::upload_plan const& plan) const {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < record_.saved.size(); ++i) {
    if (record_.saved[i]) out += plan.size_of(static_cast<std::int32_t>(i));
  }
  return out;
}

/// Now and then: what is lost of it is a few parts.
task<> upload_driver::note_parts() {
  bool const due = !record_.saved.empty() && ++parts_unstored_ >= parts_between_records;
  if (!due || is_storing_) co_return;
  parts_unstored_ = 0;
  is_storing_ = true;
  record_.stored_at = seconds_since_1970(core_.world());
  auto content = transfer::encode_record(record_);
  co_await control_.record().write(std::move(content));
  is_storing_ = false;
}

// --- Its parts

task<> upload_driver::direct(task_scope& scope) {
  for (;;) {
    auto const todo = machine_->next();
    if (auto const* wanted = std::get_if<machine::read>(&todo)) {
      co_await read_part(wanted->size);
    } else if (auto const* there = std::get_if<machine::pass>(&todo)) {
      order_.from->skip(there->size);
      size_ += there->size;
      ++parts_read_;
    } else if (auto const* ready = std::get_if<machine::send>(&todo)) {
      scope.spawn(send_part(*ready));
    } else if (auto const* wrong = std::get_if<machine::fail>(&todo)) {
      throw error(make_error_code(wrong->why), order_.name);
    } else if (std::holds_alternative<machine::done>(todo)) {
      co_return;
    } else {
      co_await changed_.wait();
    }
  }
}

task<> upload_driver::read_part(std::size_t size) {
  bytes content(size);
  auto const got = co_await order_.from->read(content);
  content.resize(got);
  look_at(content);
  bool const is_saved = parts_read_ == 0 && is_resumed_ && record_.saved.front();
  if (got != 0 && !is_saved) parts_[parts_read_] = std::move(content);
  if (got != 0) ++parts_read_;
  size_ += got;
  machine_->on_read(got);
  bool const ended = machine_->total() == parts_read_;
  if (ended) control_.set_total(size_);
}

/// The first bytes say what kind of file it is; those of small files are summed.
void upload_driver::look_at(bytes_view content) {
  bool const first = parts_read_ == 0;
  if (first && order_.mime_type.empty()) order_.mime_type = mime_type_of(content, order_.name);
  if (first || !machine_->is_big()) md5_.add(content);
  if (first && !record_.saved.empty()) record_.head = crypto::sha256(content);
}

slice upload_driver::request_for(machine::send what) {
  auto const content = std::move(parts_.extract(what.part).mapped());
  if (!machine_->is_big()) {
    return encoded_part(
        tl::upload::saveFilePart{.file_id = file_id_, .file_part = what.part, .bytes = content});
  }
  return encoded_part(tl::upload::saveBigFilePart{.file_id = file_id_,
                                                  .file_part = what.part,
                                                  .file_total_parts = what.total,
                                                  .bytes = content});
}

task<> upload_driver::send_part(machine::send what) {
  auto const size = parts_.at(what.part).size();
  slice const whole = request_for(what);
  bool saved = false;
  while (!saved) saved = co_await try_part(whole);
  on_saved(what.part, size);
  co_await note_parts();
}

/// Whether the server has it now. Errors: as run(), when it is not worth another try.
task<bool> upload_driver::try_part(slice whole) {
  auto place = co_await take_place(core_, control_, dc_, link_purpose::upload);
  part_outcome<bool> got;
  if (machine_->is_big()) {
    got = co_await call_for_part<tl::upload::saveBigFilePart>(core_, whole, dc_,
                                                              link_purpose::upload);
  } else {
    got = co_await call_for_part<tl::upload::saveFilePart>(core_, whole, dc_, link_purpose::upload);
  }
  bool const saved = got.answer.value_or(false);
  if (saved) {
    place.done();
  } else {
    auto said = got.answer ? machine_->on_failed() : machine_->on_refused(got.refusal, dc_, dc_);
    co_await follow(core_, control_, said, std::move(got.refusal), std::move(place));
  }
  co_return saved;
}

void upload_driver::on_saved(std::int32_t part, std::size_t size) {
  machine_->on_saved(part);
  if (!record_.saved.empty()) record_.saved[static_cast<std::size_t>(part)] = true;
  control_.on_bytes(size);
  changed_.notify();
}

uploaded_file upload_driver::outcome() {
  uploaded_file out{.id = file_id_, .parts = machine_->total(), .size = size_};
  out.is_big = machine_->is_big();
  out.name = std::move(order_.name);
  out.mime_type = std::move(order_.mime_type);
  if (!out.is_big) out.md5 = hex_of(md5_.finish());
  out.dc = dc_;
  return out;
}

}  // namespace mtp::MTP_ABI::detail
