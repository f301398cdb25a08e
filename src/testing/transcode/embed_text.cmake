# cmake -DINPUT=file -DOUTPUT=file.cpp -P embed_text.cmake
#
# Writes a text as C++ string literals. Compilers limit the length of one literal (MSVC: 16380 bytes), hence the pieces.
file(READ "${INPUT}" text)
string(LENGTH "${text}" size)
set(pieces "")
set(at 0)
while(at LESS size)
  string(SUBSTRING "${text}" ${at} 8000 piece)
  string(APPEND pieces "    R\"mtp_piece(${piece})mtp_piece\",\n")
  math(EXPR at "${at} + 8000")
endwhile()
file(WRITE "${OUTPUT}" "// Generated from a schema by embed_text.cmake. Do not edit.
#include \"own_schema_text.hpp\"

namespace mtp::testing::transcoding {

std::initializer_list<std::string_view> const own_schema_pieces = {
${pieces}};

}  // namespace mtp::testing::transcoding
")
