// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/sessions/portable_errc.hpp>

#include <string>

namespace mtp::MTP_ABI {
namespace {

char const* text_of(portable_errc e) {
  switch (e) {
    case portable_errc::wrong_format: return "this is no session in that format";
    case portable_errc::wrong_version: return "the session has a version that is not known";
    case portable_errc::cut_short: return "the session is cut short";
    case portable_errc::too_long: return "something follows behind the end of the session";
    case portable_errc::bad_checksum: return "the session is damaged";
    case portable_errc::wrong_passcode: return "the passcode is wrong or missing";
    case portable_errc::bad_value: return "a part of the session has an impossible value";
    case portable_errc::no_key: return "the session has no key of its home data centre";
    case portable_errc::no_user: return "the session does not say whose it is";
    case portable_errc::no_api_id: return "the session does not say which api_id it belongs to";
    case portable_errc::no_address: return "the address of a data centre is not known";
    case portable_errc::does_not_fit: return "the format has no room for a part of the session";
    case portable_errc::missing_file: return "a file of the session is missing";
  }
  return "unknown error of a session";
}

class category final : public std::error_category {
 public:
  char const* name() const noexcept override { return "mtp.portable"; }
  std::string message(int value) const override {
    return text_of(static_cast<portable_errc>(value));
  }
};

}  // namespace

std::error_category const& portable_category() noexcept {
  static category const instance;
  return instance;
}

std::error_code make_error_code(portable_errc e) noexcept {
  return {static_cast<int>(e), portable_category()};
}

}  // namespace mtp::MTP_ABI
