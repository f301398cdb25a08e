// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a reader must bear: every beginning of what it reads, every byte of it changed, and noise.
// It returns an error of its own or a possible session, and what it reads is read again after
// writing.
#pragma once

#include "examples.hpp"
#include "support/catch.hpp"
#include "support/seeded_random.hpp"

#include <mtp/sessions/portable_errc.hpp>

namespace mtp::test {

/// How one damaged input ended.
inline void check_outcome(result<portable_session> const& read) {
  if (read) {
    CHECK(is_sound(*read));
  } else {
    CHECK(&read.error().category() == &portable_category());
  }
}

/// Gives `read` every beginning of `whole`: none of them is a session, unless nothing but padding
/// is missing.
template <class Whole, class Read>
void cut_everywhere(Whole const& whole, Read read) {
  auto const uncut = read(whole);
  REQUIRE(uncut);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    Whole const part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    auto const outcome = read(part);
    INFO(size);
    if (outcome && whole.back() == '=') {
      REQUIRE(*outcome == *uncut);
    } else {
      REQUIRE(!outcome);
      REQUIRE(&outcome.error().category() == &portable_category());
    }
  }
}

/// Gives `read` the whole with each of its elements replaced in turn, by several others.
template <class Whole, class Read>
void change_everywhere(Whole const& whole, Read read) {
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (int other : {0x01, 0x04, 0x20, 0x80, 0xff}) {
      Whole changed = whole;
      changed[at] = static_cast<typename Whole::value_type>(changed[at] ^ other);
      INFO(at << " ^ " << other);
      check_outcome(read(changed));
    }
  }
}

/// Gives `read` noise of many lengths, bytes or characters.
template <class Whole, class Read>
void feed_noise(std::string_view characters, Read read) {
  seeded_random random(7);
  for (std::size_t size = 0; size < 700; ++size) {
    bytes raw(size);
    random.fill(raw);
    if (!characters.empty()) {
      for (auto& one : raw) one = static_cast<std::uint8_t>(characters[one % characters.size()]);
    }
    INFO(size);
    check_outcome(read(Whole(raw.begin(), raw.end())));
  }
}

template <class Read>
void damage_string(std::string_view whole, Read read) {
  std::string const text(whole);
  cut_everywhere(text, read);
  change_everywhere(text, read);
  feed_noise<std::string>({}, read);
  feed_noise<std::string>("ABCDEFabcdef0123456789-_+/=", read);
  feed_noise<std::string>("1A", read);
}

template <class Read>
void damage_file(bytes const& whole, Read read) {
  cut_everywhere(whole, read);
  change_everywhere(whole, read);
  feed_noise<bytes>({}, read);
}

}  // namespace mtp::test
