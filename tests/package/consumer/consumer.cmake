# What the program is besides, whatever way the library came.
#
# A consumer's own standards: nothing of ours may warn under them.
target_compile_options(consumer PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
if(TARGET mtp::testing)
  target_sources(consumer PRIVATE "${CMAKE_CURRENT_LIST_DIR}/talk.cpp")
  target_compile_definitions(consumer PRIVATE CONSUMER_HAS_TESTING)
  target_link_libraries(consumer PRIVATE mtp::testing)
endif()
# Where the library is part of this build, its components are compiled when somebody links them: one is enough here.
# This program names nothing of the library itself.
if(TARGET mtp::sqlite AND NOT TARGET mtp_sqlite)
  add_executable(databases "${CMAKE_CURRENT_LIST_DIR}/databases.cpp")
  target_link_libraries(databases PRIVATE mtp::sqlite)
  add_dependencies(consumer databases)
endif()
if(TARGET mtp::libsql AND NOT TARGET mtp_libsql)
  add_executable(remote "${CMAKE_CURRENT_LIST_DIR}/remote.cpp")
  target_link_libraries(remote PRIVATE mtp::libsql)
  add_dependencies(consumer remote)
endif()
