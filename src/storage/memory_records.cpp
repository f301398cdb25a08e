// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/storage/memory_records.hpp>

#include "storage/record_map.hpp"
#include "storage/record_text.hpp"
#include "storage/worker_store.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/storage/store_error.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace {

class memory_store final : public record_store {
 public:
  explicit memory_store(write_batch content = {}) { all_.apply(std::move(content)); }

  task<store_lease> open(environment& world, asio::any_io_executor strand,
                         lease_options how) override {
    auto const until = world.now().steady + how.grace;
    while (open_ && world.now().steady < until)
      co_await mtp::pause(world, strand, detail::lease_retry);
    if (std::exchange(open_, true)) throw store_in_use("a store in memory", {});
    co_return store_lease{++fence_};
  }
  task<std::optional<bytes>> get(record_key key) override {
    require_open();
    co_return all_.get(key);
  }
  task<std::vector<std::optional<bytes>>> get_all(std::vector<record_key> keys) override {
    require_open();
    std::vector<std::optional<bytes>> found;
    for (auto const& key : keys) found.push_back(all_.get(key));
    co_return found;
  }
  task<std::vector<record>> scan(record_range range) override {
    require_open();
    co_return all_.scan(range);
  }
  task<> commit(write_batch batch, durability) override {
    require_open();
    if (!batch.is_storable())
      throw error(make_error_code(client_errc::bad_argument), "more than a store takes at once");
    all_.apply(std::move(batch));
    co_return;
  }
  task<> close() override {
    open_ = false;
    co_return;
  }

 private:
  void require_open() const {
    if (!open_) throw error(make_error_code(client_errc::closed), "the store");
  }

  detail::record_map all_;
  std::uint64_t fence_ = 0;
  bool open_ = false;
};

/// Adds all records of a space.
task<> gather(record_store& store, record_space space, write_batch& all) {
  record_range range(space);
  for (;;) {
    auto const page = co_await store.scan(range);
    if (page.empty()) co_return;
    for (auto const& one : page) all.put(space, one.id, one.value);
    range.after = page.back().id;
    if (all.size() > detail::max_record_text)
      throw error(make_error_code(client_errc::bad_argument), "the store is too large for a text");
  }
}

task<secret<std::string>> write_text(record_store& store, std::vector<record_space> spaces) {
  write_batch all;
  for (auto const space : spaces) co_await gather(store, space, all);
  co_return detail::encode_record_text(all);
}

std::vector<record_space> spaces_of(text_form form) {
  std::vector<record_space> out{record_space::identity, record_space::auth_keys};
  if (form == text_form::compact) return out;
  out.clear();
  for (std::size_t i = 1; i <= max_record_space; ++i) {
    auto const space = static_cast<record_space>(i);
    if (space != record_space::lease) out.push_back(space);  // nobody holds a text
  }
  return out;
}

}  // namespace

std::shared_ptr<record_store> memory_records() { return std::make_shared<memory_store>(); }

std::shared_ptr<record_store> memory_records(secret<std::string> const& text) {
  return std::make_shared<memory_store>(detail::decode_record_text(text.reveal()));
}

task<secret<std::string>> records_to_text(record_store& store, text_form form) {
  return write_text(store, spaces_of(form));
}

}  // namespace mtp::MTP_ABI
