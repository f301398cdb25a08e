// SPDX-License-Identifier: MIT OR Apache-2.0
// The data centre as a program. usage() says what it takes.
#include "command_line.hpp"
#include "ready_line.hpp"

#include <mtp/testing/data_centre.hpp>
#include <mtp/testing/world/load.hpp>

#include <asio/io_context.hpp>
#include <asio/signal_set.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace {

using namespace mtp::testing;

std::string read_file(std::string const& name) {
  std::ifstream file(name, std::ios::binary);
  std::string content(std::istreambuf_iterator<char>(file), {});
  if (!file.is_open() || file.bad()) throw std::runtime_error(fmt::format("cannot read {}", name));
  if (content.empty()) throw std::runtime_error(fmt::format("{} is empty", name));
  return content;
}

std::int32_t unix_now() {
  auto const since = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::int32_t>(std::chrono::duration_cast<std::chrono::seconds>(since).count());
}

mtp::crypto::rsa_private_key load_key(std::string const& name) {
  auto key = mtp::crypto::rsa_private_key::from_pem(read_file(name));
  if (!key) throw std::runtime_error(fmt::format("{}: no private RSA key of 2048 bits", name));
  return std::move(*key);
}

world load_world_file(std::string const& name) {
  if (name.empty()) return default_world(unix_now());
  auto loaded = load_world(read_file(name), unix_now());
  if (!loaded) throw std::runtime_error(fmt::format("{}: {}", name, loaded.error()));
  return std::move(*loaded);
}

data_centre_config configure(command_line const& wanted) {
  data_centre_config config;
  config.host = wanted.host;
  config.dcs.clear();
  for (auto const& dc : wanted.dcs) config.dcs.push_back({dc.id, dc.port, dc.options, dc.host});
  if (!wanted.key_file.empty()) config.key = load_key(wanted.key_file);
  for (auto const& name : wanted.schema_files) config.schemas.push_back({read_file(name), name});
  config.log = mtp::log_to_stderr(wanted.log ? mtp::log_level::info : mtp::log_level::warning);
  config.log_calls = wanted.log;
  config.test_servers = wanted.test_servers;
  return config;
}

/// A data centre that cannot bind temporary keys does not know the call for it.
void add_faults(data_centre& to, command_line const& wanted) {
  for (auto const& fault : wanted.faults) to.add_fault(fault);
  if (wanted.temporary_keys) return;
  to.add_fault(
      {.method = "auth.bindTempAuthKey", .times = -1, .refusal = rpc_fault{400, "METHOD_INVALID"}});
}

int serve(command_line const& wanted) {
  // Else the loop's own files would get the number of standard output.
  if (::fcntl(STDOUT_FILENO, F_GETFD) == -1)
    throw std::runtime_error("standard output is closed: the ready line goes there");
  asio::io_context loop(1);
  asio::signal_set signals(loop, SIGINT, SIGTERM);
  data_centre dc(configure(wanted), load_world_file(wanted.world_file));
  add_faults(dc, wanted);
  dc.start(loop.get_executor());
  std::string line;
  dc.with_world([&](mtp::testing::world& population) {
    line = ready_line(dc.addresses(), dc.public_key(), population.everybody());
  });
  if ((static_cast<std::uint64_t>(dc.public_key().fingerprint()) >> 60) == 0)
    fmt::print(stderr, "mtp-test-dc: the fingerprint begins with 0; mtcute cannot use this key\n");
  line += '\n';
  bool const written = std::fwrite(line.data(), 1, line.size(), stdout) == line.size();
  if (!written || std::fflush(stdout) != 0)
    throw std::runtime_error("cannot write the ready line to standard output");
  signals.async_wait([&](std::error_code, int) { dc.stop(); });
  loop.run();
  return 0;
}

}  // namespace

int main(int count, char** texts) {
  std::vector<std::string_view> const arguments(texts + 1, texts + count);
  auto const wanted = parse_command_line(arguments);
  if (!wanted) {
    fmt::print(stderr, "mtp-test-dc: {}\n\n{}", wanted.error(), usage());
    return 2;
  }
  if (wanted->help) {
    fmt::print("{}", usage());
    return 0;
  }
  try {
    return serve(*wanted);
  } catch (std::exception const& problem) {
    fmt::print(stderr, "mtp-test-dc: {}\n", problem.what());
    return 1;
  }
}
