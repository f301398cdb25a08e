// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "net/link.hpp"
#include "net/pool_policy.hpp"

#include <map>
#include <memory>

namespace mtp::MTP_ABI::net {

/// The connections to one data centre for one purpose: opened on demand, closed when idle.
///
/// Threads: belongs to its strand. Lifetime: outlives run() and the leases; `world` outlives it.
class pool : public std::enable_shared_from_this<pool> {
 public:
  /// Makes a link that does not run yet.
  using link_maker = std::function<std::shared_ptr<link>()>;
  /// Does what makes a link fit for calls: it is introduced, and signed in to its data centre.
  using set_up = std::function<task<>(std::shared_ptr<link>)>;

  pool(environment& world, asio::any_io_executor strand, pool_options options, link_maker make,
       set_up prepare);

  /// One call's place on a connection; gives it back when it goes away.
  class lease {
   public:
    lease() = default;
    lease(std::shared_ptr<pool> of, pool_policy::slot which, std::shared_ptr<link> on)
        : of_(std::move(of)), which_(which), on_(std::move(on)) {}
    lease(lease&& other) noexcept = default;
    lease& operator=(lease&& other) noexcept;
    ~lease() { release(); }

    link& operator*() const noexcept { return *on_; }
    std::shared_ptr<link> const& get() const noexcept { return on_; }

   private:
    void release() noexcept;

    std::shared_ptr<pool> of_;
    pool_policy::slot which_ = {};
    std::shared_ptr<link> on_;
  };

  /// Waits for a connection that is set up.
  ///
  /// Cancellation: terminal; nothing stays taken. Errors: what kept a connection from coming about,
  /// error with client_errc::closed after end().
  task<lease> take();

  /// Opens and closes connections until it is cancelled.
  task<> run();
  /// Ends who waits for a connection, also when run() never began.
  void end();
  /// Its calls go on elsewhere: those that may be repeated end with `closed`, the others as
  /// link::hand_over() has it; run() ends.
  void retire();
  bool is_retired() const noexcept { return retired_; }
  /// How many connections and calls there are.
  pool_policy const& policy() const noexcept { return policy_; }

  /// See link: for all connections.
  void set_endpoints(std::vector<dc_endpoint> const& endpoints);
  void on_network_restored();

 private:
  struct connection {
    std::shared_ptr<link> on;
    std::unique_ptr<async_event> stop;
    bool set_up = false;
  };

  task<> direct(task_scope& scope);
  task<> run_one(pool_policy::slot which);
  task<> prepare_one(pool_policy::slot which);
  task<> wait_for_stop(pool_policy::slot which, task_scope& scope);
  void on_change(pool_policy::slot which, bool established);
  void on_gone(pool_policy::slot which, std::exception_ptr failed);

  environment& world_;
  asio::any_io_executor strand_;
  pool_policy policy_;
  link_maker make_;
  set_up prepare_;
  strand_event wake_;     // the policy has something new
  strand_event changed_;  // a connection became ready, or none did
  std::map<pool_policy::slot, connection> connections_;
  std::exception_ptr failure_;
  std::uint64_t failures_ = 0;
  bool over_ = false;
  bool retired_ = false;
};

}  // namespace mtp::MTP_ABI::net
