// SPDX-License-Identifier: MIT OR Apache-2.0
#include "tl/codec/walk.hpp"

namespace mtp::MTP_ABI::tl::codec {
namespace {

/// Remembers where a walk is, and halts it at a byte.
class path_finder final : public visitor {
 public:
  explicit path_finder(std::size_t offset) : offset_(offset) {}

  void open(std::string_view definition) override {
    if (parts_.empty()) parts_.emplace_back(definition);
  }
  void field(std::string_view name) override { parts_.push_back("." + std::string(name)); }
  void field_end() override { parts_.pop_back(); }
  void open_items(std::uint32_t) override { parts_.emplace_back(); }
  void item(std::uint32_t index) override { parts_.back() = "[" + std::to_string(index) + "]"; }
  void close_items() override { parts_.pop_back(); }
  void broken(std::string_view) override { found_ = true; }
  bool stop(std::size_t, std::size_t end) override {
    found_ = found_ || end > offset_;
    return found_;
  }

  std::string path() const {
    std::string out;
    if (!found_) return out;
    for (auto const& part : parts_) out += part;
    return out;
  }

 private:
  std::size_t offset_;
  std::vector<std::string> parts_;
  bool found_ = false;
};

}  // namespace

std::string path_to(bytes_view data, ops const& of, std::size_t offset) {
  schema_table const* const names = of.element ? of.element().table : of.table;
  if (!names) return {};
  path_finder finder(offset);
  walk(data, *names, finder).boxed();
  return finder.path();
}

}  // namespace mtp::MTP_ABI::tl::codec
