# What the generator cannot write down, and mistakes in its command line: each gives a clear error and no file.
set(head "// LAYER 1\nboolFalse#bc799737 = Bool;\nboolTrue#997275b5 = Bool;\ntrue#3fedd339 = True;\n")
set(out "${WORK}/refused")

# refused(NAME TEXT OPTIONS EXPECTED): the schema TEXT with OPTIONS is refused with a message that matches EXPECTED.
function(refused name text options expected)
  file(REMOVE_RECURSE "${out}")
  file(WRITE "${WORK}/refused_schemas/${name}.tl" "${text}")
  execute_process(COMMAND "${TLGEN}" generate --out "${out}" ${options}
    --api "${WORK}/refused_schemas/${name}.tl" --service "${SOURCE}/tests/package/golden/service.tl"
    RESULT_VARIABLE code OUTPUT_VARIABLE ignored ERROR_VARIABLE message)
  if(NOT code MATCHES "^[12]$")
    message(SEND_ERROR "${name}: ended with ${code}")
  endif()
  if(NOT message MATCHES "${expected}")
    message(SEND_ERROR "${name}: said '${message}'")
  endif()
  if(EXISTS "${out}")
    message(SEND_ERROR "${name}: files were written")
  endif()
endfunction()

refused(truth_alone "${head}a x:true = A;\n" "" "a, field x: `true` is generated behind a flag only")
refused(flag_word_behind_flag "${head}b flags:# more:flags.0?# y:more.1?int = B;\n" ""
  "b, field more: a flag word behind a flag is not generated")
set(fields "")
foreach(i RANGE 254)
  string(APPEND fields " x${i}:int")
endforeach()
refused(late_flag_word "${head}c${fields} flags:# y:flags.0?int = C;\n" ""
  "c, field y: a flag word behind the first 255 fields is not generated")
foreach(i RANGE 254)
  string(APPEND fields " y${i}:string")
endforeach()
refused(wide "${head}d${fields} = D;\n" "" "d: more than 255 fields are not generated")
refused(bare_in_vector "${head}f x:Vector<vector<int>> = F;\n" ""
  "f, field x: a bare vector inside a vector is not generated")
# The list of what is compiled.
file(WRITE "${WORK}/refused_schemas/unknown.compiled" "// comment\n\ng\n")
refused(compiled_unknown "${head}h x:string = H;\n" "--compiled;${WORK}/refused_schemas/unknown.compiled"
  "unknown.compiled: error: g is nothing of the schema")
file(WRITE "${WORK}/refused_schemas/numbers.compiled" "h\n")
refused(compiled_numbers "${head}h x:int y:int = H;\n" "--compiled;${WORK}/refused_schemas/numbers.compiled"
  "h: numbers alone are not compiled, they are copied")
refused(no_sources "${head}" "--sources;0" "--sources takes 1 to 1000")
refused(endless_sources "${head}" "--sources;100000000" "--sources takes 1 to 1000")
refused(word_for_a_number "${head}" "--sources;many" "--sources takes 1 to 1000")
refused(negative_sources "${head}" "--sources;-1" "--sources takes 1 to 1000")

# Corrections of what the rules say of functions: each must name a function, change something and say why.
set(functions "${head}---functions---\nhelp.getConfig = Bool;\nping = Bool;\n")
function(refused_traits name line expected)
  file(WRITE "${WORK}/refused_schemas/${name}.traits" "// comment\n\n${line}\n")
  refused(${name} "${functions}" "--traits;${WORK}/refused_schemas/${name}.traits" "${expected}")
endfunction()
refused_traits(unknown_function "help.getConfigs -repeatable no such function" "unknown_function.traits:3: error: help.getConfigs is no function")
refused_traits(corrected_twice "ping +repeatable why\nping -compressible why" "corrected_twice.traits:4: error: ping was corrected before")
refused_traits(no_change "help.getConfig +repeatable it reads" "help.getConfig: .repeatable is no trait, or no change")
refused_traits(unknown_trait "ping +quick why" "ping: .quick is no trait, or no change")
refused_traits(no_reason "ping +repeatable" "ping: a correction is a name, traits with . or -, a reason")
refused_traits(no_trait "ping reads" "ping: a correction is a name, traits with . or -, a reason")
