// SPDX-License-Identifier: MIT OR Apache-2.0
#include "parser.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace mtp::MTP_ABI::tl::schema {
namespace {

constexpr std::size_t max_type_depth = 16;
/// Fields, or type variables, of one declaration; the longest of the API has fewer than a hundred.
constexpr std::size_t max_parts = 1000;

struct builtin_type {
  std::string_view name;
  type_kind kind;
};

constexpr std::array builtins = {
    builtin_type{"int", type_kind::int32},      builtin_type{"long", type_kind::int64},
    builtin_type{"double", type_kind::float64}, builtin_type{"int128", type_kind::int128},
    builtin_type{"int256", type_kind::int256},  builtin_type{"string", type_kind::string},
    builtin_type{"bytes", type_kind::bytes},    builtin_type{"true", type_kind::truth},
    builtin_type{"Bool", type_kind::boolean},   builtin_type{"Object", type_kind::object},
    builtin_type{"vector", type_kind::vector},  builtin_type{"Vector", type_kind::vector},
};

bool is_upper(std::string_view name) { return name.front() >= 'A' && name.front() <= 'Z'; }

bool contains(std::vector<std::string> const& list, std::string const& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

/// Recursive descent over the tokens. Each part returns false once it has reported an error; the
/// declaration is then left out.
class parser {
 public:
  explicit parser(std::vector<token> const& tokens) : tokens_(tokens) {}

  declarations run() {
    while (now().kind != token_kind::end) {
      if (now().kind == token_kind::types || now().kind == token_kind::functions) {
        section_ = next().kind == token_kind::types ? category::type : category::function;
      } else {
        declaration();
      }
    }
    return std::move(out_);
  }

 private:
  token const& now() const { return tokens_[here_]; }
  token const& ahead(std::size_t by) const {
    return tokens_[std::min(here_ + by, tokens_.size() - 1)];
  }
  token const& next() {
    token const& taken = now();
    if (taken.kind != token_kind::end) ++here_;
    return taken;
  }
  bool accept(char symbol) {
    if (!now().is(symbol)) return false;
    next();
    return true;
  }

  bool report(problem what, position at, std::string message) {
    out_.problems.push_back({what, severity::error, {}, at, std::move(message)});
    return false;
  }
  bool unexpected(std::string const& wanted) {
    if (now().kind == token_kind::end)
      return report(problem::unexpected_end, now().at,
                    "the text ends where " + wanted + " is expected");
    return report(problem::unexpected_token, now().at,
                  wanted + " is expected, not `" + std::string(now().text) + "`");
  }
  bool expect(char symbol) { return accept(symbol) || unexpected(std::string("`") + symbol + '`'); }

  void declaration() {
    std::size_t const from = here_;
    definition_ = {};
    definition_.section = section_;
    definition_.at = now().at;
    if (head() && body() && result() && expect(';')) {
      out_.good.push_back(std::move(definition_));
    } else {
      recover(from);
    }
  }

  /// Goes behind the next `;`, and notes what the declaration would have declared.
  void recover(std::size_t from) {
    bool const already_behind = here_ > from && tokens_[here_ - 1].is(';');
    while (!already_behind && !at_border() && !accept(';')) next();
    if (here_ == from) next();
    if (!definition_.name.name.empty()) out_.excused.insert(definition_.full_name());
    for (std::size_t i = from; i + 1 < here_; ++i) {
      if (tokens_[i].is('=')) excuse(i + 1);
    }
  }
  bool at_border() const {
    return now().kind == token_kind::end || now().kind == token_kind::types ||
           now().kind == token_kind::functions;
  }
  void excuse(std::size_t at) {
    std::string name(tokens_[at].text);
    if (at + 2 < tokens_.size() && tokens_[at + 1].is('.'))
      name += '.' + std::string(tokens_[at + 2].text);
    out_.excused.insert(std::move(name));
  }

  bool full_name(qualified_name& out, std::string const& wanted) {
    if (now().kind != token_kind::name) return unexpected(wanted);
    out.name = next().text;
    if (!accept('.')) return true;
    if (now().kind != token_kind::name) return unexpected(wanted);
    out.space = std::exchange(out.name, std::string(next().text));
    return true;
  }

  bool head() {
    if (!full_name(definition_.name, "the name of a declaration")) return false;
    if (is_upper(definition_.name.name))
      return report(problem::bad_name, definition_.at,
                    "`" + definition_.full_name() +
                        "` is no name of a constructor or function: it starts in upper case");
    return printed_id() && variables();
  }

  bool printed_id() {
    if (now().kind != token_kind::id) return true;
    definition_.printed_id = parse_id(now().text);
    if (!definition_.printed_id)
      return report(problem::bad_id, now().at,
                    "an id is one to eight hexadecimal digits and not zero, not `" +
                        std::string(now().text) + "`");
    next();
    return true;
  }

  bool variables() {
    while (accept('{')) {
      if (now().kind != token_kind::name) return unexpected("the name of a type variable");
      token const& variable = next();
      if (definition_.variables.size() == max_parts)
        return report(problem::too_long, variable.at, "too many type variables");
      if (contains(definition_.variables, std::string(variable.text)))
        return report(problem::duplicate_variable, variable.at,
                      "the type variable `" + std::string(variable.text) + "` is declared twice");
      definition_.variables.emplace_back(variable.text);
      if (!expect(':')) return false;
      if (now().text != "Type") return unexpected("`Type`");
      next();
      if (!expect('}')) return false;
    }
    return true;
  }

  bool body() {
    if (accept('?')) return special(body_form::opaque);
    if (now().is('#') && ahead(1).is('[')) {
      next();
      return special(body_form::counted) && element();
    }
    if (now().kind == token_kind::number) return tuple();
    while (!now().is('=')) {
      if (!one_field()) return false;
    }
    return true;
  }

  bool special(body_form form) {
    definition_.form = form;
    return true;
  }

  bool tuple() {
    if (!number(definition_.tuple_size)) return unexpected("the size of a tuple");
    next();
    return special(body_form::tuple) && expect('*') && element();
  }

  bool number(std::uint32_t& out) const {
    std::string_view const text = now().text;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return now().kind == token_kind::number && error == std::errc{} &&
           end == text.data() + text.size();
  }

  bool element() {
    if (!expect('[')) return false;
    if (now().kind != token_kind::name) return unexpected("the type of the elements");
    definition_.element = next().text;
    return expect(']');
  }

  bool one_field() {
    field out;
    out.at = now().at;
    if (now().kind != token_kind::name) return unexpected("a field or `=`");
    out.name = next().text;
    if (definition_.fields.size() == max_parts)
      return report(problem::too_long, out.at, "too many fields in one declaration");
    if (definition_.find_field(out.name) != nullptr)
      return report(problem::duplicate_field, out.at,
                    "the field `" + out.name + "` is declared twice");
    if (!expect(':') || !flag_condition(out) || !type(out.type, 0)) return false;
    definition_.fields.push_back(std::move(out));
    return true;
  }

  /// `flags.3?`. Namespaces have no digits behind the dot.
  bool flag_condition(field& out) {
    bool const there =
        now().kind == token_kind::name && ahead(1).is('.') && ahead(2).kind == token_kind::number;
    if (!there) return true;
    condition when;
    position const at = now().at;
    when.word = next().text;
    next();
    std::uint32_t bit = 0;
    if (!number(bit) || bit > 31)
      return report(problem::bit_out_of_range, now().at,
                    "`" + std::string(now().text) + "` is no bit of a flag word (0 to 31)");
    when.bit = bit;
    next();
    if (!expect('?') || !find_word(when, at)) return false;
    out.when = std::move(when);
    return true;
  }

  bool find_word(condition& when, position at) {
    for (std::size_t i = 0; i < definition_.fields.size(); ++i) {
      if (definition_.fields[i].name != when.word || !definition_.fields[i].is_flag_word())
        continue;
      when.word_index = i;
      return true;
    }
    return report(problem::unknown_flag_word, at,
                  "no earlier field `" + when.word + ":#` holds this flag");
  }

  bool type(type_ref& out, std::size_t depth) {
    out.at = now().at;
    if (depth > max_type_depth)
      return report(problem::too_deep, out.at, "this type is nested too deeply");
    if (accept('#')) {
      out.kind = type_kind::flag_word;
      out.name.name = "#";
      out.bare = true;
      return depth == 0 || report(problem::bad_arguments, out.at, "`#` is no element of anything");
    }
    if (accept('!')) return function_type(out);
    out.percent = accept('%');
    if (!full_name(out.name, "a type")) return false;
    classify(out);
    return arguments(out, depth);
  }

  /// `!X`, where X is a declared variable.
  bool function_type(type_ref& out) {
    if (!full_name(out.name, "a type variable")) return false;
    out.kind = type_kind::function;
    if (contains(definition_.variables, out.name.full())) return true;
    return report(problem::unknown_variable, out.at,
                  "no type variable `" + out.name.full() + "` is declared");
  }

  void classify(type_ref& out) const {
    bool const root = out.name.space.empty();
    out.bare = out.percent || !is_upper(out.name.name);
    out.kind = out.bare ? type_kind::constructor : type_kind::boxed;
    if (root && contains(definition_.variables, out.name.name)) {
      out.kind = type_kind::variable;
    } else if (root && !out.percent) {
      auto const known =
          std::find_if(builtins.begin(), builtins.end(),
                       [&](builtin_type const& one) { return one.name == out.name.name; });
      if (known != builtins.end()) out.kind = known->kind;
    }
  }

  bool arguments(type_ref& out, std::size_t depth) {
    if (accept('<')) {
      do {
        if (!argument(out, depth)) return false;
      } while (accept(','));
      if (!expect('>')) return false;
    } else if (out.kind == type_kind::vector && argument_follows()) {
      if (!argument(out, depth)) return false;
    }
    std::size_t const wanted = out.kind == type_kind::vector ? 1 : 0;
    if (out.arguments.size() == wanted) return true;
    return report(problem::bad_arguments, out.at,
                  wanted == 1 ? "a vector has one type of elements"
                              : "`" + out.name.full() + "` takes no arguments");
  }

  bool argument(type_ref& out, std::size_t depth) {
    return type(out.arguments.emplace_back(), depth + 1);
  }

  /// `Vector t`, written with a blank: the next word is no field.
  bool argument_follows() const {
    return now().is('%') || (now().kind == token_kind::name && !ahead(1).is(':'));
  }

  bool result() {
    if (!expect('=')) return false;
    if (!type(definition_.result, 0)) return false;
    type_ref const& made = definition_.result;
    bool const call = definition_.is_function();
    bool const special_form = definition_.form == body_form::counted;
    bool const good = call ? !made.bare || made.kind == type_kind::variable
                           : made.kind == type_kind::boxed || made.kind == type_kind::boolean ||
                                 made.kind == type_kind::object || (special_form && !made.bare);
    if (good && made.kind != type_kind::function) return true;
    return report(problem::bad_name, made.at,
                  "`" + made.name.full() + "` is no type that a " +
                      (call ? "function answers" : "constructor makes"));
  }

  std::vector<token> const& tokens_;
  std::size_t here_ = 0;
  category section_ = category::type;
  definition definition_;
  declarations out_;
};

}  // namespace

declarations parse_declarations(std::vector<token> const& tokens) { return parser(tokens).run(); }

std::optional<std::uint32_t> parse_id(std::string_view digits) {
  if (digits.empty() || digits.size() > 8) return std::nullopt;
  std::uint32_t id = 0;
  auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id, 16);
  if (error != std::errc{} || end != digits.data() + digits.size() || id == 0) return std::nullopt;
  return id;
}

}  // namespace mtp::MTP_ABI::tl::schema
