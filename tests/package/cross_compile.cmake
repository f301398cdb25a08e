# Cross-compiling without a generator for this machine must stop at once and say what is missing.
file(REMOVE_RECURSE "${WORK}/cross")
file(WRITE "${WORK}/cross/toolchain.cmake"
  "set(CMAKE_SYSTEM_NAME Linux)\nset(CMAKE_SYSTEM_PROCESSOR elsewhere)\nset(CMAKE_CXX_COMPILER \"${CXX}\")\n")
execute_process(
  COMMAND ${CMAKE_COMMAND} -S "${SOURCE}" -B "${WORK}/cross/build" -G Ninja
    "-DCMAKE_TOOLCHAIN_FILE=${WORK}/cross/toolchain.cmake"
  RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(status EQUAL 0)
  message(FATAL_ERROR "configuring succeeded without a generator for this machine")
endif()
if(NOT output MATCHES "MTP_TLGEN")
  message(FATAL_ERROR "the error does not name MTP_TLGEN:\n${output}")
endif()
