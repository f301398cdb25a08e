# A program that carries mtp in its own tree: add_subdirectory, link mtp::mtp, run. It joins its own sources for speed,
# which must not join ours. Its build tree is kept, so that only the first run compiles the whole library.
execute_process(
  COMMAND ${CMAKE_COMMAND} -S "${SOURCE}/tests/package/consumer" -B "${WORK}/subdirectory_build" -G Ninja
    "-DMTP_SOURCE=${SOURCE}" "-DCMAKE_CXX_COMPILER=${CXX}" "-DCMAKE_CXX_FLAGS=${FLAGS}"
    "-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}" -DCMAKE_UNITY_BUILD=ON
  COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_COMMAND} --build "${WORK}/subdirectory_build" --target consumer
  COMMAND_ERROR_IS_FATAL ANY OUTPUT_VARIABLE output)
execute_process(COMMAND "${WORK}/subdirectory_build/consumer" COMMAND_ERROR_IS_FATAL ANY)
