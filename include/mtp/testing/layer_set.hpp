// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/testing/transcode.hpp>
#include <mtp/tl/schema/diagnostic.hpp>
#include <mtp/tl/schema/document.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// The text of the schema that this library is generated from.
MTP_API std::string own_schema_text();

/// The same, parsed once.
MTP_API std::shared_ptr<tl::schema::document const> own_schema();

/// The layers before it whose schemas the library carries too, falling.
MTP_API std::vector<int> older_layers();

/// The schema of one of them, made when it is first asked for; null for other layers.
///
/// Threads: may be called from several at once.
MTP_API std::shared_ptr<tl::schema::document const> older_schema(int layer);

/// Both ways between a client's layer and ours.
struct layer_bridge {
  transcoder to_ours;
  transcoder to_theirs;
};

/// How a client's layer was matched.
enum class layer_match : std::uint8_t {
  exact,   ///< the text of its own layer
  lower,   ///< its own was not given: the nearest lower one
  higher,  ///< nothing lower was given either: the nearest higher one
};

/// What to speak with a client.
struct layer_choice {
  int layer = 0;                           ///< of the text that was chosen
  layer_match match = layer_match::exact;  ///< anything but exact is worth a line of log
  std::shared_ptr<tl::schema::document const> schema = {};  ///< that text
  std::shared_ptr<call_reader const> calls = {};            ///< for calls in that text
  std::shared_ptr<layer_bridge const> bridge = {};  ///< null for our own text: no need for one
};

/// The schemas of the layers that a data centre can speak, with the bridges between each and ours.
///
/// Threads: add() before anything else; then choose() may be called from several threads.
class MTP_API layer_set {
 public:
  using document = tl::schema::document;

  /// Knows our own layer only.
  explicit layer_set(std::shared_ptr<document const> ours = own_schema(),
                     transcode_limits limits = {});

  /// Adds older_layers(): for a set with our own schema. A text that is given for one of them takes
  /// its place.
  void add_older();

  /// Reads the TL text of one more layer. It takes the place of an earlier text of that layer: of
  /// our own silently, of another with a warning. Returns what is wrong with it. A declaration that
  /// cannot be used is a warning, and is left out: TDLib's text holds ids twice. A text without a
  /// layer, or without any usable declaration, is an error and not added.
  std::vector<tl::schema::diagnostic> add(std::string_view text, std::string_view file);

  /// The text for a client of this layer: its own, else the nearest lower one, else the nearest
  /// higher. A bridge is built when it is first chosen (some tens of milliseconds) and kept.
  layer_choice choose(int layer) const;

  /// Builds bridges ahead, so that a client's first call need not wait for its own; begins none
  /// after `limit`, and none for a layer of add_older(). Returns how many of the layers are ready.
  std::size_t prepare(duration limit) const;

  /// The layer spoken with a client that has not named one.
  int own_layer() const { return ours_->layer(); }
  /// All layers that have a text, rising.
  std::vector<int> layers() const;

 private:
  struct entry {
    std::shared_ptr<document const> schema = {};  ///< null for one that is made when it is needed
    std::optional<std::string> file = {};         ///< absent for the text that is built in
    std::shared_ptr<call_reader const> calls = {};
    std::shared_ptr<layer_bridge const> bridge = {};
  };
  void build(int layer, entry& one) const;

  std::shared_ptr<document const> ours_;
  transcode_limits limits_;
  mutable std::mutex mutex_;
  mutable std::map<int, entry> entries_;
};

}  // namespace mtp::MTP_ABI::testing
