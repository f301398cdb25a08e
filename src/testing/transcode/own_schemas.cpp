// SPDX-License-Identifier: MIT OR Apache-2.0
#include "embedded_schemas.hpp"

#include <mtp/testing/layer_set.hpp>
#include <mtp/tl/schema/compare.hpp>
#include <mtp/tl/schema/parse.hpp>

#include <mutex>
#include <stdexcept>
#include <vector>

namespace mtp::MTP_ABI::testing {

namespace {

using schema_ptr = std::shared_ptr<tl::schema::document const>;

std::string joined(transcoding::text_pieces pieces) {
  std::string out;
  for (std::string_view piece : pieces) out += piece;
  return out;
}

/// The texts are part of the library: that they are right is tested.
schema_ptr keep(tl::schema::parsed read) {
  if (!read.ok()) throw std::logic_error(tl::schema::text(read.problems));
  return std::make_shared<tl::schema::document const>(std::move(read.schema));
}

/// The older schemas, each made of the one before it when it is first asked for.
class older_schemas {
 public:
  schema_ptr get(int layer) {
    std::lock_guard const lock(mutex_);
    auto const patches = transcoding::older_patches;
    for (std::size_t i = 0; i < patches.size(); ++i) {
      if (i == made_.size()) made_.push_back(make(i));
      if (patches[i].layer == layer) return made_[i];
    }
    return nullptr;
  }

 private:
  schema_ptr make(std::size_t index) const {
    auto const& patch = transcoding::older_patches[index];
    auto const& base = index == 0 ? *own_schema() : *made_[index - 1];
    std::string const file = "tl/older/" + std::to_string(patch.layer) + ".patch";
    return keep(tl::schema::apply_patch(base, joined(patch.text), {.file = file}));
  }

  std::mutex mutex_;
  std::vector<schema_ptr> made_;
};

}  // namespace

std::string own_schema_text() { return joined(transcoding::own_schema_pieces); }

std::shared_ptr<tl::schema::document const> own_schema() {
  static auto const parsed_once = keep(tl::schema::parse(own_schema_text(), {.file = "tl/api.tl"}));
  return parsed_once;
}

std::vector<int> older_layers() {
  std::vector<int> out;
  for (auto const& one : transcoding::older_patches) out.push_back(one.layer);
  return out;
}

std::shared_ptr<tl::schema::document const> older_schema(int layer) {
  static older_schemas all;
  return all.get(layer);
}

}  // namespace mtp::MTP_ABI::testing
