# Generates the C++ of both schemas while configuring, because which files exist depends on the schema.
#
# The generator is a project of its own, built here for the machine that configures, or given as MTP_TLGEN.
# Nothing runs when neither the schemas nor the generator changed since the last time.
file(GLOB mtp_generator_inputs CONFIGURE_DEPENDS
  "${PROJECT_SOURCE_DIR}/codegen/*.cpp" "${PROJECT_SOURCE_DIR}/codegen/*.hpp" "${PROJECT_SOURCE_DIR}/codegen/CMakeLists.txt"
  "${PROJECT_SOURCE_DIR}/include/mtp/core/config.hpp" "${PROJECT_SOURCE_DIR}/include/mtp/tl/schema/*.hpp"
  "${PROJECT_SOURCE_DIR}/src/tl/schema/*.cpp" "${PROJECT_SOURCE_DIR}/src/tl/schema/*.hpp")
set(mtp_schema_inputs
  "${PROJECT_SOURCE_DIR}/tl/api.tl" "${PROJECT_SOURCE_DIR}/tl/mtproto.tl" "${PROJECT_SOURCE_DIR}/tl/mtproto.exceptions"
  "${PROJECT_SOURCE_DIR}/tl/api.traits" "${PROJECT_SOURCE_DIR}/tl/api.compiled")
set(mtp_generate_inputs "${CMAKE_CURRENT_LIST_FILE}" ${mtp_generator_inputs} ${mtp_schema_inputs})
set_property(DIRECTORY "${PROJECT_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${mtp_generate_inputs})

# Builds the generator for this machine and sets `result` to its path.
function(mtp_build_tlgen result)
  if(CMAKE_CROSSCOMPILING)
    message(FATAL_ERROR "Cross-compiling needs an mtp-tlgen that runs on this machine. Build the folder codegen/ as a "
      "project of its own with the compiler of this machine, then pass -DMTP_TLGEN=/path/to/mtp-tlgen.")
  endif()
  set(folder "${PROJECT_BINARY_DIR}/codegen")
  message(STATUS "mtp: building the generator mtp-tlgen")
  execute_process(
    COMMAND "${CMAKE_COMMAND}" -S "${PROJECT_SOURCE_DIR}/codegen" -B "${folder}" -G "${CMAKE_GENERATOR}"
      "-DCMAKE_MAKE_PROGRAM=${CMAKE_MAKE_PROGRAM}" "-DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}"
      "-DCMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER}" -DCMAKE_BUILD_TYPE=Release
      # It runs for a third of a second; optimising it would take longer than that.
      -DCMAKE_CXX_FLAGS_RELEASE=
      "-DCMAKE_RUNTIME_OUTPUT_DIRECTORY=${folder}/bin" "-DCMAKE_RUNTIME_OUTPUT_DIRECTORY_RELEASE=${folder}/bin"
    OUTPUT_VARIABLE log ERROR_VARIABLE log RESULT_VARIABLE failed)
  if(NOT failed)
    execute_process(COMMAND "${CMAKE_COMMAND}" --build "${folder}" --config Release --parallel
      OUTPUT_VARIABLE log ERROR_VARIABLE log RESULT_VARIABLE failed)
  endif()
  if(failed)
    message(FATAL_ERROR "mtp: building the generator failed:\n${log}")
  endif()
  set(${result} "${folder}/bin/mtp-tlgen${CMAKE_EXECUTABLE_SUFFIX}" PARENT_SCOPE)
endfunction()

function(mtp_generate)
  set(state "${PROJECT_VERSION} ${MTP_TLGEN}")
  # A generator that was given may be built anew under the same name.
  foreach(input IN LISTS mtp_generate_inputs MTP_TLGEN)
    file(SHA256 "${input}" hash)
    string(APPEND state " ${hash}")
  endforeach()
  string(SHA256 state "${state}")
  set(stamp "${MTP_GENERATED_DIR}/stamp")
  set(before)
  if(EXISTS "${stamp}")
    file(READ "${stamp}" before)
  endif()
  if(before MATCHES "^${state}\n(.*)$" AND EXISTS "${MTP_GENERATED_DIR}/manifest.cmake")
    string(STRIP "${CMAKE_MATCH_1}" summary)
  else()
    set(tlgen "${MTP_TLGEN}")
    if(NOT tlgen)
      mtp_build_tlgen(tlgen)
    endif()
    execute_process(
      COMMAND "${tlgen}" generate --out "${MTP_GENERATED_DIR}" --api "${PROJECT_SOURCE_DIR}/tl/api.tl"
        --service "${PROJECT_SOURCE_DIR}/tl/mtproto.tl" --exceptions "${PROJECT_SOURCE_DIR}/tl/mtproto.exceptions"
        --traits "${PROJECT_SOURCE_DIR}/tl/api.traits" --compiled "${PROJECT_SOURCE_DIR}/tl/api.compiled"
      OUTPUT_VARIABLE summary OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    file(WRITE "${stamp}" "${state}\n${summary}\n")
  endif()
  # Without the "-- " of message(STATUS): the line is for scripts too.
  execute_process(COMMAND "${CMAKE_COMMAND}" -E echo "${summary}")
endfunction()

mtp_generate()
include("${MTP_GENERATED_DIR}/manifest.cmake")
