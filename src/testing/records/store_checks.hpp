// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/testing/record_store_suite.hpp>

/// The checks of record_store_suite(); their names there say what they find out.
namespace mtp::MTP_ABI::testing::checks {

task<> keeps_records(environment& world, record_store_factory make);
task<> keeps_order(environment& world, record_store_factory make);
task<> takes_any_bytes(environment& world, record_store_factory make);
task<> gives_pages(environment& world, record_store_factory make);
task<> clears_spaces(environment& world, record_store_factory make);
task<> takes_a_crowd(environment& world, record_store_factory make);
task<> reads_several(environment& world, record_store_factory make);
task<> keeps_many(environment& world, record_store_factory make);
task<> is_like_a_map(environment& world, record_store_factory make);
task<> has_limits(environment& world, record_store_factory make);
task<> has_one_holder(environment& world, record_store_factory make);
task<> waits_for_the_lease(environment& world, record_store_factory make);
task<> is_closed_at_first(environment& world, record_store_factory make);
task<> survives_cancelling(environment& world, record_store_factory make);

}  // namespace mtp::MTP_ABI::testing::checks
