// SPDX-License-Identifier: MIT OR Apache-2.0
#include <tl/schema/lexer.hpp>

#include "support.hpp"

namespace {

using namespace mtp::tl::schema;

std::string join(lexed const& read) {
  std::string out;
  for (token const& one : read.tokens) {
    if (one.kind == token_kind::id) out += '#';
    out += std::string(one.text) + '|';
  }
  return out;
}

TEST_CASE("lexer cuts a declaration into words, ids and symbols", "[schema][lexer]") {
  CHECK(join(lex("a.b#0f {X:Type} flags:# f:flags.2?!X = c.D<e>;")) ==
        "a|.|b|#0f|{|X|:|Type|}|flags|:|#|f|:|flags|.|2|?|!|X|=|c|.|D|<|e|>|;||");
}

TEST_CASE("lexer drops comments of both kinds", "[schema][lexer]") {
  CHECK(join(lex("a // b\nc /* d\n ; */ e /**/ f")) == "a|c|e|f||");
}

TEST_CASE("lexer knows where each token stands", "[schema][lexer]") {
  lexed const read = lex("ab c\n  /* x\n*/ d");
  REQUIRE(read.tokens.size() == 4);
  CHECK((read.tokens[0].at == position{1, 1}));
  CHECK((read.tokens[1].at == position{1, 4}));
  CHECK((read.tokens[2].at == position{3, 4}));
  CHECK((read.tokens[3].at == position{3, 5}));
}

TEST_CASE("lexer finds the layer line wherever it stands", "[schema][lexer]") {
  CHECK(lex("// LAYER 158\na = B;").layer == 158);
  CHECK(lex("a = B;\n//  LAYER 5 \n").layer == 5);
  CHECK(lex("a = B; // LAYER 158").layer == 158);
  CHECK(lex("// LAYER 7\n// LAYER 7").layer == 7);
  CHECK_FALSE(lex("// The LAYER 9\n/* LAYER 9 */").layer.has_value());
}

TEST_CASE("lexer reads Windows line ends and tabs as blanks", "[schema][lexer]") {
  CHECK(join(lex("a\r\n\tb\r\n// LAYER 3\r\n")) == "a|b||");
  CHECK(lex("// LAYER 3\r\n").layer == 3);
}

TEST_CASE("a byte order mark before a text is no part of it", "[schema][lexer]") {
  lexed const read = lex("\xef\xbb\xbf// LAYER 7\na = A;");
  CHECK(read.problems.empty());
  CHECK(read.layer == 7);
  CHECK(lex("\xef\xbb\xbf"
            "a = A;")
            .tokens.front()
            .at == position{1, 1});
  CHECK_FALSE(lex("a \xef\xbb\xbf= A;").problems.empty());
  CHECK_FALSE(lex("\xef\xbb").problems.empty());
}

}  // namespace
