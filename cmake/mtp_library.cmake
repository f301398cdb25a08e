# What a library of ours is, static or shared: its names, its version, what it gives to others.

# Objects serve both kinds of library, so a build of one kind turns into the other by linking. Tests of layers call what
# is private; where they link layers as shared objects (MTP_SHARED_LAYERS), nothing can be hidden.
if(MTP_SHARED_LAYERS AND BUILD_SHARED_LIBS)
  message(FATAL_ERROR "mtp: MTP_SHARED_LAYERS shows the tests what BUILD_SHARED_LIBS hides: choose one")
endif()
function(mtp_hide_names target)
  # Unless somebody who builds a static library says otherwise.
  if(BUILD_SHARED_LIBS OR MTP_SHARED_LAYERS OR NOT DEFINED CMAKE_POSITION_INDEPENDENT_CODE)
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  endif()
  if(NOT MTP_SHARED_LAYERS)
    set_target_properties(${target} PROPERTIES CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  endif()
endfunction()

include(CheckLinkerFlag)
set(mtp_exports "${PROJECT_SOURCE_DIR}/cmake/exports.map")
check_linker_flag(CXX "-Wl,--no-undefined" MTP_LINKER_REFUSES_UNDEFINED)
check_linker_flag(CXX "-Wl,-z,text" MTP_LINKER_REFUSES_TEXT_RELOCATIONS)
check_linker_flag(CXX "-Wl,--version-script=${mtp_exports}" MTP_LINKER_READS_EXPORTS)

# The names of a sanitizer come with the program.
function(mtp_link_strictly target)
  target_link_options(${target} PRIVATE
    $<$<AND:$<BOOL:${MTP_LINKER_REFUSES_UNDEFINED}>,$<NOT:$<BOOL:${MTP_SANITIZED}>>>:-Wl,--no-undefined>
    $<$<BOOL:${MTP_LINKER_REFUSES_TEXT_RELOCATIONS}>:-Wl,-z,text>
    $<$<BOOL:${MTP_LINKER_READS_EXPORTS}>:-Wl,--version-script=${mtp_exports}>)
  set_target_properties(${target} PROPERTIES LINK_DEPENDS "${mtp_exports}")
endfunction()

# mtp_finish_library(TARGET EXPORT_NAME)
function(mtp_finish_library target name)
  add_library(mtp::${name} ALIAS ${target})
  mtp_hide_names(${target})
  set_target_properties(${target} PROPERTIES
    EXPORT_NAME ${name}
    VERSION "${PROJECT_VERSION}"
    SOVERSION "${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}"
    LINKER_LANGUAGE CXX)
  # A component finds the library beside it, also for a program that links nothing but the component.
  if(NOT DEFINED CMAKE_INSTALL_RPATH)
    set_target_properties(${target} PROPERTIES INSTALL_RPATH "$<IF:$<PLATFORM_ID:Darwin>,@loader_path,$ORIGIN>")
  endif()
  get_target_property(type ${target} TYPE)
  if(type STREQUAL "SHARED_LIBRARY")
    mtp_link_strictly(${target})
  endif()
endfunction()
