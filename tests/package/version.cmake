# Prints the version of the library, as CMakeLists.txt has it.
file(READ "${CMAKE_CURRENT_LIST_DIR}/../../CMakeLists.txt" text)
string(REGEX MATCH "project\\(mtp VERSION ([0-9.]+)" text "${text}")
execute_process(COMMAND "${CMAKE_COMMAND}" -E echo "${CMAKE_MATCH_1}")
