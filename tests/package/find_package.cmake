# A program that knows only the installed package: find_package(mtp), link mtp::mtp, run.
file(REMOVE_RECURSE "${WORK}/installed" "${WORK}/find_package_build")
execute_process(COMMAND ${CMAKE_COMMAND} --install "${BUILD}" --prefix "${WORK}/installed"
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
execute_process(
  COMMAND ${CMAKE_COMMAND} -S "${SOURCE}/tests/package/consumer" -B "${WORK}/find_package_build" -G Ninja
    "-DCMAKE_PREFIX_PATH=${WORK}/installed" "-DCMAKE_CXX_COMPILER=${CXX}" "-DCMAKE_CXX_FLAGS=${FLAGS}"
    "-DMTP_WANTED=${VERSION}"
  COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_COMMAND} --build "${WORK}/find_package_build" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${WORK}/find_package_build/consumer" COMMAND_ERROR_IS_FATAL ANY)
