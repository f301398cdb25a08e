// SPDX-License-Identifier: MIT OR Apache-2.0
// The other Asio in the same program.
#include "consumer.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>

bool other_library_waits() {
  boost::asio::io_context context;
  boost::asio::steady_timer timer(context, std::chrono::milliseconds(1));
  bool done = false;
  timer.async_wait([&](boost::system::error_code const& failed) { done = !failed; });
  context.run();
  return done;
}
