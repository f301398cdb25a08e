// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/types/sent_code.hpp>

namespace mtp::MTP_ABI {

std::string_view name_of(code_delivery how) noexcept {
  switch (how) {
    case code_delivery::unknown: return "unknown";
    case code_delivery::app: return "app";
    case code_delivery::sms: return "sms";
    case code_delivery::call: return "call";
    case code_delivery::email: return "email";
    case code_delivery::fragment: return "fragment";
    case code_delivery::flash_call: return "flash_call";
    case code_delivery::missed_call: return "missed_call";
    case code_delivery::word: return "word";
    case code_delivery::phrase: return "phrase";
  }
  return "unknown";
}

}  // namespace mtp::MTP_ABI
