// SPDX-License-Identifier: MIT OR Apache-2.0
#include "emit.hpp"
#include "names.hpp"

#include <mtp/core/config.hpp>

#include <algorithm>
#include <functional>

namespace tlgen {
namespace {

/// Puts declarations into their namespaces, opening and closing as few as possible.
class namespaces {
 public:
  namespaces(model const& from, std::string& out) : from_(from), out_(out) {}
  ~namespaces() { close(); }
  void in(std::string_view space) {
    if (open_ && space == space_) return;
    close();
    out_ += "namespace " + from_.open_namespace(space) + " {\n";
    open_ = true;
    space_ = space;
  }
  void close() {
    if (open_) out_ += "}  // namespace " + from_.open_namespace(space_) + "\n";
    open_ = false;
  }

 private:
  model const& from_;
  std::string& out_;
  std::string space_;
  bool open_ = false;
};

std::string top(model const& from) {
  return banner(from.where().source, from.document().layer()) + "#pragma once\n\n";
}

/// Headers of one version of the library must not meet sources of another.
std::string version_guard() {
  std::string const version = std::to_string(MTP_VERSION);
  return "#if MTP_VERSION != " + version +
         "\n#error \"generated for another version of mtp: configure anew\"\n#endif\n\n";
}

std::string include(std::string const& path) { return "#include <" + path + ">\n"; }

/// Types whose structs stand by value in a struct.
std::set<family const*> held(record const& of) {
  std::set<family const*> out;
  for (auto const& one : of.fields) {
    if (one.value.form == wire::record && !one.boxed && one.value.of->made != of.made)
      out.insert(one.value.of->made);
  }
  return out;
}

std::string includes(model const& from, std::set<family const*> const& needed) {
  std::set<std::string> paths;
  for (auto const* one : needed) paths.insert(from.where().headers + "/types/" + one->header());
  std::string out;
  for (auto const& path : paths) out += include(path);
  return out;
}

std::string runtime_includes() {
  return "#include <mtp/core/bytes.hpp>\n#include <mtp/core/config.hpp>\n#include "
         "<mtp/tl/box.hpp>\n#include <mtp/tl/handle.hpp>\n"
         "#include <mtp/tl/list.hpp>\n#include <mtp/tl/string.hpp>\n\n#include <cstdint>\n#include "
         "<optional>\n"
         "#include <string_view>\n\n" +
         version_guard();
}

std::vector<record const*> sorted_records(model const& from, bool functions) {
  std::vector<record const*> out;
  for (auto const& one : from.records()) {
    if (one.of->is_function() == functions) out.push_back(&one);
  }
  std::sort(out.begin(), out.end(), [](auto* a, auto* b) {
    return std::tie(a->space, a->name) < std::tie(b->space, b->name);
  });
  return out;
}

std::vector<family const*> sorted_families(model const& from) {
  std::vector<family const*> out;
  for (auto const& one : from.families()) out.push_back(&one);
  std::sort(out.begin(), out.end(), [](auto* a, auto* b) {
    return std::tie(a->space, a->name) < std::tie(b->space, b->name);
  });
  return out;
}

/// Declarations of all structs, definitions of all handles, aliases of types with one constructor.
std::string forward_text(model const& from) {
  std::string out;
  namespaces place(from, out);
  if (int const layer = from.document().layer(); layer != 0) {
    place.in("");
    out +=
        "/// The layer of the schema that these types come from.\ninline constexpr int layer = " +
        std::to_string(layer) + ";\n";
  }
  for (auto const* one : sorted_records(from, false)) {
    place.in(one->space);
    out += "struct " + one->name + ";\n";
  }
  for (auto const* one : sorted_records(from, true)) {
    place.in(one->space);
    out += "struct " + one->name + ";\n";
  }
  for (auto const* one : sorted_families(from)) {
    place.in(one->space);
    out += one->single() ? "using " + one->name + " = " + one->constructors[0]->cpp + ";\n"
                         : "class " + one->name + ";\n";
  }
  for (auto const* one : sorted_families(from)) {
    if (one->single()) continue;
    place.in(one->space);
    out += handle_text(*one);
  }
  place.close();
  return out;
}

/// The structs of a type, those first that others hold by value.
std::string family_text(model const& from, family const& of) {
  std::string out;
  namespaces place(from, out);
  for (auto const* one : of.constructors) {
    place.in(one->space);
    out += struct_text(*one);
  }
  place.close();
  if (!of.single()) out += visit_text(of);
  return out;
}

/// Records whose result is no type of their own (`Object`): they stand beside the functions.
std::string loose_text(model const& from) {
  std::string out;
  namespaces place(from, out);
  for (auto const* one : sorted_records(from, false)) {
    if (one->made) continue;
    place.in(one->space);
    out += struct_text(*one);
  }
  place.close();
  return out;
}

std::string functions_text(model const& from, std::string const& space) {
  std::string out;
  namespaces place(from, out);
  for (auto const* one : sorted_records(from, true)) {
    if (one->space != space) continue;
    place.in(space);
    out += struct_text(*one);
  }
  place.close();
  return out;
}

std::set<std::string> function_spaces(model const& from) {
  std::set<std::string> out;
  for (auto const* one : sorted_records(from, true)) out.insert(one->space);
  return out;
}

std::string codec_includes() {
  return "#include <mtp/tl/decode.hpp>\n#include <mtp/tl/encode.hpp>\n#include "
         "<mtp/tl/function.hpp>\n"
         "#include <mtp/tl/to_text.hpp>\n\n";
}

/// Everything in one header: for small schemas.
std::string whole_text(model const& from) {
  std::string out = top(from) + codec_includes() + runtime_includes() + forward_text(from);
  std::set<family const*> done;
  std::function<void(family const*)> const add = [&](family const* one) {
    if (!done.insert(one).second) return;
    for (auto const* made : one->constructors) {
      for (auto const* needed : held(*made)) add(needed);
    }
    out += family_text(from, *one);
  };
  for (auto const* one : sorted_families(from)) add(one);
  out += loose_text(from);
  for (auto const& space : function_spaces(from)) out += functions_text(from, space);
  return out;
}

std::string function_header(std::string const& space) {
  return (space.empty() ? "root" : space) + ".hpp";
}

void emit_many(model const& from, output& to) {
  std::string const& folder = from.where().headers;
  std::string const base = "include/" + folder + "/";
  std::string const forward = folder + "/forward.hpp";
  to.add("include/" + forward, top(from) + runtime_includes() + forward_text(from));
  std::string types = top(from) + codec_includes() + include(forward);
  for (auto const* one : sorted_families(from)) {
    std::set<family const*> needed;
    for (auto const* made : one->constructors) needed.merge(held(*made));
    to.add(base + "types/" + one->header(),
           top(from) + include(forward) + includes(from, needed) + "\n" + family_text(from, *one));
    types += include(folder + "/types/" + one->header());
  }
  to.add(base + from.where().set + "_types.hpp", types);
  std::string all = top(from) + include(folder + "/" + from.where().set + "_types.hpp");
  for (auto const& space : function_spaces(from)) {
    std::set<family const*> needed;
    for (auto const* one : sorted_records(from, true)) {
      if (one->space == space) needed.merge(held(*one));
    }
    to.add(
        base + "functions/" + function_header(space),
        top(from) + include(forward) + includes(from, needed) + "\n" + functions_text(from, space));
    all += include(folder + "/functions/" + function_header(space));
  }
  to.add(base + from.where().set + ".hpp", all);
}

}  // namespace

void emit_headers(model const& from, output& to) {
  if (from.where().one_header) {
    to.add("include/" + from.where().headers + "/" + from.where().set + ".hpp", whole_text(from));
  } else {
    emit_many(from, to);
  }
}

}  // namespace tlgen
