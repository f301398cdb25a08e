# Finds standalone Asio, which has no CMake package of its own, and defines Asio::asio.
#
# A package manager's asio::asio is preferred; otherwise the header is searched, and its version read.
# Installed beside mtp's own package files, because consumers need it too.
#
# Asio asks for aligned_alloc() before it has included any standard header, so its answer depends on what the source
# included first, and two sources of one program may free what the other allocated in another way. Say it once for all.
set(Asio_DEFINITIONS ASIO_STANDALONE $<$<PLATFORM_ID:Linux>:ASIO_HAS_STD_ALIGNED_ALLOC=1>)
# Old releases look for the coroutines of clang where they were before C++20.
list(APPEND Asio_DEFINITIONS $<$<CXX_COMPILER_ID:Clang,AppleClang>:ASIO_HAS_CO_AWAIT=1>)
if(TARGET Asio::asio)
  set(Asio_FOUND TRUE)
  return()
endif()

include(FindPackageHandleStandardArgs)
find_package(asio CONFIG QUIET)
if(TARGET asio::asio)
  add_library(Asio::asio INTERFACE IMPORTED)
  target_link_libraries(Asio::asio INTERFACE asio::asio)
  target_compile_definitions(Asio::asio INTERFACE ${Asio_DEFINITIONS})
  if(asio_VERSION)
    set(Asio_VERSION "${asio_VERSION}")
  endif()
  find_package_handle_standard_args(Asio REQUIRED_VARS asio_DIR VERSION_VAR Asio_VERSION)
  return()
endif()

find_path(Asio_INCLUDE_DIR asio/version.hpp)
mark_as_advanced(Asio_INCLUDE_DIR)
if(Asio_INCLUDE_DIR)
  file(STRINGS "${Asio_INCLUDE_DIR}/asio/version.hpp" asio_version_line REGEX "#define ASIO_VERSION ")
  string(REGEX MATCH "[0-9]+" asio_version_number "${asio_version_line}")
  math(EXPR asio_major "${asio_version_number} / 100000")
  math(EXPR asio_minor "${asio_version_number} / 100 % 1000")
  math(EXPR asio_patch "${asio_version_number} % 100")
  set(Asio_VERSION "${asio_major}.${asio_minor}.${asio_patch}")
endif()

find_package_handle_standard_args(Asio REQUIRED_VARS Asio_INCLUDE_DIR VERSION_VAR Asio_VERSION)

if(Asio_FOUND)
  find_package(Threads REQUIRED)
  add_library(Asio::asio INTERFACE IMPORTED)
  target_include_directories(Asio::asio INTERFACE "${Asio_INCLUDE_DIR}")
  target_compile_definitions(Asio::asio INTERFACE ${Asio_DEFINITIONS})
  target_link_libraries(Asio::asio INTERFACE Threads::Threads)
endif()
