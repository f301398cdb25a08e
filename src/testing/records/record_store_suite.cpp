// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/record_store_suite.hpp>

#include "testing/records/store_checks.hpp"

#include <array>

namespace mtp::MTP_ABI::testing {

std::span<record_store_check const> record_store_suite() {
  static constexpr std::array all{
      record_store_check{"what was committed is there, also after it was opened again",
                         checks::keeps_records},
      record_store_check{"the writes of a batch happen in their order", checks::keeps_order},
      record_store_check{"ids and values may be any bytes", checks::takes_any_bytes},
      record_store_check{"pages give each record once, in order", checks::gives_pages},
      record_store_check{"a space that is cleared is empty, the others stay",
                         checks::clears_spaces},
      record_store_check{"commits that overlap are stored in their order", checks::takes_a_crowd},
      record_store_check{"several records are read at one moment", checks::reads_several},
      record_store_check{"many records and large ones are kept", checks::keeps_many},
      record_store_check{"whatever is done, it holds what a map would", checks::is_like_a_map},
      record_store_check{"what is too large is refused, and nothing is stored", checks::has_limits},
      record_store_check{"there is one holder at a time, and each has a larger number",
                         checks::has_one_holder},
      record_store_check{"who waits gets the lease when it is free", checks::waits_for_the_lease},
      record_store_check{"it works between open() and close() only", checks::is_closed_at_first},
      record_store_check{"what is cancelled is done, and harms nobody",
                         checks::survives_cancelling},
  };
  return all;
}

}  // namespace mtp::MTP_ABI::testing
