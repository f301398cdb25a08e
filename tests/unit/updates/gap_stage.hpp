// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "engine_stage.hpp"

namespace mtp::test {

/// An account that stands at 0, with a channel at 1; what is lost makes it ask for the difference.
struct gap_stage : engine_stage {
  gap_stage() {
    start();
    push(server.post("p1"));
    run();
    take_delivered();
    take_asked();
  }
  void lose_one() {
    (void)server.write("lost");
    push(server.write("next"));
    run(std::chrono::milliseconds(500));
  }
  void lose_post() {
    (void)server.post("p2");
    push(server.post("p3"));
    run(std::chrono::milliseconds(500));
  }
};

}  // namespace mtp::test
