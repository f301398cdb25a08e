# Install, export and the package files that find_package(mtp) reads.
include(CMakePackageConfigHelpers)

set(MTP_CMAKE_DIR "${CMAKE_INSTALL_LIBDIR}/cmake/mtp" CACHE STRING "Where the package files go, below the prefix")
mark_as_advanced(MTP_CMAKE_DIR)

set(mtp_installed mtp)
if(TARGET mtp_testing)
  list(APPEND mtp_installed mtp_testing)
endif()
if(TARGET mtp_sqlite)
  list(APPEND mtp_installed mtp_sqlite)
  set(mtp_find_sqlite "find_dependency(SQLite3)")
endif()
install(TARGETS ${mtp_installed} EXPORT mtp_targets
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
if(TARGET mtp-test-dc)
  install(TARGETS mtp-test-dc RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()
install(EXPORT mtp_targets NAMESPACE mtp:: FILE mtp-targets.cmake DESTINATION "${MTP_CMAKE_DIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/mtp" "${PROJECT_BINARY_DIR}/generated/include/mtp"
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.hpp")

configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/mtp-config.cmake.in"
  "${PROJECT_BINARY_DIR}/mtp-config.cmake" INSTALL_DESTINATION "${MTP_CMAKE_DIR}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/mtp-config-version.cmake" COMPATIBILITY SameMinorVersion)
install(FILES
  "${PROJECT_BINARY_DIR}/mtp-config.cmake"
  "${PROJECT_BINARY_DIR}/mtp-config-version.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/FindAsio.cmake"
  DESTINATION "${MTP_CMAKE_DIR}")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE-MIT" "${PROJECT_SOURCE_DIR}/LICENSE-APACHE"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/licenses/mtp")
