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

# mtp_add_unit_test(LAYER source...)
#
# One test binary a layer. It links the objects of that layer and of all the layers that one uses, nothing else.
function(mtp_add_unit_test layer)
  get_target_property(closure mtp_layer_${layer} MTP_CLOSURE)
  list(TRANSFORM closure PREPEND mtp_layer_)
  add_executable(mtp_${layer}_test ${ARGN})
  set_target_properties(mtp_${layer}_test PROPERTIES CXX_EXTENSIONS OFF)
  target_link_libraries(mtp_${layer}_test PRIVATE ${closure} mtp_test_support mtp_warnings)
  add_dependencies(mtp_unit_tests mtp_${layer}_test)
  add_test(NAME unit.${layer} COMMAND mtp_${layer}_test)
  # Tests that count allocations replace operator new; what the sanitizer allocates itself is freed by theirs.
  set_tests_properties(unit.${layer} PROPERTIES LABELS unit TIMEOUT 600 ENVIRONMENT "ASAN_OPTIONS=alloc_dealloc_mismatch=0")
endfunction()
