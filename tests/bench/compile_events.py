# SPDX-License-Identifier: MIT OR Apache-2.0
"""Headers of the layer `events` as they would be with more kinds of event: the enumerators, one header an event, and the header
that includes them all. They go into a folder of their own, which is searched before the real one.

A third are messages of another kind, as new_message is one. The others have what events have: who, where and when, a text,
bytes, and what one does with them, awaitables that take options.
"""
from pathlib import Path

HEAD = """// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/events/event_tag.hpp>
"""
MESSAGE = HEAD + """#include <mtp/types/message.hpp>

namespace mtp::MTP_ABI {{

class update;

/// One more kind of message.
///
/// Threads: as message.
class {name} : public message {{
 public:
  static constexpr event_tag tag = event_tag::{name};

  /// `from` must be of that tag.
  explicit {name}(update const& from);
}};

}}  // namespace mtp::MTP_ABI
"""
QUERY = HEAD + """#include <mtp/core/task.hpp>
#include <mtp/storage/peer_id.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/received.hpp>
#include <mtp/tl/string.hpp>
#include <mtp/types/message.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

namespace mtp::MTP_ABI {{

namespace detail {{
class client_core;
}}
class update;

/// How a {name} is answered.
struct answer_{name}_options {{
  bool alert = false;
  std::string_view url = {{}};
  std::chrono::seconds cache_time{{0}};
}};

/// One more thing that somebody asks.
///
/// Threads: as received.
class {name} {{
 public:
  static constexpr event_tag tag = event_tag::{name};

  /// `from` must be of that tag.
  explicit {name}(update const& from);

  std::int64_t id() const;
  peer_id chat() const;
  std::optional<peer_id> sender() const;
  std::optional<std::int32_t> message_id() const;
  std::chrono::sys_seconds date() const;
  tl::string const& text() const;
  tl::bytes const& data() const;
  received<tl::{of}> const& raw() const noexcept {{ return raw_; }}

  /// Answers it.
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal. Errors:
  /// rpc_error and its kinds; client_closed when the client is gone.
  task<> answer(std::string_view text, answer_{name}_options options = {{}}) const;
  /// Edits the message that it belongs to.
  ///
  /// Cancellation: terminal. Errors: as answer().
  task<message> edit(std::string_view text) const;

 private:
  received<tl::{of}> raw_;
  std::weak_ptr<detail::client_core> client_;
}};

}}  // namespace mtp::MTP_ABI
"""
TYPES = ("updateBotCallbackQuery", "updateBotInlineQuery", "updateChannelParticipant", "updateMessagePoll", "updateUserStatus")


def name_of(number: int) -> str:
    return f"generated_event_{number:03}"


def header_of(number: int) -> str:
    form = MESSAGE if number % 3 == 0 else QUERY
    return form.format(name=name_of(number), of=TYPES[number % len(TYPES)])


def write(real: Path, into: Path, count: int) -> Path:
    """Writes what differs from the headers in `real` with `count` kinds more; returns the folder to search first."""
    folder = into / "mtp" / "events"
    folder.mkdir(parents=True)
    names = [name_of(i) for i in range(count)]
    for number, name in enumerate(names):
        (folder / f"{name}.hpp").write_text(header_of(number))
    tags = (real / "mtp/events/event_tag.hpp").read_text()
    end = tags.index("};")
    (folder / "event_tag.hpp").write_text(tags[:end] + "".join(f"  {name},\n" for name in names) + tags[end:])
    everything = (real / "mtp/events/all.hpp").read_text()
    (folder / "all.hpp").write_text(everything + "".join(f"#include <mtp/events/{name}.hpp>\n" for name in names))
    return into
