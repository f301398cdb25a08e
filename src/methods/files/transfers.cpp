// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/download_driver.hpp"
#include "client/start.hpp"
#include "client/upload_driver.hpp"

#include <mtp/methods/files.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

task<uploaded_file> upload_file(client_core& core, upload_order order) {
  upload_driver driver(core, std::move(order));
  auto out = co_await driver.run();
  co_return out;
}

task<std::uint64_t> download_file(client_core& core, download_order order) {
  download_driver driver(core, std::move(order));
  auto const size = co_await driver.run();
  co_return size;
}

}  // namespace
}  // namespace detail

file_methods::file_methods(std::shared_ptr<detail::client_core> client)
    : client_(std::move(client)) {}

task<uploaded_file> file_methods::upload(file_source const& from, upload_options options) const {
  detail::upload_order order{.from = from.raw(),
                             .on_progress = options.on_progress,
                             .name = std::string(options.name),
                             .mime_type = std::string(options.mime_type)};
  return detail::start(client_, detail::upload_file, std::move(order));
}

task<std::uint64_t> file_methods::download(remote_file const& from, file_sink const& to,
                                           download_options options) const {
  detail::download_order order{from, to.raw(), options.on_progress};
  return detail::start(client_, detail::download_file, std::move(order));
}

}  // namespace mtp::MTP_ABI
