// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/load.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <string_view>
#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

using nlohmann::json;

/// Reads characters and counts the lines they stand on.
struct counting_iterator {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = char const*;
  using reference = char const&;

  char const* at = nullptr;
  int* line = nullptr;

  reference operator*() const { return *at; }
  counting_iterator& operator++() {
    if (*at == '\n') ++*line;
    ++at;
    return *this;
  }
  bool operator==(counting_iterator const& other) const { return at == other.at; }
  bool operator!=(counting_iterator const& other) const { return at != other.at; }
};

constexpr char const* line_key = "@line";  // where each object remembers its line

struct bad_world {
  int line = 0;
  std::string what = {};
};

json parse_with_lines(std::string_view text) {
  int line = 1;
  std::vector<int> open;
  auto const remember = [&](int, json::parse_event_t event, json& parsed) {
    if (event == json::parse_event_t::object_start) open.push_back(line);
    if (event == json::parse_event_t::object_end) {
      parsed[line_key] = open.back();
      open.pop_back();
    }
    return true;
  };
  return json::parse(counting_iterator{text.data(), &line},
                     counting_iterator{text.data() + text.size(), &line}, remember);
}

/// An object of the document, read with care.
class entry {
 public:
  entry(json const& value, std::string name, int line_above)
      : value_(value), name_(std::move(name)), line_(line_above) {
    if (!value.is_object()) fail(fmt::format("{} must be an object", name_));
    line_ = value.at(line_key).get<int>();
  }

  [[noreturn]] void fail(std::string what) const { throw bad_world{line_, std::move(what)}; }

  /// Refuses every key that is not one of these: a misspelt one would be silently ignored.
  void allow(std::initializer_list<std::string_view> keys) const {
    for (auto const& [key, unused] : value_.items()) {
      bool const known = key == line_key || std::find(keys.begin(), keys.end(), key) != keys.end();
      if (!known) fail(fmt::format("{} has an unknown key \"{}\"", name_, key));
    }
  }

  std::string text(char const* key) const {
    if (!value_.contains(key)) return {};
    if (!value_[key].is_string()) fail(fmt::format("\"{}\" of {} must be a string", key, name_));
    return value_[key].get<std::string>();
  }

  std::int64_t number(char const* key) const {
    if (!value_.contains(key)) return 0;
    if (!value_[key].is_number_integer())
      fail(fmt::format("\"{}\" of {} must be a whole number", key, name_));
    return value_[key].get<std::int64_t>();
  }

  bool flag(char const* key) const {
    if (!value_.contains(key)) return false;
    if (!value_[key].is_boolean())
      fail(fmt::format("\"{}\" of {} must be true or false", key, name_));
    return value_[key].get<bool>();
  }

  /// A number of that range; `usual` when the key is missing.
  std::int32_t small_number(char const* key, std::int32_t usual, std::int32_t least = 1) const {
    if (!value_.contains(key)) return usual;
    auto const n = number(key);
    if (n < least || n > 1'000'000)
      fail(fmt::format("\"{}\" of {} must be between {} and 1000000", key, name_, least));
    return static_cast<std::int32_t>(n);
  }

  json const* object(char const* key) const {
    return value_.contains(key) ? &value_[key] : nullptr;
  }

  json const& list(char const* key) const {
    static json const empty = json::array();
    if (!value_.contains(key)) return empty;
    if (!value_[key].is_array()) fail(fmt::format("\"{}\" of {} must be a list", key, name_));
    return value_[key];
  }

  int line() const { return line_; }

 private:
  json const& value_;
  std::string name_;
  int line_;
};

/// Somebody named by id or by username.
std::int64_t who(world& w, json const& name, entry const& where) {
  person* found = nullptr;
  if (name.is_number_integer()) found = w.everybody().find(name.get<std::int64_t>());
  if (name.is_string()) found = w.everybody().find_username(name.get<std::string>());
  if (!found) where.fail(fmt::format("nobody is called {}", name.dump()));
  return found->id;
}

constexpr std::pair<std::string_view, code_way> known_code_ways[] = {
    {"app", code_way::app},
    {"sms", code_way::sms},
    {"word", code_way::word},
    {"phrase", code_way::phrase},
    {"call", code_way::call},
    {"flash_call", code_way::flash_call},
    {"missed_call", code_way::missed_call},
    {"fragment", code_way::fragment},
    {"email", code_way::email},
    {"firebase", code_way::firebase},
};

code_way way_called(json const& name, entry const& where) {
  auto const text = name.is_string() ? name.get<std::string>() : std::string();
  auto const at =
      std::ranges::find_if(known_code_ways, [&](auto const& way) { return text == way.first; });
  if (at == std::end(known_code_ways)) where.fail(fmt::format("no code goes by {}", name.dump()));
  return at->second;
}

/// How somebody signs in, beyond number and code.
void read_log_in(person& someone, entry const& from) {
  someone.home_dc = from.small_number("home_dc", 0);
  someone.email = from.text("email");
  someone.must_set_email = from.flag("must_set_email");
  someone.banned = from.flag("banned");
  auto const& ways = from.list("codes");
  if (!ways.empty()) someone.code_ways.clear();
  for (auto const& name : ways) someone.code_ways.push_back(way_called(name, from));
  bool const by_email = std::ranges::count(someone.code_ways, code_way::email) > 0;
  if (by_email && someone.email.empty()) from.fail("codes by e-mail need an \"email\"");
}

void set_password(world& w, std::int64_t id, entry const& from) {
  auto const text = from.text("password");
  if (text.empty()) return;
  w.all_passwords().set(id, text, from.text("password_hint"));
  w.all_passwords().set_recovery_email(id, from.text("email"));
}

void add_person(world& w, entry const& from, bool bot) {
  person someone{.id = from.number("id"), .first_name = from.text("first_name")};
  someone.last_name = from.text("last_name");
  someone.username = from.text("username");
  someone.about = from.text("about");
  someone.token = from.text("token");
  someone.phone = from.text("phone");
  someone.code = from.text("code");
  if (bot && someone.token.empty()) from.fail("a bot needs a token");
  if (!bot && someone.code.empty()) someone.code = test_number_code(phone_digits(someone.phone));
  if (!bot && someone.code.empty()) from.fail("a user needs a phone number and a code");
  read_log_in(someone, from);
  auto added = w.everybody().add(std::move(someone));
  if (!added) from.fail(added.error());
  set_password(w, *added, from);
}

login_rules read_rules(entry const& from) {
  from.allow({"code_lifetime", "code_timeout", "wrong_codes", "wrong_passwords", "pause",
              "challenge_lifetime", "recovery_lifetime", "qr_lifetime"});
  login_rules out;
  out.code_lifetime = from.small_number("code_lifetime", out.code_lifetime);
  out.code_timeout = from.small_number("code_timeout", out.code_timeout, 0);
  out.wrong_codes = from.small_number("wrong_codes", out.wrong_codes);
  out.wrong_passwords = from.small_number("wrong_passwords", out.wrong_passwords);
  out.pause = from.small_number("pause", out.pause);
  out.challenge_lifetime = from.small_number("challenge_lifetime", out.challenge_lifetime);
  out.recovery_lifetime = from.small_number("recovery_lifetime", out.recovery_lifetime);
  out.qr_lifetime = from.small_number("qr_lifetime", out.qr_lifetime);
  return out;
}

terms_of_service read_terms(entry const& from) {
  from.allow({"id", "text", "popup", "min_age"});
  terms_of_service out{.id = from.text("id"), .text = from.text("text")};
  out.popup = from.flag("popup");
  out.min_age = from.small_number("min_age", 0, 0);
  if (out.text.empty()) from.fail("terms of service need a text");
  return out;
}

recaptcha_rule read_recaptcha(entry const& from) {
  from.allow({"method", "action", "key_id", "token"});
  recaptcha_rule out{.method = from.text("method"), .key_id = from.text("key_id")};
  if (auto action = from.text("action"); !action.empty()) out.action = std::move(action);
  out.token = from.text("token");
  if (out.method.empty()) from.fail("a demand of reCAPTCHA needs a method");
  if (out.token.empty()) from.fail("a demand of reCAPTCHA needs a token");
  return out;
}

void add_site(world& w, entry const& from) {
  from.allow({"domain", "bot", "asks_to_write", "asks_for_phone", "match_codes"});
  web_site out{.domain = from.text("domain")};
  auto const* bot = from.object("bot");
  if (out.domain.empty() || !bot) from.fail("a site needs a domain and a bot");
  out.bot = who(w, *bot, from);
  out.asks_to_write = from.flag("asks_to_write");
  out.asks_for_phone = from.flag("asks_for_phone");
  for (auto const& one : from.list("match_codes")) {
    if (!one.is_string()) from.fail("a match code is a string");
    out.match_codes.push_back(one.get<std::string>());
  }
  w.sites().add(std::move(out));
}

void add_group(world& w, entry const& from, std::int32_t now) {
  from.allow({"id", "title", "about", "members"});
  auto const& members = from.list("members");
  if (from.text("title").empty()) from.fail("a group needs a title");
  if (members.empty()) from.fail("a group needs members; the first one founded it");
  if (w.all_groups().find(from.number("id"))) from.fail("two groups have the same id");
  auto const creator = who(w, members[0], from);
  auto& room = w.all_groups().create(from.number("id"), from.text("title"), creator, now);
  room.about = from.text("about");
  for (std::size_t i = 1; i < members.size(); ++i) {
    member const m{.user = who(w, members[i], from), .inviter = creator, .date = now};
    auto added = w.all_groups().add_member(room, m);
    if (!added) from.fail(added.error().text);
  }
}

void add_channel(world& w, entry const& from, std::int32_t now) {
  from.allow({"id", "title", "username", "megagroup", "members"});
  auto const& members = from.list("members");
  if (from.text("title").empty()) from.fail("a channel needs a title");
  if (members.empty()) from.fail("a channel needs members; the first one founded it");
  if (w.all_channels().find(from.number("id"))) from.fail("two channels have the same id");
  auto const creator = who(w, members[0], from);
  auto& made = w.all_channels().create(from.number("id"), from.text("title"), creator, now);
  made.username = from.text("username");
  made.megagroup = from.flag("megagroup");
  for (auto const& name : members) made.members.insert(who(w, name, from));
}

/// Where a message goes.
peer place_in(world& w, json const& value, entry const& from) {
  auto const named = value.contains("to") + value.contains("group") + value.contains("channel");
  if (named != 1) from.fail("a message needs either \"to\", \"group\" or \"channel\"");
  if (value.contains("to")) return peer::user(who(w, value["to"], from));
  if (value.contains("group")) return peer::chat(from.number("group"));
  return peer::channel(from.number("channel"));
}

void add_message(world& w, json const& value, entry const& from, std::int32_t now) {
  from.allow({"from", "to", "group", "channel", "text", "date"});
  if (!value.contains("from")) from.fail("a message needs a sender");
  auto const to = place_in(w, value, from);
  auto const date = from.number("date");
  if (date < 0 || date > INT32_MAX) from.fail("a date is in seconds since 1970");
  auto sent = w.send(who(w, value["from"], from), to, from.text("text"),
                     date != 0 ? static_cast<std::int32_t>(date) : now);
  if (!sent) from.fail(sent.error().text);
}

world build(json const& document, std::int32_t now) {
  entry const root(document, "the world", 1);
  root.allow({"seed", "strict_access_hashes", "users", "bots", "groups", "channels", "messages",
              "log_ins", "terms", "recaptcha", "sites"});
  world_options options;
  if (auto const seed = root.number("seed")) options.seed = static_cast<std::uint64_t>(seed);
  options.strict_access_hashes = root.flag("strict_access_hashes");
  if (auto const* rules = root.object("log_ins"))
    options.log_ins = read_rules({*rules, "\"log_ins\"", root.line()});
  if (auto const* terms = root.object("terms"))
    options.terms = read_terms({*terms, "\"terms\"", root.line()});
  world w(std::move(options));
  for (auto const& value : root.list("recaptcha"))
    w.all_recaptchas().demand(read_recaptcha({value, "a demand of reCAPTCHA", root.line()}));
  for (auto const& value : root.list("users")) {
    entry const user(value, "a user", root.line());
    user.allow({"id", "first_name", "last_name", "username", "about", "phone", "code", "home_dc",
                "email", "must_set_email", "banned", "codes", "password", "password_hint"});
    add_person(w, user, false);
  }
  for (auto const& value : root.list("bots")) {
    entry const bot(value, "a bot", root.line());
    bot.allow({"id", "first_name", "last_name", "username", "about", "token", "home_dc", "banned"});
    add_person(w, bot, true);
  }
  for (auto const& value : root.list("sites")) add_site(w, {value, "a site", root.line()});
  for (auto const& value : root.list("groups")) add_group(w, {value, "a group", root.line()}, now);
  for (auto const& value : root.list("channels"))
    add_channel(w, {value, "a channel", root.line()}, now);
  for (auto const& value : root.list("messages"))
    add_message(w, value, {value, "a message", root.line()}, now);
  w.take_events();  // nobody was there to hear of it
  return w;
}

}  // namespace

result<world, std::string> load_world(std::string_view text, std::int32_t now) {
  try {
    return build(parse_with_lines(text), now);
  } catch (bad_world const& bad) {
    return failure{fmt::format("line {}: {}", bad.line, bad.what)};
  } catch (json::exception const& bad) {
    std::string_view what =
        bad.what();  // "[json.exception.parse_error.101] parse error at line ..."
    if (auto const at = what.find("] "); at != std::string_view::npos) what.remove_prefix(at + 2);
    return failure{std::string(what)};
  }
}

}  // namespace mtp::MTP_ABI::testing
