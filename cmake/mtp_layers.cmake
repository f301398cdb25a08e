# A layer is a folder of sources compiled once, as an object library, so that its unit test can link it and the
# layers above it without waiting for the rest.

add_library(mtp_options INTERFACE)
target_compile_features(mtp_options INTERFACE cxx_std_20)
target_include_directories(mtp_options INTERFACE "${PROJECT_SOURCE_DIR}/include" "${MTP_GENERATED_DIR}/include")
target_link_libraries(mtp_options INTERFACE Asio::asio Threads::Threads)
target_compile_definitions(mtp_options INTERFACE ${Asio_DEFINITIONS})

add_library(mtp_warnings INTERFACE)
if(MTP_DEVELOPER_MODE)
  target_compile_options(mtp_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror)
endif()
# What g++ 12 says wrongly, in the builds of others too, where some of it is on by default.
# Under its sanitizers it takes every moved std::variant or std::optional of a vector for uninitialised.
target_compile_options(mtp_warnings INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
# At -O3 it sees overlaps, overreads and overflows that do not happen, in std::string and std::vector of bytes.
target_compile_options(mtp_warnings INTERFACE
  $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread>)
# It sees Asio allocate a coroutine frame by aligned_alloc() but not that the frame is freed to match.
target_compile_options(mtp_warnings INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-mismatched-new-delete>)

# The sanitizers want to see each variable once, so there every test has all objects inside.
string(FIND "${CMAKE_CXX_FLAGS}" "-fsanitize" sanitizer_at)
string(COMPARE NOTEQUAL "${sanitizer_at}" -1 MTP_SANITIZED)
set(shared_layers "${MTP_DEVELOPER_MODE}")
if(MTP_SANITIZED OR NOT UNIX OR APPLE OR BUILD_SHARED_LIBS)
  set(shared_layers OFF)
endif()
option(MTP_SHARED_LAYERS "Link each layer once, for all tests" ${shared_layers})

# mtp_add_layer(NAME [USES layer...] [JOIN n] [SOURCES file...] [APART file...] [LIBRARIES target...])
#
# Defines mtp_layer_NAME. USES names the layers whose objects its tests must link too. JOIN: n of SOURCES at a time are compiled
# as one where MTP_JOINED_SOURCES says so; those of APART never are.
function(mtp_add_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "JOIN" "USES;SOURCES;APART;LIBRARIES")
  set_property(GLOBAL APPEND PROPERTY MTP_LAYERS ${name})
  if(MTP_JOINED_SOURCES AND arg_JOIN)
    mtp_join_sources(arg_SOURCES ${name} ${arg_JOIN} ${arg_SOURCES})
  endif()
  add_library(mtp_layer_${name} OBJECT ${arg_SOURCES} ${arg_APART})
  set_target_properties(mtp_layer_${name} PROPERTIES CXX_EXTENSIONS OFF)
  mtp_hide_names(mtp_layer_${name})
  target_include_directories(mtp_layer_${name} PRIVATE "${PROJECT_SOURCE_DIR}/src")
  # The linker can leave out what a program does not use of the API: half of it (-Wl,--gc-sections).
  target_compile_options(mtp_layer_${name} PRIVATE
    $<$<AND:$<CXX_COMPILER_ID:GNU,Clang>,$<CONFIG:Release,MinSizeRel>>:-ffunction-sections;-fdata-sections>)
  target_link_libraries(mtp_layer_${name} PUBLIC mtp_options ${arg_LIBRARIES} PRIVATE mtp_warnings)
  # Everything above, without repetition: what a test of this layer links.
  set(all ${name})
  foreach(used IN LISTS arg_USES)
    get_target_property(of_used mtp_layer_${used} MTP_CLOSURE)
    list(APPEND all ${of_used})
  endforeach()
  list(REMOVE_DUPLICATES all)
  set_target_properties(mtp_layer_${name} PROPERTIES MTP_CLOSURE "${all}")
  if(MTP_SHARED_LAYERS)
    add_library(mtp_shared_${name} SHARED EXCLUDE_FROM_ALL $<TARGET_OBJECTS:mtp_layer_${name}>)
    set_target_properties(mtp_shared_${name} PROPERTIES LINKER_LANGUAGE CXX LINK_DEPENDS_NO_SHARED ON)
    list(TRANSFORM arg_USES PREPEND mtp_shared_ OUTPUT_VARIABLE used)
    target_link_libraries(mtp_shared_${name} PUBLIC mtp_options ${arg_LIBRARIES} ${used})
  endif()
endfunction()

# mtp_link_layers(TARGET layer...): TARGET links those layers and all that they use.
#
# Shared, when layers are: then a change in a layer is linked once, and no test of the layers above again.
function(mtp_link_layers target)
  set(closure)
  foreach(layer IN LISTS ARGN)
    get_target_property(of_layer mtp_layer_${layer} MTP_CLOSURE)
    list(APPEND closure ${of_layer})
  endforeach()
  list(REMOVE_DUPLICATES closure)
  set(kind layer)
  get_target_property(inside ${target} MTP_LAYERS_INSIDE)
  if(MTP_SHARED_LAYERS AND NOT inside)
    set(kind shared)
    set_target_properties(${target} PROPERTIES LINK_DEPENDS_NO_SHARED ON)
  endif()
  list(TRANSFORM closure PREPEND mtp_${kind}_)
  target_link_libraries(${target} PRIVATE ${closure})
endfunction()
