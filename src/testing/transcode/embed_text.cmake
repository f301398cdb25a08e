# cmake -DOWN=api.tl -DOLDER=231.patch,230.patch -DOUTPUT=file.cpp -P embed_text.cmake
#
# Writes texts as C++ string literals. Compilers limit the length of one literal (MSVC: 16380 bytes), hence the pieces.
function(add_pieces name file)
  file(READ "${file}" text)
  string(LENGTH "${text}" size)
  set(pieces "")
  set(at 0)
  while(at LESS size)
    string(SUBSTRING "${text}" ${at} 8000 piece)
    string(APPEND pieces "    R\"mtp_piece(${piece})mtp_piece\",\n")
    math(EXPR at "${at} + 8000")
  endwhile()
  string(APPEND source "constexpr std::string_view ${name}[] = {\n${pieces}};\n\n")
  set(source "${source}" PARENT_SCOPE)
endfunction()

set(source "")
add_pieces(own "${OWN}")
set(table "")
string(REPLACE "," ";" older "${OLDER}")
foreach(file IN LISTS older)
  get_filename_component(layer "${file}" NAME_WE)
  add_pieces(patch_${layer} "${file}")
  string(APPEND table "    {${layer}, patch_${layer}},\n")
endforeach()
file(WRITE "${OUTPUT}" "// Generated from the schemas by embed_text.cmake. Do not edit.
#include \"embedded_schemas.hpp\"

namespace mtp::MTP_ABI::testing::transcoding {
namespace {

${source}constexpr older_patch patches[] = {
${table}};

}  // namespace

constinit text_pieces const own_schema_pieces = own;
constinit std::span<older_patch const> const older_patches = patches;

}  // namespace mtp::MTP_ABI::testing::transcoding
")
