// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/layer_set.hpp>

#include <mtp/tl/schema/parse.hpp>

#include <chrono>

namespace mtp::MTP_ABI::testing {

layer_set::layer_set(std::shared_ptr<document const> ours, transcode_limits limits)
    : ours_(std::move(ours)), limits_(limits) {
  entries_[ours_->layer()].schema = ours_;
}

void layer_set::add_older() {
  std::lock_guard const lock(mutex_);
  for (int const layer : older_layers()) entries_.try_emplace(layer);
}

std::vector<tl::schema::diagnostic> layer_set::add(std::string_view text, std::string_view file) {
  using tl::schema::severity;
  tl::schema::parsed read = tl::schema::parse(
      text, {.file = file, .id_mismatch = severity::warning, .unknown_type = severity::warning});
  auto const report = [&](severity how, std::string why) {
    read.problems.push_back(
        {tl::schema::problem::bad_layer, how, std::string(file), {}, std::move(why)});
  };
  // One that cannot be used is left out; the client that speaks this layer may never miss it.
  bool const usable = !read.schema.definitions().empty();
  for (auto& found : read.problems) {
    if (usable && found.what != tl::schema::problem::bad_layer) found.level = severity::warning;
  }
  if (read.schema.layer() == 0)
    report(severity::error, "a schema of a client needs its `// LAYER n` line");
  if (!usable && read.ok()) report(severity::error, "this schema declares nothing");
  if (!read.ok()) return read.problems;
  int const layer = read.schema.layer();
  std::lock_guard const lock(mutex_);
  auto const same = entries_.find(layer);
  if (same != entries_.end() && same->second.file)
    report(severity::warning,
           "replaces another text of layer " + std::to_string(layer) + ": " + *same->second.file);
  entries_[layer] = {.schema = std::make_shared<document const>(std::move(read.schema)),
                     .file = std::string(file)};
  return read.problems;
}

layer_choice layer_set::choose(int layer) const {
  std::lock_guard const lock(mutex_);
  auto found = entries_.upper_bound(layer);
  bool const from_below = found != entries_.begin();
  if (from_below) --found;
  layer_match const match = found->first == layer ? layer_match::exact
                            : from_below          ? layer_match::lower
                                                  : layer_match::higher;
  entry& one = found->second;
  build(found->first, one);
  return {found->first, match, one.schema, one.calls, one.bridge};
}

std::size_t layer_set::prepare(duration limit) const {
  auto const end = std::chrono::steady_clock::now() + limit;
  std::lock_guard const lock(mutex_);
  std::size_t ready = 0;
  for (auto& [layer, one] : entries_) {
    bool const wanted = one.schema != nullptr;  // not one of ours that nobody asked for yet
    if (wanted && std::chrono::steady_clock::now() < end) build(layer, one);
    if (one.calls != nullptr) ++ready;
  }
  return ready;
}

void layer_set::build(int layer, entry& one) const {
  if (one.calls != nullptr) return;
  if (one.schema == nullptr) one.schema = older_schema(layer);
  one.calls = std::make_shared<call_reader const>(one.schema, limits_);
  if (one.schema == ours_) return;
  one.bridge = std::make_shared<layer_bridge const>(
      layer_bridge{transcoder(one.schema, ours_, limits_), transcoder(ours_, one.schema, limits_)});
}

std::vector<int> layer_set::layers() const {
  std::lock_guard const lock(mutex_);
  std::vector<int> out;
  for (auto const& [layer, one] : entries_) out.push_back(layer);
  return out;
}

}  // namespace mtp::MTP_ABI::testing
