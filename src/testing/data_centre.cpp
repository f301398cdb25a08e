// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/data_centre.hpp>

#include "api/api_server.hpp"
#include "hub/hub.hpp"
#include "hub/unix_seconds.hpp"
#include "net/stream_server.hpp"

#include <mtp/testing/layer_set.hpp>

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <fmt/format.h>

#include <future>
#include <stdexcept>
#include <thread>

namespace mtp::MTP_ABI::testing {
namespace {

environment& world_of(data_centre_config const& config) {
  return config.surroundings ? *config.surroundings : real_environment();
}

bool is_test_number(std::int32_t named) { return named > 10'000 || named < -10'000; }

hub_options options_of(data_centre_config const& config) {
  hub_options out;
  out.sessions.announce_session = config.announce_sessions;
  out.sessions.always_container = config.always_containers;
  out.sessions.compress_from = config.compress_from;
  out.sessions.clock_skew = config.clock_skew;
  out.exchange.time_skew = config.clock_skew;
  out.roaming = config.roaming;
  if (config.test_servers) out.exchange.serves = is_test_number;
  return out;
}

/// A file of another kind is wrong in every line; a few of them tell that.
std::string first_errors(std::vector<tl::schema::diagnostic> const& all) {
  constexpr std::size_t shown = 5;
  std::string out;
  std::size_t errors = 0;
  for (auto const& one : all) {
    if (one.level != tl::schema::severity::error) continue;
    if (errors++ < shown) out += (out.empty() ? "" : "\n") + one.text();
  }
  if (errors > shown) out += fmt::format("\nand {} more errors", errors - shown);
  return out;
}

void add_schemas(layer_set& layers, std::vector<schema_text> const& texts, log_sink const& log) {
  for (auto const& one : texts) {
    auto const said = layers.add(one.text, one.name);
    if (tl::schema::any_error(said)) throw std::invalid_argument(first_errors(said));
    for (auto const& warning : said) {
      bool const left_out = warning.what != tl::schema::problem::id_mismatch &&
                            warning.what != tl::schema::problem::unknown_type;
      if (log && left_out) log(log_level::warning, warning.text());
    }
  }
}

/// A bridge takes 30 to 40 ms; whoever gives dozens of texts must not wait seconds for the start.
constexpr duration max_preparation = std::chrono::milliseconds(500);

/// A log that throws costs lines, not calls.
log_sink harmless(log_sink log) {
  if (!log) return {};
  return [log = std::move(log)](log_level level, std::string_view line) {
    try {
      log(level, line);
    } catch (...) {}
  };
}

data_centre_config prepared(data_centre_config config) {
  config.log = harmless(std::move(config.log));
  return config;
}

/// Waits for the coroutines of a stopped server, then lets go of it.
task<> join_stopped(std::shared_ptr<stream_server> ended) { co_await ended->join(); }

}  // namespace

struct data_centre::server {
  server(data_centre_config given, std::optional<world> people)
      : config(prepared(std::move(given))),
        around(world_of(config)),
        key(config.key ? *config.key : crypto::rsa_private_key::generate()),
        population(people ? std::move(*people) : default_world(unix_now())),
        api(population, keys, around.random(), layers, config.log, config.log_calls),
        core(key, keys, api, around.random(), options_of(config), config.log) {
    layers.add_older();
    add_schemas(layers, config.schemas, config.log);
    layers.prepare(max_preparation);
    api.log_of_calls().capacity = config.record_calls;
    api.require_initialisation(config.require_initialisation);
    for (auto const& place : config.dcs)
      api.addresses().push_back(
          {place.id, place.host.empty() ? config.host : place.host, place.port, place.options});
  }

  /// Runs `use` where the server lives, and waits for it.
  template <class Use>
  auto perform(Use use) const {
    bool const elsewhere = thread.joinable() && thread.get_id() != std::this_thread::get_id();
    if (!elsewhere) return use();
    std::packaged_task<decltype(use())()> work(std::move(use));
    auto done = work.get_future();
    asio::post(loop->get_executor(), std::ref(work));
    return done.get();
  }

  void open(asio::any_io_executor where) {
    auto fresh = std::make_shared<stream_server>(around, where, core, config.log);
    for (auto& at : api.addresses()) at.port = fresh->listen(at);
    net = std::move(fresh);
    net->start();
  }

  void close() {
    if (!net) return;
    net->stop();
    auto const where = executor;
    auto ended = join_stopped(std::exchange(net, nullptr));
    asio::co_spawn(where, std::move(ended), [log = config.log](std::exception_ptr problem) {
      if (problem && log) log(log_level::error, "a connection ended in a way it should not");
    });
  }

  void settle() {
    core.deliver_events(around.now());
    if (net) net->wake();
  }

  std::int32_t unix_now() const { return unix_seconds(around.now()); }

  data_centre_config config;
  environment& around;
  crypto::rsa_private_key key;
  testing::world population;
  layer_set layers;
  key_ring keys;
  api_server api;
  hub core;
  asio::any_io_executor executor;
  std::unique_ptr<asio::io_context> loop;
  std::thread thread;
  std::shared_ptr<stream_server> net;
};

data_centre::data_centre(data_centre_config config)
    : server_(std::make_unique<server>(std::move(config), std::nullopt)) {}

data_centre::data_centre(data_centre_config config, testing::world population)
    : server_(std::make_unique<server>(std::move(config), std::move(population))) {}

data_centre::~data_centre() { stop(); }

void data_centre::start() {
  if (is_running()) return;
  server_->loop = std::make_unique<asio::io_context>(1);
  server_->executor = server_->loop->get_executor();
  server_->open(server_->executor);
  server_->thread = std::thread([loop = server_->loop.get()] { loop->run(); });
}

void data_centre::start(asio::any_io_executor loop) {
  if (is_running()) return;
  server_->executor = loop;
  server_->open(std::move(loop));
}

void data_centre::stop() {
  server_->perform([this] { server_->close(); });
  if (server_->thread.joinable()) server_->thread.join();
}

bool data_centre::is_running() const {
  return server_->perform([this] { return server_->net != nullptr; });
}

std::vector<dc_address> data_centre::addresses() const {
  return server_->perform([this] { return server_->api.addresses(); });
}

crypto::rsa_public_key const& data_centre::public_key() const { return server_->key.public_key(); }

void data_centre::replace(std::uint32_t id, std::string_view name, raw_handler<call> run) {
  server_->perform([&] { server_->api.handlers().replace(id, name, std::move(run)); });
}

void data_centre::with_world(std::function<void(world&)> const& use) {
  server_->perform([&] {
    use(server_->population);
    server_->settle();
  });
}

std::int32_t data_centre::say(std::int64_t from, peer to, std::string text) {
  outcome<sent_message> sent = sent_message{};
  with_world([&](testing::world& within) {
    sent = within.send(from, to, std::move(text), server_->unix_now());
  });
  if (!sent) throw std::runtime_error(sent.error().text);
  return sent->id;
}

void data_centre::know_key(int dc, crypto::auth_key const& key, std::int64_t account) {
  server_->perform([&] {
    known_key known;
    known.key = key;
    known.dc = dc;
    known.made = known.last_used = server_->unix_now();
    known.user = account;
    server_->keys.add(std::move(known));
  });
}

void data_centre::add_fault(method_fault fault) {
  server_->perform([&] { server_->api.faults().add(std::move(fault)); });
}

void data_centre::script(std::vector<method_fault> steps) {
  server_->perform([&] { server_->api.faults().append(std::move(steps)); });
}

std::size_t data_centre::steps_left() const {
  return server_->perform([this] { return server_->api.faults().steps_left(); });
}

void data_centre::clear_faults() {
  server_->perform([this] { server_->api.faults().clear(); });
}

void data_centre::release_answers() {
  server_->perform([this] {
    server_->core.release_answers(server_->around.now());
    server_->settle();
  });
}

std::size_t data_centre::break_packets(std::int64_t account, mtproto::server_faults const& faults) {
  return server_->perform([&] {
    std::size_t reached = 0;
    server_->core.for_each_session(account, [&](hub_session& session) {
      session.machine.faults() = faults;
      ++reached;
    });
    return reached;
  });
}

void data_centre::drop_connections() {
  server_->perform([this] {
    server_->core.close_all();
    server_->settle();
  });
}

void data_centre::close_after_exchange(int times) {
  server_->perform([&] { server_->core.close_after_exchange(times); });
}

void data_centre::forget_sessions() {
  server_->perform([this] { server_->core.forget_sessions(); });
}

void data_centre::forget_keys() {
  server_->perform([this] {
    server_->core.forget_sessions();
    server_->keys.drop_all();
  });
}

void data_centre::rotate_salts() {
  server_->perform([this] { server_->core.rotate_salts(server_->around.now()); });
}

std::size_t data_centre::forget(remembered what, key_choice const& whose) {
  return server_->perform([&] { return server_->core.forget(what, whose, server_->around.now()); });
}

std::size_t data_centre::deny_keys(key_choice const& whose, int times) {
  return server_->perform([&] { return server_->core.deny_keys(whose, times); });
}

std::size_t data_centre::duplicate_keys(key_choice const& whose) {
  return server_->perform([&] { return server_->core.duplicate_keys(whose); });
}

std::size_t data_centre::inject_error(std::int32_t code, std::int64_t account) {
  return server_->perform([&] {
    auto const reached = server_->core.inject_error(code, account);
    server_->settle();
    return reached;
  });
}

std::vector<key_record> data_centre::keys() const {
  return server_->perform([this] { return server_->keys.records(); });
}

std::vector<call_record> data_centre::call_log() const {
  return server_->perform([this] {
    auto const& kept = server_->api.log_of_calls().records();
    return std::vector<call_record>(kept.begin(), kept.end());
  });
}

void data_centre::clear_call_log() {
  server_->perform([this] { server_->api.log_of_calls().clear(); });
}

std::size_t data_centre::listeners(std::int64_t account) const {
  return server_->perform([&] { return server_->core.listeners(account); });
}

std::size_t data_centre::calls(std::string_view method) const {
  return server_->perform([&] { return server_->api.calls(method); });
}

std::size_t data_centre::connections() const {
  return server_->perform([this] { return server_->core.connections(); });
}

}  // namespace mtp::MTP_ABI::testing
