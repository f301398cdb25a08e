// SPDX-License-Identifier: MIT OR Apache-2.0
#include "id_finder.hpp"

#include "reader.hpp"

#include <algorithm>
#include <iterator>

namespace mtp::MTP_ABI::testing::transcoding {

using tl::schema::type_kind;

namespace {

constexpr std::string_view names_of_users[] = {"actor_id",
                                               "admin_id",
                                               "approved_by",
                                               "auto_setting_from",
                                               "author_id",
                                               "bot_id",
                                               "bot_manager_id",
                                               "business_bot_id",
                                               "contact_id",
                                               "exclude_users",
                                               "guard_bot_id",
                                               "inviter_id",
                                               "kicked_by",
                                               "new_creator_id",
                                               "participant_id",
                                               "promoted_by",
                                               "receiver_id",
                                               "recent_requesters",
                                               "recent_viewers",
                                               "requested_by",
                                               "top_bidders",
                                               "user_id",
                                               "users",
                                               "via_bot_id",
                                               "via_business_bot_id",
                                               "winners"};
constexpr std::string_view names_of_chats[] = {"chat_id", "chats", "migrated_from_chat_id"};

template <std::size_t N>
bool is_one_of(std::string_view const (&names)[N], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

constexpr transcode_limits usual_limits;

}  // namespace

/// One way through one value.
class id_finder::walk {
 public:
  walk(id_finder const& by, bytes_view data) : by_(by), in_(by.layout_, data, usual_limits) {}

  named_ids go() {
    std::uint32_t id = 0;
    std::uint32_t count = 1;
    bool good = in_.word(id);
    if (id == vector_id) {
      good = good && in_.word(count);
    } else {
      in_.go_to(0);
    }
    for (std::uint32_t i = 0; good && i < count; ++i) good = boxed(any_object);
    return std::move(found_);
  }

 private:
  bool boxed(node const& wanted) {
    index definition = none;
    return in_.constructor(wanted, definition) && fields(definition);
  }

  bool fields(index definition) {
    reader::level const deeper(in_);
    auto const& all = by_.layout_.definitions[definition].fields;
    std::vector<std::uint32_t> words(all.size());
    bool good = deeper.allowed();
    for (std::size_t i = 0; good && i < all.size(); ++i) {
      auto const& one = all[i];
      if (one.is_word) {
        good = in_.word(words[i]);
        continue;
      }
      bool const there = !one.conditional() || (words[one.word] & one.mask()) != 0;
      if (there && !one.is_flag) good = value(one.type, by_.roles_[definition][i]);
    }
    return good;
  }

  bool value(index which, role whose) {
    node const& one = by_.layout_.nodes[which];
    switch (one.kind) {
      case type_kind::boxed:
      case type_kind::object: return boxed(one);
      case type_kind::constructor: return one.of == none ? in_.skip(which) : fields(one.of);
      case type_kind::vector: return list(one, whose);
      case type_kind::int64: return number(whose);
      default: return in_.skip(which);
    }
  }

  bool list(node const& of, role whose) {
    std::uint32_t count = 0;
    reader::level const deeper(in_);
    bool good = deeper.allowed() && in_.list(of, count);
    for (std::uint32_t i = 0; good && i < count; ++i) good = value(of.of, whose);
    return good;
  }

  bool number(role whose) {
    std::int64_t id = 0;
    if (!in_.number(id)) return false;
    if (whose == role::user) found_.users.push_back(id);
    if (whose == role::chat) found_.chats.push_back(id);
    return true;
  }

  id_finder const& by_;
  reader in_;
  named_ids found_;
};

id_finder::id_finder(std::shared_ptr<tl::schema::document const> schema)
    : layout_(std::move(schema)) {
  for (auto const& one : layout_.text->definitions()) {
    auto& roles = roles_.emplace_back();
    for (auto const& field : one.fields) roles.push_back(role_of(field));
  }
}

id_finder::role id_finder::role_of(tl::schema::field const& field) const {
  auto const& type = field.type;
  bool const many = type.kind == type_kind::vector;
  if ((many ? type.element().kind : type.kind) != type_kind::int64) return role::nobody;
  if (is_one_of(names_of_users, field.name)) return role::user;
  return is_one_of(names_of_chats, field.name) ? role::chat : role::nobody;
}

named_ids id_finder::in(bytes_view value) const { return walk(*this, value).go(); }

}  // namespace mtp::MTP_ABI::testing::transcoding
