// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/download_driver.hpp"
#include "client/start.hpp"
#include "client/transfer_job.hpp"
#include "client/upload_driver.hpp"

#include <mtp/core/error.hpp>
#include <mtp/methods/files.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

task<uploaded_file> upload_file(client_core& core, upload_order order, progress_ref tell) {
  transfer_control control(core, tell);
  upload_driver driver(core, control, std::move(order));
  auto out = co_await driver.run();
  co_return out;
}

task<std::uint64_t> download_file(client_core& core, download_order order, progress_ref tell) {
  transfer_control control(core, tell);
  download_driver driver(core, control, std::move(order));
  auto const size = co_await driver.run();
  co_return size;
}

task<> upload_by(client_core& core, transfer_job& job, upload_order order) {
  upload_driver driver(core, job.control(), std::move(order));
  job.uploaded = co_await driver.run();
}

task<> download_by(client_core& core, transfer_job& job, download_order order) {
  download_driver driver(core, job.control(), std::move(order));
  job.size = co_await driver.run();
}

std::shared_ptr<transfer_job> start_job(std::shared_ptr<client_core> core, progress_ref tell,
                                        transfer_job::work what) {
  if (!core) throw client_closed();
  auto out = std::make_shared<transfer_job>(std::move(core), tell, std::move(what));
  out->start();
  return out;
}

upload_order order_of(file_source const& from, upload_options const& options) {
  return {.from = from.raw(),
          .name = std::string(options.name),
          .mime_type = std::string(options.mime_type),
          .resumable = options.resumable};
}

download_order order_of(remote_file const& from, file_sink const& to,
                        download_options const& options) {
  return {from, to.raw(), options.resumable};
}

}  // namespace
}  // namespace detail

file_methods::file_methods(std::shared_ptr<detail::client_core> client)
    : client_(std::move(client)) {}

task<uploaded_file> file_methods::upload(file_source const& from, upload_options options) const {
  return detail::start(client_, detail::upload_file, detail::order_of(from, options),
                       options.on_progress);
}

task<std::uint64_t> file_methods::download(remote_file const& from, file_sink const& to,
                                           download_options options) const {
  return detail::start(client_, detail::download_file, detail::order_of(from, to, options),
                       options.on_progress);
}

upload_handle file_methods::start_upload(file_source const& from, upload_options options) const {
  auto work = [order = detail::order_of(from, options)](detail::client_core& core,
                                                        detail::transfer_job& job) {
    return detail::upload_by(core, job, order);
  };
  return upload_handle(detail::start_job(client_, options.on_progress, std::move(work)));
}

download_handle file_methods::start_download(remote_file const& from, file_sink const& to,
                                             download_options options) const {
  auto work = [order = detail::order_of(from, to, options)](detail::client_core& core,
                                                            detail::transfer_job& job) {
    return detail::download_by(core, job, order);
  };
  return download_handle(detail::start_job(client_, options.on_progress, std::move(work)));
}

}  // namespace mtp::MTP_ABI
