# Install, export, and the files that find_package(mtp) and pkg-config read. Two parts: what a program needs when it runs
# (cmake --install --component runtime) and what is needed to build one (development). Licences come with both.
include(CMakePackageConfigHelpers)

# Where the package files and those of pkg-config go, below the prefix. Not kept in the cache: they follow CMAKE_INSTALL_LIBDIR,
# which may change in a build that is there.
if(NOT MTP_CMAKE_DIR)
  set(MTP_CMAKE_DIR "${CMAKE_INSTALL_LIBDIR}/cmake/mtp")
endif()
if(NOT MTP_PKG_CONFIG_DIR)
  set(MTP_PKG_CONFIG_DIR "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
endif()

# mtp_install_library(TARGET EXPORT): each has a file of targets of its own, so that a component may be left out.
function(mtp_install_library target export)
  install(TARGETS ${target} EXPORT ${export}
    ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development
    LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT runtime NAMELINK_COMPONENT development
    RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT runtime)
  install(EXPORT ${export} NAMESPACE mtp:: FILE ${export}.cmake DESTINATION "${MTP_CMAKE_DIR}" COMPONENT development)
endfunction()

mtp_install_library(mtp mtp-targets)
set(mtp_left_out)
set(mtp_handed_on Utf8proc)
foreach(component IN LISTS mtp_components)
  if(TARGET mtp_${component})
    mtp_install_library(mtp_${component} mtp-${component}-targets)
    list(APPEND mtp_installed_components ${component})
    list(APPEND mtp_handed_on ${mtp_component_${component}_HANDS_ON})
  else()
    list(APPEND mtp_left_out PATTERN "mtp/${component}" EXCLUDE)
  endif()
endforeach()
if(TARGET mtp-test-dc)
  install(TARGETS mtp-test-dc RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT development)
endif()
# For cross builds with this package's sources. One that was given runs elsewhere than what is installed.
if(NOT MTP_TLGEN AND NOT CMAKE_CROSSCOMPILING)
  install(PROGRAMS "${PROJECT_BINARY_DIR}/codegen/bin/mtp-tlgen${CMAKE_EXECUTABLE_SUFFIX}"
    DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT development)
endif()
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/mtp" "${MTP_GENERATED_DIR}/include/mtp"
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT development FILES_MATCHING PATTERN "*.hpp" ${mtp_left_out})

# --- CMake ---
# What a static build was linked with, whoever links it must link; a shared one brings it along.
set(mtp_is_static OFF)
get_target_property(mtp_type mtp TYPE)
if(mtp_type STREQUAL "STATIC_LIBRARY")
  set(mtp_is_static ON)
endif()
configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/mtp-config.cmake.in"
  "${PROJECT_BINARY_DIR}/mtp-config.cmake" INSTALL_DESTINATION "${MTP_CMAKE_DIR}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/mtp-config-version.cmake" COMPATIBILITY SameMinorVersion)
install(FILES
  "${PROJECT_BINARY_DIR}/mtp-config.cmake"
  "${PROJECT_BINARY_DIR}/mtp-config-version.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/FindAsio.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/FindHiredis.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/FindQREncode.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/FindUtf8proc.cmake"
  DESTINATION "${MTP_CMAKE_DIR}" COMPONENT development)
foreach(part IN ITEMS runtime development)
  install(FILES "${PROJECT_SOURCE_DIR}/LICENSE-MIT" "${PROJECT_SOURCE_DIR}/LICENSE-APACHE"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/licenses/mtp" COMPONENT ${part})
endforeach()

include(mtp_pkg_config)
