// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/record_store.hpp>
#include <mtp/testing/record_store_suite.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace mtp::MTP_ABI::testing {

inline void require(bool good, std::string_view what) {
  if (!good) throw record_store_fault(std::string(what));
}

inline bytes to_bytes(std::string_view text) { return bytes(text.begin(), text.end()); }

/// What the checks do with a store, in texts. All use the space `values` unless they say so.
/// Lifetime: the store and the environment outlive it. Threads: belongs to the strand of the store.
class store_probe {
 public:
  store_probe(environment& world, std::shared_ptr<record_store> store)
      : world_(world), store_(std::move(store)) {}

  record_store& store() noexcept { return *store_; }
  task<store_lease> open(lease_options how = {});
  task<> close();
  task<> put(std::string id, std::string value, record_space space = record_space::values);
  task<std::optional<std::string>> get(std::string id, record_space space = record_space::values);
  task<> expect(std::string id, std::optional<std::string> value,
                record_space space = record_space::values);
  /// All ids of a space, read in pages of `limit`.
  task<std::vector<std::string>> ids(record_space space, std::size_t limit = 100);
  /// How `work` ends: no error when it did not fail.
  task<std::error_code> error_of(task<> work);

 private:
  environment& world_;
  std::shared_ptr<record_store> store_;
};

}  // namespace mtp::MTP_ABI::testing
