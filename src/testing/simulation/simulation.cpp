// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/simulation.hpp>

#include "memory_network.hpp"
#include "schedule.hpp"
#include "seeded_numbers.hpp"
#include "virtual_timer.hpp"

#include <mtp/core/environment.hpp>

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>

#include <exception>
#include <stdexcept>
#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

/// Every simulation begins at the same moment: 2030-01-01, 00:00.
moment first_moment() {
  return {steady_time(std::chrono::hours(1)),
          std::chrono::system_clock::time_point(std::chrono::seconds(1'893'456'000))};
}

class made_up final : public environment {
 public:
  explicit made_up(std::uint64_t seed)
      : times(first_moment()), numbers(seed), network_dice(~seed), network(*this, network_dice) {}

  moment now() const noexcept override { return times.now(); }
  random_source& random() noexcept override { return numbers; }
  std::unique_ptr<wait_timer> make_timer(asio::any_io_executor strand) override {
    return make_virtual_timer(times, std::move(strand));
  }
  task<std::vector<asio::ip::tcp::endpoint>> resolve([[maybe_unused]] asio::any_io_executor strand,
                                                     std::string host,
                                                     std::uint16_t port) override {
    return network.resolve(std::move(host), port);
  }
  task<std::unique_ptr<byte_stream>> connect(asio::any_io_executor strand,
                                             asio::ip::tcp::endpoint to) override {
    return network.connect(std::move(strand), to);
  }
  std::unique_ptr<byte_listener> listen(asio::any_io_executor strand,
                                        asio::ip::tcp::endpoint at) override {
    return network.listen(std::move(strand), at);
  }
  /// There is one thread, and work takes no time.
  task<> run_on_worker([[maybe_unused]] asio::any_io_executor strand,
                       std::function<void()> work) override {
    work();
    co_return;
  }

  schedule times;
  seeded_numbers numbers;
  seeded_numbers network_dice;
  memory_network network;
};

}  // namespace

struct simulation::state {
  explicit state(std::uint64_t seed) : around(seed), dice(seed ^ 0x6a09e667f3bcc908), loop(1) {}

  /// Everything that can happen now. False when nothing did.
  bool settle() {
    loop.restart();
    return loop.poll() > 0;
  }
  /// Goes on to what happens next, if that is before `end`. False when it is not.
  bool advance(steady_time end) {
    auto const next = around.times.next();
    if (!next || *next > end) return false;
    around.times.advance();
    return true;
  }

  made_up around;
  seeded_numbers dice;
  asio::io_context loop;  // the first to go: what waits in it uses the others
};

simulation::simulation(std::uint64_t seed) : state_(std::make_unique<state>(seed)) {}
simulation::~simulation() = default;

std::shared_ptr<environment> simulation::surroundings() const {
  return {std::shared_ptr<void>(), &state_->around};
}
asio::any_io_executor simulation::get_executor() const { return state_->loop.get_executor(); }
network_plan& simulation::network() noexcept { return state_->around.network.plan(); }
random_source& simulation::dice() noexcept { return state_->dice; }
moment simulation::now() const noexcept { return state_->around.now(); }
fault_counts const& simulation::faults() const noexcept { return state_->around.network.faults(); }
std::size_t simulation::connections() const noexcept {
  return state_->around.network.connections();
}
std::uint64_t simulation::digest() const noexcept { return state_->around.network.digest(); }
void simulation::watch(std::function<void(std::string_view)> observer) {
  state_->around.network.watch(std::move(observer));
}
task<> simulation::sleep(duration span) { return pause(state_->around, get_executor(), span); }

void simulation::run(task<> work, duration limit) {
  struct outcome {
    bool ended = false;
    std::exception_ptr failed = {};
  };
  auto const result = std::make_shared<outcome>();
  asio::co_spawn(state_->loop, std::move(work), [result](std::exception_ptr e) {
    result->ended = true;
    result->failed = std::move(e);
  });
  auto const end = now().steady + limit;
  bool more = true;
  while (more && !result->ended) {
    bool const busy = state_->settle();
    more = busy || state_->advance(end);
  }
  if (!result->ended)
    throw std::runtime_error(state_->around.times.next() ? "the work did not end in time"
                                                         : "the work waits for nothing");
  if (result->failed) std::rethrow_exception(result->failed);
}

void simulation::run_for(duration span) {
  auto const end = now().steady + span;
  bool more = true;
  while (more) {
    bool const busy = state_->settle();
    more = busy || state_->advance(end);
  }
  state_->around.times.set(end);
}

}  // namespace mtp::MTP_ABI::testing
