// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storm.hpp"

#include "ready_client.hpp"

#include <mtp/client/client.hpp>
#include <mtp/core/environment.hpp>
#include <mtp/core/error.hpp>
#include <mtp/core/task_scope.hpp>
#include <mtp/testing/data_centre.hpp>
#include <mtp/testing/simulation.hpp>
#include <mtp/tl/functions/account.hpp>

#include <fmt/format.h>

namespace mtp::test {

using namespace std::chrono_literals;
using testing::planned_fault;

namespace {

constexpr int calls = 200;
constexpr std::int64_t bot = 777000777;  ///< of the data centre's own world
constexpr std::string_view token = "777000777:AAEchoBotOfTheOfflineDataCentre00001";
constexpr std::size_t stormy = 8;  ///< connections with faults; later ones are left alone
constexpr std::uint64_t own_exchange =
    16;                              ///< one in so many runs makes its key, or a temporary one
constexpr duration busy_time = 20s;  ///< in which the calls begin

bool is_repeatable(int call) { return call % 3 != 0; }

class storm {
 public:
  explicit storm(std::uint64_t seed)
      : sim_(seed),
        centre_(ready_centre(sim_)),
        own_exchange_(seed % own_exchange == 0),
        pfs_(seed % own_exchange == 8) {
    sim_.network().faults = [this](std::size_t number, auto const&) {
      return number < stormy ? draw_faults(sim_.dice(), 1000, 15'000)
                             : std::vector<planned_fault>();
    };
    sim_.network().to_server.delay = sim_.network().to_client.delay =
        5ms + draw_time(dice(), 100ms);
    if (draw(dice(), 4) == 0) sim_.network().to_client.rate = 20'000;
    serve();
    if (own_exchange_ && draw(dice(), 2) == 0) make_mischief(mischief::close_after_exchange);
    centre_.start(sim_.get_executor());
  }

  storm_result run(std::function<void(std::string_view)> watch) {
    if (watch) sim_.watch(watch);
    watch_ = std::move(watch);
    try {
      sim_.run(live(), 2h);
      check();
    } catch (std::exception const& e) {
      fail(e.what());
    }
    return std::move(out_);
  }

 private:
  random_source& dice() { return sim_.dice(); }
  void fail(std::string what) { out_.wrong.push_back(std::move(what)); }

  /// Two functions that count how often they are executed, by the number in the call.
  void serve() {
    centre_.on<tl::account::checkUsername>(
        [this](testing::call&, tl::account::checkUsername const& f) -> testing::outcome<bool> {
          on_executed(std::stoul(std::string(f.username)));
          return true;
        });
    centre_.on<tl::account::setAuthorizationTTL>(
        [this](testing::call&,
               tl::account::setAuthorizationTTL const& f) -> testing::outcome<bool> {
          on_executed(static_cast<std::size_t>(f.authorization_ttl_days));
          return true;
        });
  }

  void on_executed(std::size_t number) {
    ++executed_.at(number);
    tell(fmt::format("call {} runs", number));
  }

  void tell(std::string const& line) {
    if (watch_) watch_(line);
  }

  client_config make_config() {
    auto out = ready_client(sim_, centre_, own_exchange_ ? 0 : bot);
    if (pfs_) out.connection.keys.pfs = pfs_mode::on;
    out.connection.transport = static_cast<transport_choice>(draw(dice(), 5));
    if (watch_) out.log = [this](log_level, std::string_view line) { watch_(line); };
    return out;
  }

  task<> live() {
    auto const strand = sim_.get_executor();
    client_config config = make_config();
    client who(strand, std::move(config));
    auto const start = [&](task_scope& scope) {
      scope.spawn(who.run());
      scope.spawn(ask_all(who, scope));
      scope.spawn(make_mischief());
    };
    co_await task_scope::run(strand, start);
  }

  task<> ask_all(client& who, task_scope& all) {
    if (own_exchange_) co_await who.sign_in_bot(token);
    auto const start = [&](task_scope& scope) {
      for (int i = 0; i < calls; ++i) scope.spawn(ask(who, i, draw_time(dice(), busy_time)));
    };
    co_await task_scope::run(sim_.get_executor(), start);
    who.close();
    all.cancel();
  }

  /// One call. How it may end is said here and in check() only.
  task<> ask(client& who, int number, duration from) {
    co_await sim_.sleep(from);
    std::string problem;
    try {
      co_await invoke(who, number);
      ++out_.answered;
      answered_.at(static_cast<std::size_t>(number)) = true;
    } catch (auth_required const&) {
      ++out_.signed_out;
    } catch (error const& e) {
      // Whoever asks for what can be repeated is owed an answer.
      bool const unknown = e.code() == client_errc::outcome_unknown && !is_repeatable(number);
      tell(fmt::format("call {} ends: {}", number, e.what()));
      bool const spoilt = is_spoilt(e.code());
      if (unknown) ++out_.unknown;
      if (spoilt) ++out_.unreadable;
      if (!unknown && !spoilt) problem = e.what();
    } catch (std::exception const& e) {
      problem = e.what();
    }
    if (!problem.empty()) fail(fmt::format("call {}: {}", number, problem));
  }

  task<> invoke(client& who, int number) {
    if (is_repeatable(number)) {
      tl::account::checkUsername request;
      request.username = std::to_string(number);
      co_await who.invoke(request);
    } else {
      tl::account::setAuthorizationTTL request;
      request.authorization_ttl_days = number;
      co_await who.invoke(request);
    }
  }

  task<> make_mischief() {
    for (auto left = draw(dice(), 10); left > 0; --left) {
      auto const wait = draw_time(dice(), busy_time / 3);
      co_await sim_.sleep(wait);
      make_mischief(static_cast<mischief>(draw(dice(), later_mischiefs)));
    }
  }

  void make_mischief(mischief what) {
    tell(fmt::format("mischief: {}", name_of(what)));
    if (perform(what, centre_, dice())) ++out_.mischief_done[static_cast<std::size_t>(what)];
  }

  void check() {
    out_.faults = sim_.faults();
    out_.connections = sim_.connections();
    out_.digest = sim_.digest();
    out_.exchanges = own_exchange_ || pfs_ ? 1 : 0;
    for (int i = 0; i < calls; ++i) check_call(i);
  }

  /// An answer that a test made unreadable ends its call so.
  bool is_spoilt(std::error_code why) const {
    bool const unreadable = why == protocol_errc::inflated_too_large || why == client_errc::decode;
    return unreadable && done(mischief::unreadable_answer) > 0;
  }

  std::uint64_t done(mischief what) const {
    return out_.mischief_done[static_cast<std::size_t>(what)];
  }

  void check_call(int number) {
    auto const times = executed_.at(static_cast<std::size_t>(number));
    if (answered_.at(static_cast<std::size_t>(number)) && times == 0)
      fail(fmt::format("call {} was answered and never executed", number));
    if (times <= 1) return;
    bool const forgotten = done(mischief::forget_sessions) > 0;
    if (!is_repeatable(number) && !forgotten) out_.doubled_in_session += times - 1;
    if (!is_repeatable(number)) fail(fmt::format("call {} ran {} times", number, times));
    (is_repeatable(number) ? out_.repeated : out_.doubled) += times - 1;
  }

  testing::simulation sim_;
  testing::data_centre centre_;
  bool own_exchange_;
  bool pfs_;
  std::function<void(std::string_view)> watch_;
  std::array<std::uint64_t, calls> executed_ = {};
  std::array<bool, calls> answered_ = {};
  storm_result out_;
};

}  // namespace

void storm_result::add(storm_result const& other) {
  for (std::size_t i = 0; i < faults.size(); ++i) faults[i] += other.faults[i];
  for (std::size_t i = 0; i < mischiefs; ++i) mischief_done[i] += other.mischief_done[i];
  connections += other.connections;
  exchanges += other.exchanges;
  answered += other.answered;
  unknown += other.unknown;
  unreadable += other.unreadable;
  signed_out += other.signed_out;
  repeated += other.repeated;
  doubled += other.doubled;
  doubled_in_session += other.doubled_in_session;
}

storm_result run_storm(std::uint64_t seed, std::function<void(std::string_view)> watch) {
  storm one(seed);
  return one.run(std::move(watch));
}

}  // namespace mtp::test
