# The components of mtp beside the library itself, each a line here and nowhere else: options, folders, installed files,
# find_package(mtp COMPONENTS ...) and pkg-config files follow from it.
#
# mtp_component(NAME OPTION variable NEEDS package [version] FOLDERS folder... SUMMARY text
#   [ALSO package...] [ON component...] [HANDS_ON package...] [PKG_CONFIG module...])
#
# NAME      of the component; its target is mtp_NAME, people link mtp::NAME, the file of pkg-config is mtp-NAME.pc
# OPTION    ON builds it, OFF leaves it out, AUTO builds it where NEEDS is found
# NEEDS     what is needed to build it
# ALSO      more packages that are needed, each without a version
# ON        the components that it uses
# FOLDERS   below src, in the order in which they are added
# HANDS_ON  the packages of CMake that it hands on when it is linked statically, besides those of the library itself
# PKG_CONFIG  the same, as modules of pkg-config, with the components of ON
set(mtp_components)
macro(mtp_component name)
  cmake_parse_arguments(mtp_component_${name} "" "OPTION;SUMMARY" "NEEDS;ALSO;ON;FOLDERS;HANDS_ON;PKG_CONFIG" ${ARGN})
  list(APPEND mtp_components ${name})
  set(${mtp_component_${name}_OPTION} AUTO CACHE STRING
    "Build ${mtp_component_${name}_SUMMARY}: ON, OFF, or AUTO (where ${mtp_component_${name}_NEEDS} is found)")
  set_property(CACHE ${mtp_component_${name}_OPTION} PROPERTY STRINGS AUTO ON OFF)
endmacro()

mtp_component(testing
  OPTION MTP_TESTING
  NEEDS nlohmann_json 3.2
  FOLDERS testing/transcode testing/records testing
  PKG_CONFIG libcrypto fmt
  SUMMARY "the offline data centre")
mtp_component(sqlite
  OPTION MTP_SQLITE
  NEEDS SQLite3 3.31
  FOLDERS sqlite
  HANDS_ON SQLite3
  PKG_CONFIG sqlite3
  SUMMARY "what needs SQLite: stores, the databases of other libraries")
mtp_component(postgres
  OPTION MTP_POSTGRES
  NEEDS PostgreSQL
  FOLDERS postgres
  HANDS_ON PostgreSQL
  PKG_CONFIG libpq
  SUMMARY "stores in PostgreSQL")
# MODULE: Debian 12 has a package file of that name without targets.
mtp_component(redis
  OPTION MTP_REDIS
  NEEDS Hiredis MODULE
  FOLDERS redis
  HANDS_ON Hiredis
  PKG_CONFIG hiredis
  SUMMARY "stores in Redis")
mtp_component(qr
  OPTION MTP_QR
  NEEDS QREncode MODULE
  FOLDERS qr
  HANDS_ON QREncode
  PKG_CONFIG libqrencode
  SUMMARY "QR codes on a terminal")
mtp_component(libsql
  OPTION MTP_LIBSQL
  NEEDS CURL 7.62
  ALSO nlohmann_json
  ON sqlite
  FOLDERS libsql
  HANDS_ON CURL
  PKG_CONFIG mtp-sqlite libcurl sqlite3
  SUMMARY "stores in libSQL")

# Says in `missing` which of what a component needs is not there, the last of it.
macro(mtp_find_for_component name)
  set(missing)
  find_package(${mtp_component_${name}_NEEDS} ${ARGN})
  list(GET mtp_component_${name}_NEEDS 0 needed)
  if(NOT ${needed}_FOUND)
    set(missing ${needed})
  endif()
  foreach(needed IN LISTS mtp_component_${name}_ALSO)
    find_package(${needed} ${ARGN})
    if(NOT ${needed}_FOUND)
      set(missing ${needed})
    endif()
  endforeach()
  foreach(needed IN LISTS mtp_component_${name}_ON)
    if(NOT TARGET mtp_${needed})
      set(missing mtp::${needed})
    endif()
  endforeach()
endmacro()

# Adds the folders of a component when it is wanted and can be built. Developers build everything.
macro(mtp_add_component name)
  set(wanted "${${mtp_component_${name}_OPTION}}")
  if(MTP_DEVELOPER_MODE OR (wanted AND NOT wanted STREQUAL "AUTO"))
    mtp_find_for_component(${name} REQUIRED)
    if(missing)
      message(FATAL_ERROR "mtp::${name} (${mtp_component_${name}_OPTION}) needs ${missing}, which is not built")
    endif()
    set(wanted ON)
  elseif(wanted)
    mtp_find_for_component(${name} QUIET)
    set(wanted ON)
    if(missing)
      message(STATUS "mtp: no ${missing} here, so no mtp::${name} (${mtp_component_${name}_SUMMARY})")
      set(wanted OFF)
    endif()
  endif()
  if(wanted)
    foreach(folder IN LISTS mtp_component_${name}_FOLDERS)
      add_subdirectory(${folder})
    endforeach()
  endif()
endmacro()
