// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/tl/schema/parse.hpp>

#include "lexer.hpp"
#include "parser.hpp"

#include <mtp/tl/schema/print.hpp>

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace mtp::MTP_ABI::tl::schema {
namespace {

std::string hash_id(std::uint32_t id) {
  std::string out = "#";
  constexpr std::string_view digits = "0123456789abcdef";
  for (int shift = 28; shift >= 0; shift -= 4) out += digits[id >> shift & 15];
  return out;
}

std::string at_text(position at) { return "line " + std::to_string(at.line); }

/// The rules that concern declarations among each other, and ids.
class checker {
 public:
  checker(declarations read, int layer, parse_options const& options)
      : read_(std::move(read)),
        layer_(layer),
        options_(options),
        used_(options.exceptions.size()) {}

  parsed run() {
    for (auto& one : read_.good) give_id(one);
    find_duplicates();
    whole_ = document(layer_, std::move(read_.good));
    drop_unknown_types();
    find_needless_exceptions();
    return {document(layer_, usable()), std::move(read_.problems)};
  }

 private:
  void report(problem what, severity level, position at, std::string message) {
    read_.problems.push_back({what, level, {}, at, std::move(message)});
  }

  void give_id(definition& one) {
    std::uint32_t const computed = computed_id(one);
    one.id = one.printed_id.value_or(computed);
    if (one.id == computed || is_exception(one)) return;
    report(problem::id_mismatch, options_.id_mismatch, one.at,
           "the printed id " + hash_id(one.id) + " of `" + one.full_name() +
               "` does not follow from its text, which gives " + hash_id(computed));
  }

  bool is_exception(definition const& one) {
    for (std::size_t i = 0; i < options_.exceptions.size(); ++i) {
      id_exception const& each = options_.exceptions[i];
      if (each.id == one.id && each.name == one.full_name()) return used_[i] = true;
    }
    return false;
  }

  void find_duplicates() {
    std::unordered_map<std::uint32_t, definition const*> ids;
    std::unordered_map<std::string, definition const*> names[2];
    bad_.resize(read_.good.size());
    for (std::size_t i = 0; i < read_.good.size(); ++i) {
      definition const& one = read_.good[i];
      auto const [same_id, new_id] = ids.try_emplace(one.id, &one);
      auto const [same_name, new_name] =
          names[one.is_function()].try_emplace(one.full_name(), &one);
      bad_[i] = !new_id || !new_name;
      if (!new_name)
        report(
            problem::duplicate_name, severity::error, one.at,
            "`" + one.full_name() + "` is declared already, in " + at_text(same_name->second->at));
      else if (!new_id)
        report(problem::duplicate_id, severity::error, one.at,
               "the id " + hash_id(one.id) + " of `" + one.full_name() + "` belongs to `" +
                   same_id->second->full_name() + "` already, in " + at_text(same_id->second->at));
    }
  }

  void drop_unknown_types() {
    for (std::size_t i = 0; i < bad_.size(); ++i) {
      definition const& one = whole_[i];
      bool good = !one.is_function() || is_known(one.result);
      for (auto const& each : one.fields) good = is_known(each.type) && good;
      if (!good) bad_[i] = true;
    }
  }

  /// False when a declaration cannot be used because of this type.
  bool is_known(type_ref const& type) {
    bool good = true;
    for (auto const& argument : type.arguments) good = is_known(argument) && good;
    if (type.kind == type_kind::constructor) return is_known_bare(type) && good;
    if (type.kind != type_kind::boxed) return good;
    return whole_.find_type(type.name.full()) != nullptr ? good : unknown(type) && good;
  }

  bool is_known_bare(type_ref const& type) {
    if (whole_.resolve_bare(type) != nullptr) return true;
    if (whole_.find_type(type.name.full()) == nullptr || !type.percent) return unknown(type);
    report(problem::ambiguous_bare_type, severity::error, type.at,
           "`%" + type.name.full() + "` means nothing: the type has several constructors");
    return false;
  }

  bool unknown(type_ref const& type) {
    if (read_.excused.contains(type.name.full())) return false;
    report(problem::unknown_type, options_.unknown_type, type.at,
           "nothing here makes a `" + type.name.full() + "`");
    return options_.unknown_type != severity::error;
  }

  void find_needless_exceptions() {
    for (std::size_t i = 0; i < used_.size(); ++i) {
      if (used_[i]) continue;
      id_exception const& one = options_.exceptions[i];
      read_.problems.push_back(
          {problem::needless_exception, severity::error, std::string(options_.exceptions_file),
           one.at, "nothing needs an exception for `" + one.name + hash_id(one.id) + "`"});
    }
  }

  std::vector<definition> usable() const {
    std::vector<definition> out;
    for (std::size_t i = 0; i < bad_.size(); ++i) {
      if (!bad_[i]) out.push_back(whole_[i]);
    }
    return out;
  }

  declarations read_;
  int layer_;
  parse_options const& options_;
  std::vector<bool> used_;
  std::vector<bool> bad_;
  document whole_;
};

void name_and_sort(std::vector<diagnostic>& problems, std::string_view file) {
  for (auto& one : problems) {
    if (one.file.empty()) one.file = file;
  }
  auto const earlier = [&](diagnostic const& a, diagnostic const& b) {
    bool const a_here = a.file == file;
    bool const b_here = b.file == file;
    return a_here != b_here ? a_here : std::tie(a.at, a.what) < std::tie(b.at, b.what);
  };
  std::sort(problems.begin(), problems.end(), earlier);
}

}  // namespace

parsed parse(std::string_view text, parse_options const& options) {
  lexed read = lex(text);
  declarations found = parse_declarations(read.tokens);
  found.problems.insert(found.problems.end(), read.problems.begin(), read.problems.end());
  parsed out = checker(std::move(found), read.layer.value_or(0), options).run();
  name_and_sort(out.problems, options.file);
  return out;
}

}  // namespace mtp::MTP_ABI::tl::schema
