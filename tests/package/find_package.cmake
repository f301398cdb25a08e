# A program that knows only the installed package: find_package(mtp), link mtp::mtp and its components, run. The package
# is moved after it was installed: nothing in it may know where it was.
file(REMOVE_RECURSE "${WORK}/installed" "${WORK}/moved" "${WORK}/find_package_build")
execute_process(COMMAND ${CMAKE_COMMAND} --install "${BUILD}" --prefix "${WORK}/installed"
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(RENAME "${WORK}/installed" "${WORK}/moved")
execute_process(
  COMMAND ${CMAKE_COMMAND} -S "${SOURCE}/tests/package/consumer" -B "${WORK}/find_package_build" -G Ninja
    "-DCMAKE_PREFIX_PATH=${WORK}/moved" "-DCMAKE_CXX_COMPILER=${CXX}" "-DCMAKE_CXX_FLAGS=${FLAGS}"
    "-DMTP_WANTED=${VERSION}" -DCMAKE_FIND_PACKAGE_PREFER_CONFIG=ON
  COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_COMMAND} --build "${WORK}/find_package_build" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${WORK}/find_package_build/consumer" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${WORK}/find_package_build/offline" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${WORK}/find_package_build/databases" WORKING_DIRECTORY "${WORK}/find_package_build"
  COMMAND_ERROR_IS_FATAL ANY)
