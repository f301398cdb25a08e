// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/tl/schema/compare.hpp>
#include <mtp/tl/schema/print.hpp>

namespace mtp::MTP_ABI::tl::schema {
namespace {

constexpr std::string_view functions_heading = "---functions---\n";

std::string name_with_id(definition const& one) {
  std::string const whole = print(one);
  return whole.substr(0, one.full_name().size() + 9);  // `#` and eight digits
}

std::string parts_text(altered_definition const& one, std::string_view quote) {
  std::string out;
  for (auto const& part : changed_parts(one)) {
    if (!out.empty()) out += ", ";
    out.append(quote).append(part).append(quote);
  }
  return out;
}

std::string layer_text(document const& of) {
  return of.layer() == 0 ? "no layer" : "layer " + std::to_string(of.layer());
}

std::string counts_text(document const& of) {
  counts const now = of.counts();
  return std::to_string(now.constructors) + " constructors, " + std::to_string(now.functions) +
         " functions, " + std::to_string(now.types) + " types";
}

/// Constructors and functions of a list, counted apart: "3 constructors, 1 function".
template <class List, class Get>
std::string count_text(List const& list, Get const& definition_in) {
  std::size_t functions = 0;
  for (auto const& one : list) functions += definition_in(one).is_function() ? 1 : 0;
  auto const counted = [](std::size_t count, std::string word) {
    return std::to_string(count) + ' ' + word + (count == 1 ? "" : "s");
  };
  return counted(list.size() - functions, "constructor") + ", " + counted(functions, "function");
}

definition const& itself(definition const* one) { return *one; }
definition const& newer(altered_definition const& one) { return *one.after; }

/// One way to write the lists down.
struct style {
  std::string_view heading;  ///< before the title of a list
  std::string_view item;     ///< before each entry
  std::string_view code;     ///< around each name and part
  std::string_view after_title;
};

constexpr style plain{"\n", "  ", "", "\n"};
constexpr style markdown{"\n**", "* ", "`", "**\n\n"};

class change_printer {
 public:
  change_printer(schema_changes const& changes, style const& how) : changes_(changes), how_(how) {}

  std::string lists() {
    simple("Added", changes_.added);
    simple("Removed", changes_.removed);
    altered("New id", changes_.new_id);
    altered("Same id, other fields", changes_.same_id);
    return std::move(out_);
  }

 private:
  void title(std::string_view text, std::string const& count) {
    out_.append(how_.heading).append(text) += ": " + count;
    out_.append(how_.after_title);
  }

  void begin_item() { out_.append(how_.item).append(how_.code); }
  void end_code() { out_.append(how_.code); }

  void simple(std::string_view text, std::vector<definition const*> const& list) {
    if (list.empty()) return;
    title(text, count_text(list, itself));
    for (auto const* one : list) {
      begin_item();
      out_ += print(*one);
      end_code();
      out_ += '\n';
    }
  }

  void altered(std::string_view text, std::vector<altered_definition> const& list) {
    if (list.empty()) return;
    title(text, count_text(list, newer));
    for (auto const& one : list) {
      begin_item();
      out_ += name_with_id(*one.after);
      end_code();
      out_ += ": " + parts_text(one, how_.code) + '\n';
    }
  }

  schema_changes const& changes_;
  style const& how_;
  std::string out_;
};

std::string from_to(schema_changes const& changes) {
  return layer_text(*changes.before) + " to " + layer_text(*changes.after);
}

}  // namespace

std::string to_text(schema_changes const& changes) {
  return "From " + from_to(changes) + "\n  before: " + counts_text(*changes.before) +
         "\n  after:  " + counts_text(*changes.after) + '\n' +
         change_printer(changes, plain).lists();
}

std::string to_markdown(schema_changes const& changes) {
  return "TL " + from_to(changes) + ": " + counts_text(*changes.after) + ".\n" +
         change_printer(changes, markdown).lists();
}

std::string to_patch(schema_changes const& changes) {
  std::string out =
      "// From " + from_to(changes) + ": `-name` is not there, the rest stands as it is here.\n";
  if (int const layer = changes.after->layer(); layer != 0)
    out += "// LAYER " + std::to_string(layer) + '\n';
  std::vector<definition const*> written = changes.added;
  for (auto const& one : changes.new_id) written.push_back(one.after);
  for (auto const& one : changes.same_id) written.push_back(one.after);
  for (bool const functions : {false, true}) {
    if (functions) out += functions_heading;
    for (auto const* one : changes.removed) {
      if (one->is_function() == functions) out += '-' + one->full_name() + '\n';
    }
    for (auto const* one : written) {
      if (one->is_function() == functions) out += print(*one) + '\n';
    }
  }
  return out;
}

}  // namespace mtp::MTP_ABI::tl::schema
