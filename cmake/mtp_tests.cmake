# Catch2 2.13 (Debian 12) and 3 (everywhere else) both serve; tests/support/catch.hpp hides the difference.
find_package(Catch2 REQUIRED)
add_library(mtp_test_support INTERFACE)
target_include_directories(mtp_test_support INTERFACE "${PROJECT_SOURCE_DIR}/tests" "${PROJECT_SOURCE_DIR}/src")
if(TARGET Catch2::Catch2WithMain)
  target_link_libraries(mtp_test_support INTERFACE Catch2::Catch2WithMain)
else()
  add_library(mtp_test_main OBJECT "${PROJECT_SOURCE_DIR}/tests/support/catch2_main.cpp")
  target_link_libraries(mtp_test_main PUBLIC Catch2::Catch2)
  target_link_libraries(mtp_test_support INTERFACE Catch2::Catch2 mtp_test_main $<TARGET_OBJECTS:mtp_test_main>)
endif()

add_custom_target(mtp_unit_tests)

# mtp_add_unit_test(LAYER [INSIDE] [PRECOMPILED] [WITH layer] source...)
#
# One test binary a layer. It links that layer and all the layers that one uses, and that of WITH; nothing else.
# INSIDE: their objects, whatever other tests link. PRECOMPILED: the heavy headers are read once for all such tests.
function(mtp_add_unit_test layer)
  cmake_parse_arguments(PARSE_ARGV 1 arg "INSIDE;PRECOMPILED" "WITH" "")
  add_executable(mtp_${layer}_test ${arg_UNPARSED_ARGUMENTS})
  set_target_properties(mtp_${layer}_test PROPERTIES CXX_EXTENSIONS OFF MTP_LAYERS_INSIDE "${arg_INSIDE}")
  mtp_link_layers(mtp_${layer}_test ${layer} ${arg_WITH})
  target_link_libraries(mtp_${layer}_test PRIVATE mtp_test_support mtp_warnings)
  if(arg_PRECOMPILED)
    mtp_precompile(unit_tests mtp_${layer}_test)
  endif()
  add_dependencies(mtp_unit_tests mtp_${layer}_test)
  add_test(NAME unit.${layer} COMMAND mtp_${layer}_test)
  # Tests that count allocations replace operator new; what the sanitizer allocates itself is freed by theirs.
  set_tests_properties(unit.${layer} PROPERTIES LABELS unit TIMEOUT 600 ENVIRONMENT "ASAN_OPTIONS=alloc_dealloc_mismatch=0;TSAN_OPTIONS=die_after_fork=0")
endfunction()
