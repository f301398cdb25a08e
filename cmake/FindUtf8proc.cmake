# Finds utf8proc and defines utf8proc::utf8proc: by its own package, which it has since 2.8 where CMake built it, else by its header
# and library.
#
# Installed beside mtp's own package files, for programs that link a static mtp.
if(TARGET utf8proc::utf8proc)
  set(Utf8proc_FOUND TRUE)
  return()
endif()

include(FindPackageHandleStandardArgs)
find_package(utf8proc CONFIG QUIET)
if(TARGET utf8proc::utf8proc)
  find_package_handle_standard_args(Utf8proc REQUIRED_VARS utf8proc_DIR)
  return()
endif()

find_path(Utf8proc_INCLUDE_DIR utf8proc.h)
find_library(Utf8proc_LIBRARY NAMES utf8proc utf8proc_static)
mark_as_advanced(Utf8proc_INCLUDE_DIR Utf8proc_LIBRARY)
find_package_handle_standard_args(Utf8proc REQUIRED_VARS Utf8proc_LIBRARY Utf8proc_INCLUDE_DIR)
if(Utf8proc_FOUND)
  add_library(utf8proc::utf8proc UNKNOWN IMPORTED)
  set_target_properties(utf8proc::utf8proc PROPERTIES
    IMPORTED_LOCATION "${Utf8proc_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${Utf8proc_INCLUDE_DIR}")
endif()
