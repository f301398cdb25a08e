// SPDX-License-Identifier: MIT OR Apache-2.0
#include "traits.hpp"

#include "emit.hpp"
#include "names.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace tlgen {
namespace {

/// Whether `name` is the verb, or begins with it as a word of its own.
bool begins_with_verb(std::string_view name, std::string_view verb) {
  if (!name.starts_with(verb)) return false;
  return name.size() == verb.size() ||
         std::isupper(static_cast<unsigned char>(name[verb.size()])) != 0;
}

bool is_read(std::string_view name) {
  constexpr std::string_view verbs[] = {"get", "search", "check", "resolve"};
  return std::any_of(std::begin(verbs), std::end(verbs),
                     [&](std::string_view verb) { return begins_with_verb(name, verb); });
}

/// A number of 64 bits, or one for each part, by which the servers know a repeated call.
bool has_random_id(schema::definition const& function) {
  auto const* const found = function.find_field("random_id");
  if (!found || found->when) return false;
  auto const& type = found->type;
  auto const& number = type.kind == schema::type_kind::vector ? type.element() : type;
  return number.kind == schema::type_kind::int64;
}

bool wraps(schema::definition const& function) {
  return std::any_of(function.fields.begin(), function.fields.end(), [](schema::field const& one) {
    return one.type.kind == schema::type_kind::function;
  });
}

/// Sets what a word like "-repeatable" says. False when it says nothing, or nothing new.
bool correct(traits& to, std::string const& word) {
  bool const wanted = word.front() == '+';
  std::string const name = word.substr(1);
  bool* const place = name == "repeatable"     ? &to.repeatable
                      : name == "compressible" ? &to.compressible
                                               : nullptr;
  return place && std::exchange(*place, wanted) != wanted;
}

/// Corrects what the rules say.
class corrector {
 public:
  explicit corrector(std::map<std::string, traits>& to) : to_(to) {}

  /// What is wrong with a line; empty when it was applied.
  std::string apply(std::string const& line) {
    std::istringstream words(line);
    std::string name;
    std::string word;
    words >> name;
    auto const found = to_.find(name);
    if (found == to_.end()) return name + " is no function of the schema";
    if (!corrected_.insert(name).second) return name + " was corrected before";
    bool changed = false;
    while (words >> word && (word.front() == '+' || word.front() == '-')) {
      if (!correct(found->second, word)) return name + ": " + word + " is no trait, or no change";
      changed = true;
    }
    if (!changed || !words) return name + ": a correction is a name, traits with + or -, a reason";
    return {};
  }

 private:
  std::map<std::string, traits>& to_;
  std::set<std::string> corrected_;
};

std::string entry_of(schema::definition const& of, traits const& has) {
  auto const word = [](bool value) { return value ? "true" : "false"; };
  return "    {" + hex(of.id) + ", " + word(has.repeatable) + ", " + word(has.compressible) + ", " +
         word(wraps(of)) + "},  // " + of.full_name() + "\n";
}

}  // namespace

traits traits_by_rule(schema::definition const& function) {
  return {.repeatable = is_read(function.name.name) || has_random_id(function)};
}

std::map<std::string, traits> traits_of(schema::document const& of, std::string_view corrections,
                                        std::string const& file) {
  std::map<std::string, traits> out;
  for (auto const& one : of.definitions()) {
    if (one.is_function()) out.emplace(one.full_name(), traits_by_rule(one));
  }
  corrector corrections_to(out);
  std::istringstream lines{std::string(corrections)};
  std::string problems;
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (line.empty() || line.starts_with("//")) continue;
    auto const problem = corrections_to.apply(line);
    if (!problem.empty())
      problems += "\n" + file + ":" + std::to_string(number) + ": error: " + problem;
  }
  if (!problems.empty()) throw std::runtime_error("the list of traits is wrong" + problems);
  return out;
}

void emit_traits(model const& from, std::map<std::string, traits> const& of, output& to) {
  std::vector<schema::definition const*> functions;
  for (auto const& one : from.document().definitions()) {
    if (one.is_function()) functions.push_back(&one);
  }
  auto const by_id = [](auto const* a, auto const* b) { return a->id < b->id; };
  std::sort(functions.begin(), functions.end(), by_id);
  std::string entries;
  for (auto const* one : functions) entries += entry_of(*one, of.at(one->full_name()));
  std::string const name = "traits_of_" + from.where().set;
  std::string const type = "std::span<traits_entry const> const ";
  to.add("src/" + from.where().set + "/traits.cpp",
         banner(from.where().source, from.document().layer()) +
             "#include \"tl/codec/traits.hpp\"\n\nnamespace mtp::MTP_ABI::tl::codec {\nnamespace "
             "{\n\n" +
             table_text("traits_entry", "entries", entries) + "}  // namespace\n\n" + "extern " +
             type + name + ";\nconstinit " + type + name +
             " = entries;\n\n}  // namespace mtp::MTP_ABI::tl::codec\n");
}

}  // namespace tlgen
