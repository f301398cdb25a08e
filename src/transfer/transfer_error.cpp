// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/transfer/transfer_error.hpp>

#include <string>

namespace mtp::MTP_ABI {
namespace {

char const* text_of(transfer_errc e) {
  switch (e) {
    case transfer_errc::empty_file: return "the file is empty, and the servers keep no such files";
    case transfer_errc::file_too_large: return "the file is larger than the servers allow";
    case transfer_errc::file_changed: return "the file changed while it was sent";
    case transfer_errc::bad_file_part:
      return "the server sent a part that cannot be one of the file";
  }
  return "unknown transfer error";
}

class transfer_category_type final : public std::error_category {
 public:
  char const* name() const noexcept override { return "mtp.transfer"; }
  std::string message(int value) const override {
    return text_of(static_cast<transfer_errc>(value));
  }
};

}  // namespace

std::error_category const& transfer_category() noexcept {
  static transfer_category_type category;
  return category;
}

std::error_code make_error_code(transfer_errc e) noexcept {
  return {static_cast<int>(e), transfer_category()};
}

}  // namespace mtp::MTP_ABI
