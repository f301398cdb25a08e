// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/sessions/any_string.hpp>

#include "sessions/failed.hpp"

#include <mtp/sessions/ferogram.hpp>
#include <mtp/sessions/gramjs.hpp>
#include <mtp/sessions/mtcute.hpp>
#include <mtp/sessions/mtkruto.hpp>
#include <mtp/sessions/pyrogram.hpp>
#include <mtp/sessions/telethon.hpp>

namespace mtp::MTP_ABI {
namespace {

struct known_format {
  session_library library;
  std::string_view name;
  result<portable_session> (*read)(std::string_view);
};

/// Each reader takes whole strings only, of few lengths: no string is one of two libraries.
constexpr known_format formats[] = {
    {session_library::telethon, "Telethon", read_telethon_string},
    {session_library::gramjs, "GramJS", read_gramjs_string},
    {session_library::pyrogram, "Pyrogram", read_pyrogram_string},
    {session_library::mtcute, "mtcute", read_mtcute_string},
    {session_library::ferogram, "ferogram", read_ferogram_string},
    {session_library::mtkruto, "MTKruto", read_mtkruto_string},
};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  auto const begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

}  // namespace

std::string_view name_of(session_library library) {
  for (auto const& format : formats) {
    if (format.library == library) return format.name;
  }
  return "unknown";
}

result<foreign_session> read_any_string(std::string_view text) {
  for (auto const& format : formats) {
    auto found = format.read(trimmed(text));
    if (found) return foreign_session{.library = format.library, .session = *std::move(found)};
  }
  return sessions::failed(portable_errc::wrong_format);
}

}  // namespace mtp::MTP_ABI
