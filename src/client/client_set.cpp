// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/client/client_set.hpp>

#include "client/client_set_member.hpp"
#include "client/on_strand.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/core/task_scope.hpp>

#include <asio/dispatch.hpp>
#include <asio/strand.hpp>

#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <utility>

namespace mtp::MTP_ABI {
namespace {

client_set_options sensible(client_set_options options) {
  auto const& restart = options.restart;
  duration const none{};
  bool const good = restart.initial_delay > none && restart.max_delay >= restart.initial_delay &&
                    restart.reset_after >= none && options.time_to_finish >= none;
  if (good) return options;
  throw error(make_error_code(client_errc::bad_config), "a time of the set is not positive");
}

/// Of one that ends meanwhile nothing is known any more.
task<client_health> health_of(std::shared_ptr<client> one) {
  client_health out;
  if (!one) co_return out;
  try {
    out = co_await one->health();
  } catch (client_closed const&) {
    out = {};
  }
  co_return out;
}

task<std::vector<client_health>> healths_of(
    std::vector<std::shared_ptr<detail::client_set_member>> all) {
  std::vector<client_health> out;
  for (auto const& member : all) {
    auto one = member->find();
    auto next = co_await health_of(std::move(one));
    next.name = member->name();
    out.push_back(std::move(next));
  }
  co_return out;
}

}  // namespace

std::string_view name_of(account_phase phase) noexcept {
  static constexpr std::string_view names[] = {"idle", "running", "waiting", "ended"};
  return names[static_cast<std::size_t>(phase)];
}

/// The accounts of a set by name, and the scope they run in. What is added from another thread
/// starts on the strand.
class client_set::impl : public std::enable_shared_from_this<impl> {
 public:
  impl(asio::any_io_executor executor, client_set_options options)
      : world_(options.surroundings ? *options.surroundings : real_environment()),
        around_{.executor = executor,
                .strand = asio::make_strand(executor),
                .options = std::move(options),
                .world = world_},
        stopped_(world_, around_.strand),
        left_(world_, around_.strand) {}

  static task<> run(std::shared_ptr<impl> one) {
    if (std::exchange(one->begun_, true)) throw std::logic_error("a set of clients runs once");
    runs_now const here(*one);
    auto const start = [&one](task_scope& scope) { one->start(scope); };
    std::exception_ptr failed;
    try {
      co_await task_scope::run(one->around_.strand, start);
    } catch (...) {
      failed = std::current_exception();
    }
    one->scope_ = nullptr;
    one->close();
    one->left_.notify();
    if (failed) std::rethrow_exception(failed);
  }

  void add(std::string name, client_config config, program what) {
    auto made = std::make_shared<detail::client_set_member>(around_, name, std::move(config),
                                                            std::move(what));
    {
      std::lock_guard const lock(mutex_);
      if (closed_) throw error(make_error_code(client_errc::closed), "the set was stopped");
      if (!members_.emplace(name, made).second)
        throw error(make_error_code(client_errc::bad_argument), "there is an account " + name);
    }
    on_set([made = std::move(made)](impl& here) { here.begin(made); });
  }

  static task<> remove(std::shared_ptr<impl> one, std::string name) {
    auto const which = one->member(name);
    if (!which) co_return;
    which->leave_forgotten();
    if (!one->runs(*which)) one->forget(which);
    while (one->runs(*which)) co_await one->left_.wait_next();
  }

  bool restart(std::string_view name) {
    auto const which = member(name);
    if (!which) return false;
    on_set([which](impl&) { which->restart(); });
    return true;
  }

  void stop() {
    close();
    on_set([](impl& here) { here.end(); });
  }

  std::shared_ptr<detail::client_set_member> member(std::string_view name) const {
    std::lock_guard const lock(mutex_);
    auto const found = members_.find(name);
    return found == members_.end() ? nullptr : found->second;
  }

  std::vector<std::shared_ptr<detail::client_set_member>> members() const {
    std::lock_guard const lock(mutex_);
    std::vector<std::shared_ptr<detail::client_set_member>> out;
    for (auto const& [name, one] : members_) out.push_back(one);
    return out;
  }

  asio::any_io_executor const& strand() const noexcept { return around_.strand; }

 private:
  /// Stands in run(). What has no loop any more must not be posted to it.
  class runs_now {
   public:
    explicit runs_now(impl& of) : running_(of.running_) { running_ = true; }
    runs_now(runs_now const&) = delete;
    runs_now& operator=(runs_now const&) = delete;
    ~runs_now() { running_ = false; }

   private:
    std::atomic<bool>& running_;
  };

  /// Does it on the strand of the set, while that runs. Before, there is nothing to do: start()
  /// looks at everything.
  void on_set(std::function<void(impl&)> what) {
    if (!running_) return;
    auto here = [weak = weak_from_this(), what = std::move(what)] {
      if (auto const one = weak.lock()) what(*one);
    };
    asio::dispatch(around_.strand, std::move(here));
  }

  void start(task_scope& scope) {
    scope_ = &scope;
    scope.spawn(wait_for_stop(shared_from_this()));
    if (is_closed()) return end();
    for (auto const& one : members()) begin(one);
  }

  static task<> wait_for_stop(std::shared_ptr<impl> one) { co_await one->stopped_.wait(); }

  void begin(std::shared_ptr<detail::client_set_member> const& which) {
    if (!scope_ || which->is_leaving() || !begun_members_.insert(which.get()).second) return;
    scope_->spawn(supervise(shared_from_this(), which));
  }

  static task<> supervise(std::shared_ptr<impl> one,
                          std::shared_ptr<detail::client_set_member> which) {
    co_await detail::client_set_member::supervise(which);
    one->begun_members_.erase(which.get());
    if (which->is_to_be_forgotten()) one->forget(which);
    one->left_.notify();
  }

  bool runs(detail::client_set_member const& which) const {
    return scope_ && begun_members_.contains(&which);
  }

  void forget(std::shared_ptr<detail::client_set_member> const& which) {
    std::lock_guard const lock(mutex_);
    auto const found = members_.find(which->name());
    if (found != members_.end() && found->second == which) members_.erase(found);
  }

  bool is_closed() const {
    std::lock_guard const lock(mutex_);
    return closed_;
  }

  void close() {
    std::lock_guard const lock(mutex_);
    closed_ = true;
  }

  void end() {
    for (auto const& one : members()) one->leave();
    stopped_.notify();
  }

  environment& world_;
  detail::client_set_surroundings around_;
  async_event stopped_;
  async_event left_;  ///< an account has ended for good
  task_scope* scope_ = nullptr;
  bool begun_ = false;
  std::atomic<bool> running_ = false;
  std::set<detail::client_set_member const*> begun_members_;
  mutable std::mutex mutex_;  ///< for what follows
  std::map<std::string, std::shared_ptr<detail::client_set_member>, std::less<>> members_;
  bool closed_ = false;
};

client_set::client_set(asio::any_io_executor executor, client_set_options options)
    : impl_(std::make_shared<impl>(std::move(executor), sensible(std::move(options)))) {}

client_set& client_set::operator=(client_set&& other) noexcept {
  if (this != &other && impl_) impl_->stop();
  impl_ = std::move(other.impl_);
  return *this;
}

client_set::~client_set() {
  if (impl_) impl_->stop();
}

task<> client_set::run() { return detail::on_strand(impl_->strand(), impl::run(impl_)); }

void client_set::stop() { impl_->stop(); }

void client_set::add(std::string name, client_config config, program what) {
  impl_->add(std::move(name), std::move(config), std::move(what));
}

task<> client_set::remove(std::string name) {
  return detail::on_strand(impl_->strand(), impl::remove(impl_, std::move(name)));
}

bool client_set::restart(std::string_view name) { return impl_->restart(name); }

std::shared_ptr<client> client_set::find(std::string_view name) const {
  auto const one = impl_->member(name);
  return one ? one->find() : nullptr;
}

account_health client_set::health(std::string_view name) const {
  auto const one = impl_->member(name);
  return one ? one->health() : account_health();
}

task<std::vector<client_health>> client_set::client_healths() const {
  return healths_of(impl_->members());
}

std::vector<account_health> client_set::health() const {
  std::vector<account_health> out;
  for (auto const& one : impl_->members()) out.push_back(one->health());
  return out;
}

}  // namespace mtp::MTP_ABI
