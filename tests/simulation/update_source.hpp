// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/random.hpp>
#include <mtp/core/task.hpp>
#include <mtp/testing/data_centre.hpp>
#include <mtp/testing/simulation.hpp>
#include <mtp/tl/types/updates/ChannelDifference.hpp>
#include <mtp/tl/types/updates/Difference.hpp>
#include <mtp/tl/types/updates/State.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

namespace mtp::test {

/// What a server does wrong with updates, beside what happens to packets.
enum class update_fault {
  lost,     ///< a push is not sent
  twice,    ///< is sent twice
  late,     ///< is sent after the next one
  lagging,  ///< a difference finds nothing although there is something
  slice,    ///< a difference comes in parts
  refused,  ///< a request of a difference is refused for a while
  restart,  ///< the server goes away, and comes back
};
constexpr std::size_t update_faults = 7;
std::string_view name_of(update_fault what) noexcept;
using update_fault_counts = std::array<std::uint64_t, update_faults>;

/// One order of an account in which nothing may be missing: 0 is the common one, 1 that of qts, and
/// the others are channels by id. What happens there is numbered from 2.
using box_id = std::int64_t;
constexpr box_id common_box = 0;
constexpr box_id secondary_box = 1;
constexpr box_id first_channel = 5000;

/// The updates of accounts, as a data centre tells them: pushes and differences, both unreliable.
class update_source {
 public:
  /// Lifetime: both outlive it.
  update_source(testing::data_centre& centre, testing::simulation& sim);

  void add(std::int64_t account, int channels);
  /// Something happens in a box that is drawn.
  void happen(std::int64_t account);
  /// For one time in a while: away for some seconds, with all connections broken.
  task<> restart_now_and_then();
  /// From now on nothing goes wrong.
  void calm() { calm_ = true; }

  std::map<box_id, std::int32_t> last_numbers(std::int64_t account) const;
  /// From where the last difference of each box was asked for that brought something.
  std::map<box_id, std::int32_t> last_asked(std::int64_t account) const;
  update_fault_counts const& faults() const { return faults_; }

 private:
  struct box {
    std::int32_t at = 1;
    std::int32_t told = 0;   ///< of a channel: so far its client has asked
    std::int32_t asked = 0;  ///< from where the last difference began
  };
  struct account_boxes {
    std::map<box_id, box> all = {};
    std::vector<bytes> late = {};
  };

  bool goes_wrong(update_fault what, std::size_t one_in);
  std::int32_t seconds() const;
  void push(std::int64_t account, bytes update);
  tl::updates::state state_of(account_boxes const& of) const;
  testing::outcome<tl::updates::State> state(std::int64_t account);
  testing::outcome<tl::updates::Difference> difference(std::int64_t account, std::int32_t pts,
                                                       std::int32_t qts, std::int32_t date);
  testing::outcome<tl::updates::ChannelDifference> channel_difference(std::int64_t account,
                                                                      box_id channel,
                                                                      std::int32_t pts);
  std::int32_t end_of_part(std::int32_t from, std::int32_t all);

  testing::data_centre& centre_;
  testing::simulation& sim_;
  bool calm_ = false;
  std::map<std::int64_t, account_boxes> accounts_;
  update_fault_counts faults_ = {};
};

}  // namespace mtp::test
