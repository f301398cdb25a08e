# Joined sources: a few sources of a layer compiled as one, so that their headers are read once, and what they instantiate is made
# once. For people who build the library in order to use it; people who work on it compile every source alone, so edits are quick
# and both ways are tested.
set(joined_sources ON)
if(MTP_DEVELOPER_MODE)
  set(joined_sources OFF)
endif()
option(MTP_JOINED_SOURCES "Compile a few sources of a layer as one" ${joined_sources})

# mtp_join_sources(RESULT NAME N source...): sets RESULT to files that include N of the sources each, or one less.
#
# What they include is named from src, which the layers search, and they stand beside what is generated: so another build of the
# same tree, or of a copy, has the same files under the same names, and a compiler cache knows them.
function(mtp_join_sources result name size)
  list(LENGTH ARGN left)
  math(EXPR files "(${left} + ${size} - 1) / ${size}")
  set(joined)
  set(from 0)
  foreach(number RANGE 1 ${files})
    math(EXPR count "${left} / (${files} - ${number} + 1)")
    list(SUBLIST ARGN ${from} ${count} sources)
    math(EXPR from "${from} + ${count}")
    math(EXPR left "${left} - ${count}")
    set(lines)
    foreach(source IN LISTS sources)
      file(RELATIVE_PATH named "${PROJECT_SOURCE_DIR}/src" "${CMAKE_CURRENT_SOURCE_DIR}/${source}")
      string(APPEND lines "#include \"${named}\"\n")
    endforeach()
    set(file "${MTP_GENERATED_DIR}/joined/${name}_${number}.cpp")
    file(CONFIGURE OUTPUT "${file}" CONTENT "${lines}" @ONLY)
    list(APPEND joined "${file}")
  endforeach()
  # g++ warns of types in unnamed namespaces of files that are included; these are included once.
  set_source_files_properties(${joined} PROPERTIES COMPILE_OPTIONS "$<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>")
  set(${result} ${joined} PARENT_SCOPE)
endfunction()
