// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storage/file/rewriting.hpp"

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

constexpr std::uint64_t copied_at_once = std::uint64_t{256} << 10;

}  // namespace

rewriting::rewriting(std::filesystem::path aside, file_system& files, merge_cursor records)
    : file_(aside, checked(aside, files.create(aside))),
      out_(file_),
      records_(std::move(records)) {}

bool rewriting::step(std::uint64_t budget) {
  auto const until = out_.written() + budget;
  for (; !records_.at_end() && out_.written() < until; records_.next())
    out_.add(records_.key(), records_.value());
  out_.flush();
  return records_.at_end();
}

record_header rewriting::finish(checked_file& from, std::uint64_t begin, std::uint64_t end,
                                std::uint64_t first) {
  auto const header = out_.finish(first);
  while (begin < end) {
    auto const part = std::min(copied_at_once, end - begin);
    out_.copy(from.read(begin, static_cast<std::size_t>(part)));
    begin += part;
  }
  out_.seal(header);
  return header;
}

}  // namespace mtp::MTP_ABI::detail
