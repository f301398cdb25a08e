# Runs the portfile as vcpkg would: cmake -D PORTS=... -D CURRENT_PACKAGES_DIR=... -P install.cmake
cmake_minimum_required(VERSION 3.22)
set(PORT mtp)
set(VCPKG_TARGET_EXECUTABLE_SUFFIX "")
set(VCPKG_HOST_EXECUTABLE_SUFFIX "")
include("${CMAKE_CURRENT_LIST_DIR}/functions.cmake")
include("${PORTS}/mtp/portfile.cmake")
