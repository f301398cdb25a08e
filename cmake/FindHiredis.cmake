# Finds hiredis and defines hiredis::hiredis: by its own package, which it has since 1.0, else by its header and library.
#
# Installed beside mtp's own package files, for programs that link a static mtp::redis.
if(TARGET hiredis::hiredis)
  set(Hiredis_FOUND TRUE)
  return()
endif()

include(FindPackageHandleStandardArgs)
find_package(hiredis CONFIG QUIET)
if(TARGET hiredis::hiredis)
  find_package_handle_standard_args(Hiredis REQUIRED_VARS hiredis_DIR)
  return()
endif()

find_path(Hiredis_INCLUDE_DIR hiredis/hiredis.h)
find_library(Hiredis_LIBRARY hiredis)
mark_as_advanced(Hiredis_INCLUDE_DIR Hiredis_LIBRARY)
find_package_handle_standard_args(Hiredis REQUIRED_VARS Hiredis_LIBRARY Hiredis_INCLUDE_DIR)
if(Hiredis_FOUND)
  add_library(hiredis::hiredis UNKNOWN IMPORTED)
  set_target_properties(hiredis::hiredis PROPERTIES
    IMPORTED_LOCATION "${Hiredis_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${Hiredis_INCLUDE_DIR}")
endif()
