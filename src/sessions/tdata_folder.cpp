// SPDX-License-Identifier: MIT OR Apache-2.0
#include "sessions/failed.hpp"

#include <mtp/sessions/tdata.hpp>
#include <mtp/storage/file_system.hpp>

namespace mtp::MTP_ABI {
namespace {

/// A file of Telegram Desktop that holds keys has a few kilobytes.
constexpr std::size_t max_file = std::size_t{1} << 20;
constexpr char const* main_file = "key_datas";

std::error_code make_folder(std::filesystem::path const& folder) {
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  return problem;
}

result<void> write_file(std::filesystem::path const& path, bytes_view content, file_system& files) {
  if (auto const problem = make_folder(path.parent_path())) return failure{problem};
  auto const file = files.create(path);
  if (!file) return failure{file.error()};
  if (auto const done = (*file)->write(0, content); !done) return done;
  return (*file)->sync();
}

}  // namespace

result<tdata> load_tdata(std::filesystem::path const& folder, file_system& files,
                         std::string_view passcode) {
  auto const source = [&](std::string const& name) { return files.read(folder / name, max_file); };
  return read_tdata(source, passcode);
}

result<void> save_tdata(std::filesystem::path const& folder, file_system& files, tdata const& all,
                        random_source& random, std::string_view passcode) {
  auto const old = files.read(folder / main_file, max_file);
  if (!old) return failure{old.error()};
  if (old->has_value()) return failure{std::make_error_code(std::errc::file_exists)};
  auto content = write_tdata(all, random, passcode);
  if (!content) return failure{content.error()};
  auto const main = content->extract(main_file);
  for (auto const& [name, data] : *content) {
    if (auto const done = write_file(folder / name, data.reveal(), files); !done) return done;
  }
  if (auto const done = write_file(folder / main_file, main.mapped().reveal(), files); !done)
    return done;
  return files.sync_folder(folder);
}

}  // namespace mtp::MTP_ABI
