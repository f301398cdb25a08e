# The generator gives the same bytes for the same schema, in another folder.
foreach(round IN ITEMS first second)
  file(REMOVE_RECURSE "${WORK}/twice/${round}")
  execute_process(COMMAND "${TLGEN}" generate --out "${WORK}/twice/${round}"
    --api "${SOURCE}/tl/api.tl" --service "${SOURCE}/tl/mtproto.tl" --exceptions "${SOURCE}/tl/mtproto.exceptions"
    --traits "${SOURCE}/tl/api.traits"
    COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
endforeach()
file(GLOB_RECURSE first RELATIVE "${WORK}/twice/first" "${WORK}/twice/first/*")
file(GLOB_RECURSE second RELATIVE "${WORK}/twice/second" "${WORK}/twice/second/*")
if(NOT first STREQUAL second OR first STREQUAL "")
  message(FATAL_ERROR "the two runs left different sets of files, or none")
endif()
foreach(file IN LISTS first)
  file(SHA256 "${WORK}/twice/first/${file}" one)
  file(SHA256 "${WORK}/twice/second/${file}" other)
  if(NOT one STREQUAL other)
    message(SEND_ERROR "${file} differs between two runs")
  endif()
endforeach()
list(LENGTH first count)
message(STATUS "${count} files, the same in both runs")
