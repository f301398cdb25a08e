# Schemas of other people have names that C++, its headers or this library has for itself. What the generator makes of
# them compiles, after all those headers, and each thing has the name that names/use.cpp expects.
set(folder "${WORK}/names")
file(REMOVE_RECURSE "${folder}")

# generate(NAME SCHEMA): the code of a schema in ${folder}/NAME.
function(generate name schema)
  execute_process(COMMAND "${TLGEN}" generate --out "${folder}/${name}" --sources 1 --api "${schema}"
    --service "${SOURCE}/tests/package/golden/service.tl" COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
endfunction()

separate_arguments(flags UNIX_COMMAND "${FLAGS}")
# compile(NAME SOURCE...): sources over the code of NAME.
function(compile name)
  foreach(source IN LISTS ARGN)
    execute_process(COMMAND "${CXX}" -std=gnu++20 ${flags} -Wall -Wextra -Werror -fsyntax-only "-I${folder}/${name}/include"
      "-I${SOURCE}/include" "-I${SOURCE}/src" -include "${SOURCE}/tests/package/names/macros.hpp" "${source}"
      RESULT_VARIABLE status)
    if(NOT status EQUAL 0)
      message(SEND_ERROR "${name}: ${source} does not compile")
    endif()
  endforeach()
endfunction()

generate(all "${SOURCE}/tests/package/names/api.tl")
file(GLOB sources "${folder}/all/src/api/*.cpp")
compile(all ${sources} "${SOURCE}/tests/package/names/use.cpp")

# A text with nothing in it, and one in which nothing has a field.
file(WRITE "${folder}/empty.tl" "// LAYER 1\n")
file(WRITE "${folder}/fieldless.tl" "// LAYER 1\na = A;\n")
foreach(name IN ITEMS empty fieldless)
  generate(${name} "${folder}/${name}.tl")
  file(GLOB sources "${folder}/${name}/src/api/*.cpp")
  compile(${name} ${sources})
endforeach()

# Whatever the library's own headers declare, now or later, may be called so in a schema.
file(GLOB headers "${SOURCE}/include/mtp/tl/*.hpp" "${SOURCE}/include/mtp/core/*.hpp")
set(words)
foreach(header IN LISTS headers)
  file(STRINGS "${header}" lines REGEX "^(class|struct|enum class|using|concept|namespace|inline constexpr [a-z_:0-9]+) (MTP_API )?[a-z]")
  foreach(line IN LISTS lines)
    string(REGEX REPLACE "^(class|struct|enum class|using|concept|namespace|inline constexpr [a-z_:0-9]+) (MTP_API )?([a-z_0-9]+).*" "\\3" word "${line}")
    list(APPEND words "${word}")
  endforeach()
endforeach()
list(REMOVE_DUPLICATES words)
list(LENGTH words count)
if(count LESS 60)
  message(SEND_ERROR "only ${count} names of the library were found")
endif()
set(text "// LAYER 1\n")
set(functions "---functions---\n")
foreach(word IN LISTS words)
  string(APPEND text "${word} ${word}:int = X_${word};\n${word}.${word} = ${word}.X;\nother_${word} ${word}:int = X_${word};\n")
  string(APPEND functions "${word} ${word}:string = X_${word};\n")
endforeach()
file(WRITE "${folder}/library.tl" "${text}${functions}")
generate(library "${folder}/library.tl")
file(WRITE "${folder}/library.cpp" "#include <mtp/tl/forward.hpp>\n#include <mtp/tl/api.hpp>\n")
foreach(header IN LISTS headers)
  if(NOT header MATCHES "/core/")
    file(APPEND "${folder}/library.cpp" "#include \"${header}\"\n")
  endif()
endforeach()
file(GLOB sources "${folder}/library/src/api/*.cpp")
compile(library "${folder}/library.cpp" ${sources})
