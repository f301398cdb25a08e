# Precompiled headers: what many sources of a layer read, read once. For people who work on mtp only, and every source
# includes what it uses: the builds of the clang preset and of package.subdirectory have none.
option(MTP_PRECOMPILED_HEADERS "Read the heavy headers of the layers once" ${MTP_DEVELOPER_MODE})

# Nothing that changes often: a change in one of these compiles all layers that use them again.
set(mtp_heavy_headers
  <algorithm> <array> <atomic> <chrono> <deque> <exception> <functional> <map> <memory> <optional> <set> <span>
  <stdexcept> <string> <string_view> <unordered_map> <utility> <variant> <vector>
  <asio/awaitable.hpp> <asio/co_spawn.hpp> <asio/dispatch.hpp> <asio/error.hpp> <asio/io_context.hpp> <asio/ip/tcp.hpp>
  <asio/post.hpp> <asio/steady_timer.hpp> <asio/strand.hpp> <asio/this_coro.hpp> <asio/use_awaitable.hpp>
  <fmt/format.h>
  <mtp/core/async_event.hpp> <mtp/core/environment.hpp> <mtp/core/error.hpp> <mtp/core/log.hpp> <mtp/core/slice.hpp>
  <mtp/core/task.hpp> <mtp/core/task_scope.hpp>)
set(mtp_precompiled_layers ${mtp_heavy_headers} <mtp/tl/types/Message.hpp> <mtp/tl/types/Updates.hpp>)
set(mtp_precompiled_testing ${mtp_heavy_headers} <mtp/tl/api.hpp> <mtp/testing/dc_address.hpp> <mtp/testing/handler.hpp>
  <mtp/testing/world/world.hpp>)
set(mtp_precompiled_unit_tests ${mtp_precompiled_testing} <mtp/mtp.hpp> <support/catch.hpp>)

if(MTP_PRECOMPILED_HEADERS)
  file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/precompiled.cpp" CONTENT "// A header is compiled for a source, if only for an empty one.\n")
endif()

# mtp_precompile(KIND TARGET): TARGET reads the headers of KIND (layers, testing, unit_tests) precompiled.
#
# All targets of a kind share one file, so they are compiled with the same definitions.
function(mtp_precompile kind target)
  if(NOT MTP_PRECOMPILED_HEADERS)
    return()
  endif()
  set(owner mtp_precompiled_${kind})
  if(NOT TARGET ${owner})
    add_library(${owner} OBJECT "${PROJECT_BINARY_DIR}/precompiled.cpp")
    set_target_properties(${owner} PROPERTIES CXX_EXTENSIONS OFF)
    target_include_directories(${owner} PRIVATE "${PROJECT_SOURCE_DIR}/src" "${PROJECT_SOURCE_DIR}/tests")
    target_link_libraries(${owner} PRIVATE mtp_options mtp_warnings fmt::fmt)
    mtp_compile_reproducibly(${owner})
    mtp_cache_by_content(${owner})
    if(kind STREQUAL "unit_tests")
      target_link_libraries(${owner} PRIVATE mtp_test_support)
    else()
      mtp_hide_names(${owner})
    endif()
    target_precompile_headers(${owner} PRIVATE ${mtp_precompiled_${kind}})
  endif()
  target_link_libraries(${target} PRIVATE fmt::fmt)
  mtp_compile_reproducibly(${target})
  target_precompile_headers(${target} REUSE_FROM ${owner})
endfunction()

# What a compiler cache needs to tell that a precompiled header is the same.
function(mtp_compile_reproducibly target)
  target_compile_options(${target} PRIVATE
    $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess> "$<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>")
endfunction()

# ccache must take the headers of a precompiled one as they stand in their files, comments too: the compiler knows a file
# with #pragma once again by its content. Without this a header whose comment changed is read twice. The name keeps what
# was cached in the other way apart.
function(mtp_cache_by_content target)
  if(CMAKE_CXX_COMPILER_LAUNCHER MATCHES "ccache")
    set_target_properties(${target} PROPERTIES CXX_COMPILER_LAUNCHER
      "${CMAKE_COMMAND};-E;env;CCACHE_DEPEND=1;CCACHE_NAMESPACE=precompiled;${CMAKE_CXX_COMPILER_LAUNCHER}")
  endif()
endfunction()
