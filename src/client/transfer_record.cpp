// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/transfer_record.hpp"

#include "client/client_core.hpp"

#include <mtp/core/error.hpp>
#include <mtp/crypto/hash.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {

/// The place itself is nobody's business.
void transfer_record::name(char way, std::string const& place) {
  bytes const text(place.begin(), place.end());
  auto const hash = crypto::sha256(text);
  name_.assign(1, way);
  name_.append(hash.begin(), hash.end());
}

task<std::optional<bytes>> transfer_record::read() {
  std::optional<bytes> out;
  try {
    out = co_await core_.keeper().transfer(name_);
  } catch (error const&) {
    note_failure();
  }
  is_there_ = out.has_value();
  co_return out;
}

task<> transfer_record::write(bytes content) {
  std::optional<bytes> what(std::move(content));
  is_there_ = true;
  co_await set(std::move(what));
}

task<> transfer_record::erase() {
  bool const was_there = std::exchange(is_there_, false);
  if (was_there) co_await set(std::nullopt);
}

task<> transfer_record::set(std::optional<bytes> content) {
  auto work = core_.keeper().set_transfer(name_, std::move(content));
  try {
    co_await std::move(work);
  } catch (error const&) {
    note_failure();
  }
}

void transfer_record::note_failure() {
  core_.log(log_level::warning, "what is needed to go on with a transfer could not be stored");
}

}  // namespace mtp::MTP_ABI::detail
