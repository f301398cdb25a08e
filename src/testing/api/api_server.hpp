// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "../hub/call_executor.hpp"
#include "call_log.hpp"
#include "envelope.hpp"
#include "fault_plan.hpp"
#include "handler_table.hpp"

#include <mtp/core/log.hpp>
#include <mtp/testing/layer_set.hpp>
#include <mtp/testing/method_fault.hpp>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// Executes calls: unwraps them, carries them between layers, finds who serves them, says no where
/// no is due. Decides; performs no I/O.
class api_server final : public call_executor {
 public:
  /// Lifetime: all references must outlive the server.
  api_server(testing::world& population, key_ring& keys, random_source& random,
             layer_set const& layers, log_sink log, bool log_calls);

  call_answer execute(wrapped_call const& call) override;
  std::vector<account_event> take_events() override { return world_.take_events(); }
  std::optional<bytes> render_push(account_event const& event, std::optional<int> layer) override;
  std::vector<key_notice> take_notices(std::int32_t now) override;
  std::vector<query_answer> take_answers() override;
  std::optional<bytes> in_layer(bytes object, std::optional<int> layer) override;

  handler_table& handlers() { return handlers_; }
  std::vector<dc_address>& addresses() { return addresses_; }
  fault_plan& faults() { return faults_; }
  call_log& log_of_calls() { return calls_seen_; }
  /// Whether calls under a key that has not said initConnection are refused.
  void require_initialisation(bool on) { initialisation_required_ = on; }
  /// How often a method was called, whatever came of it.
  std::size_t calls(std::string_view method) const {
    auto const at = calls_.find(method);
    return at == calls_.end() ? 0 : at->second;
  }

 private:
  outcome<> admit(wrapped_call const& call, call_envelope const& envelope);
  outcome<bytes> answer(wrapped_call const& call, call_envelope const& envelope, call_record& seen,
                        call_answer& how);
  outcome<> check_wrappers(wrapped_call const& call, call_envelope const& envelope,
                           std::string_view method);
  outcome<bytes> run(wrapped_call const& call, handler_table::entry const& entry, bytes_view body,
                     bool takeout, later_answer& later);
  handler_table::entry const* find_handler(std::string_view method) const;
  std::optional<int> layer_of(wrapped_call const& call);
  void report_mistake(std::string_view where, std::string_view what) const;
  layer_choice layer_for(std::optional<int> spoken);
  outcome<> check_setup(wrapped_call const& call, call_envelope const& envelope) const;
  std::int64_t account_of(known_key& key);
  rpc_fault why_nobody(known_key const& owner) const;
  outcome<> check_access(audience who, known_key& key);
  void log_call(wrapped_call const& call, std::string_view method, int layer,
                call_answer const& answer);

  world& world_;
  key_ring& keys_;
  random_source& random_;
  layer_set const& layers_;
  log_sink log_;
  bool log_calls_;
  handler_table handlers_ = standard_handlers();
  std::vector<dc_address> addresses_;
  fault_plan faults_;
  call_log calls_seen_;
  bool initialisation_required_ = false;
  std::set<int> reported_layers_;
  std::map<std::string, std::size_t, std::less<>> calls_;
};

}  // namespace mtp::MTP_ABI::testing
