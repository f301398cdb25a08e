// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/login/flow.hpp>

#include "login/machine.hpp"

#include <utility>

namespace mtp::MTP_ABI::login {

flow::flow() : machine_(std::make_unique<machine>()) {}
flow::flow(flow&&) noexcept = default;
flow& flow::operator=(flow&&) noexcept = default;
flow::~flow() = default;

step const& flow::now() const { return machine_->needed(); }

flow& flow::answer(login::answer what) & {
  if (!machine_->take(std::move(what)))
    throw error(make_error_code(client_errc::bad_argument),
                "this answers something else than the log-in asked for");
  return *this;
}

flow&& flow::answer(login::answer what) && { return std::move(answer(std::move(what))); }

}  // namespace mtp::MTP_ABI::login
