// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

// Debian 12 has Catch2 2.13, everybody else 3.
#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#else
#include <catch2/catch.hpp>
#endif
