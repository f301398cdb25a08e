// SPDX-License-Identifier: MIT OR Apache-2.0
#include "order.hpp"

#include <mtp/tl/schema/compare.hpp>
#include <mtp/tl/schema/print.hpp>

#include <algorithm>
#include <set>
#include <utility>

// A patch is read by lines: one declaration, or one `-name`, on each.

namespace mtp::MTP_ABI::tl::schema {
namespace {

constexpr std::string_view types_line = "---types---";
constexpr std::string_view functions_line = "---functions---";

using name_in_section = std::pair<category, std::string>;

/// The text for the parser: the lines of the patch, which keep their places, then what stays.
class composer {
 public:
  composer(document const& base, std::string_view patch, std::string_view file)
      : base_(base), file_(file) {
    while (!patch.empty()) {
      auto const end = std::min(patch.find('\n'), patch.size());
      read_line(patch.substr(0, end));
      patch.remove_prefix(std::min(end + 1, patch.size()));
    }
    for (category const section : {category::type, category::function}) append_rest(section);
  }

  std::string text;
  std::vector<diagnostic> problems;

 private:
  void read_line(std::string_view line) {
    ++at_.line;
    if (line == types_line) section_ = category::type;
    if (line == functions_line) section_ = category::function;
    bool const removes = line.starts_with('-') && !line.starts_with("---");
    if (removes) {
      remove(line.substr(1));
    } else {
      replaced_.emplace(section_, line.substr(0, line.find_first_of("# ")));
      text.append(line);
    }
    text += '\n';
  }

  void remove(std::string_view name) {
    bool const known = section_ == category::function ? base_.find_function(name) != nullptr
                                                      : base_.find_constructor(name) != nullptr;
    if (!known)
      problems.push_back({problem::unknown_name, severity::error, std::string(file_), at_,
                          "there is no `" + std::string(name) + "` to remove"});
    replaced_.emplace(section_, name);
  }

  void append_rest(category section) {
    text.append(section == category::type ? types_line : functions_line) += '\n';
    for (auto const& one : base_.definitions()) {
      if (one.section == section && !replaced_.contains({section, one.full_name()}))
        text += print(one) + '\n';
    }
  }

  document const& base_;
  std::string_view file_;
  std::set<name_in_section> replaced_;
  category section_ = category::type;
  position at_{0, 1};
};

}  // namespace

parsed apply_patch(document const& base, std::string_view patch, parse_options const& options) {
  composer made(base, patch, options.file);
  parsed out = parse(made.text, options);
  out.problems.insert(out.problems.begin(), made.problems.begin(), made.problems.end());
  std::vector<definition> sorted = out.schema.definitions();
  std::sort(sorted.begin(), sorted.end(), in_own_order);
  out.schema = document(out.schema.layer(), std::move(sorted));
  return out;
}

}  // namespace mtp::MTP_ABI::tl::schema
