// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/tl/schema/document.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::tl::schema {

bool same(type_ref const& a, type_ref const& b) {
  return a.kind == b.kind && a.name == b.name && a.bare == b.bare && a.percent == b.percent &&
         std::equal(a.arguments.begin(), a.arguments.end(), b.arguments.begin(), b.arguments.end(),
                    same);
}

field const* definition::find_field(std::string_view wanted) const {
  auto const named = [wanted](field const& one) { return one.name == wanted; };
  auto const found = std::find_if(fields.begin(), fields.end(), named);
  return found == fields.end() ? nullptr : &*found;
}

document::document(int layer, std::vector<definition> definitions)
    : layer_(layer), definitions_(std::move(definitions)) {
  for (std::size_t i = 0; i < definitions_.size(); ++i) {
    definition const& one = definitions_[i];
    ids_.try_emplace(one.id, i);
    (one.is_function() ? functions_ : constructors_).try_emplace(one.full_name(), i);
    if (!one.is_function()) add_to_type(i);
  }
}

void document::add_to_type(std::size_t index) {
  qualified_name const& name = definitions_[index].result.name;
  auto const [place, is_new] = type_names_.try_emplace(name.full(), types_.size());
  if (is_new) types_.push_back({name, {}});
  types_[place->second].constructors.push_back(index);
}

definition const* document::find_id(std::uint32_t id) const {
  auto const found = ids_.find(id);
  return found == ids_.end() ? nullptr : &definitions_[found->second];
}

definition const* document::find_in(by_name<std::size_t> const& where,
                                    std::string_view name) const {
  auto const found = where.find(name);
  return found == where.end() ? nullptr : &definitions_[found->second];
}

definition const* document::find_constructor(std::string_view full_name) const {
  return find_in(constructors_, full_name);
}

definition const* document::find_function(std::string_view full_name) const {
  return find_in(functions_, full_name);
}

boxed_type const* document::find_type(std::string_view full_name) const {
  auto const found = type_names_.find(full_name);
  return found == type_names_.end() ? nullptr : &types_[found->second];
}

definition const* document::resolve_bare(type_ref const& bare) const {
  if (!bare.percent) return find_constructor(bare.name.full());
  boxed_type const* const type = find_type(bare.name.full());
  if (type == nullptr || type->constructors.size() != 1) return nullptr;
  return &definitions_[type->constructors.front()];
}

counts document::counts() const {
  schema::counts out;
  for (auto const& one : definitions_) ++(one.is_function() ? out.functions : out.constructors);
  out.types = types_.size();
  return out;
}

std::map<std::string, std::size_t> document::functions_by_namespace() const {
  std::map<std::string, std::size_t> out;
  for (auto const& one : definitions_) {
    if (one.is_function()) ++out[one.name.space];
  }
  return out;
}

}  // namespace mtp::MTP_ABI::tl::schema
