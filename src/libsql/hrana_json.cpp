// SPDX-License-Identifier: MIT OR Apache-2.0
#include "libsql/hrana_json.hpp"

#include "core/base64.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <stdexcept>
#include <utility>

namespace mtp::MTP_ABI::libsql {
namespace {

using nlohmann::json;

/// Deeper than any answer of the protocol.
constexpr int max_depth = 16;
/// More values than any page has; a value takes much more memory than its text does.
constexpr std::size_t max_values = 50'000;
constexpr std::size_t max_values_of_step = 100;

struct bad_answer : std::runtime_error {
  bad_answer() : runtime_error("no answer of Hrana") {}
};

json to_json(cell const& value) {
  if (auto const* number = std::get_if<std::int64_t>(&value))
    return {{"type", "integer"}, {"value", std::to_string(*number)}};
  if (auto const* text = std::get_if<std::string>(&value))
    return {{"type", "text"}, {"value", *text}};
  if (auto const* blob = std::get_if<secret<bytes>>(&value)) {
    auto const coded = base64::encode(blob->reveal(), base64::alphabet::standard, /*padded=*/true);
    return {{"type", "blob"}, {"base64", coded.reveal()}};
  }
  return {{"type", "null"}};
}

json to_json(step const& one) {
  json statement{{"sql", one.sql}, {"want_rows", true}};
  auto& values = statement["args"] = json::array();
  for (auto const& value : one.values) values.push_back(to_json(value));
  json out{{"stmt", std::move(statement)}};
  if (!one.after) return out;
  json condition{{"type", "ok"}, {"step", *one.after}};
  if (one.unless) condition = {{"type", "not"}, {"cond", std::move(condition)}};
  out["condition"] = std::move(condition);
  return out;
}

json parse(std::string_view text, std::size_t steps) {
  auto left = max_values + steps * max_values_of_step;
  auto const look = [&left](int depth, json::parse_event_t, json&) {
    if (depth > max_depth || left-- == 0) throw bad_answer();
    return true;
  };
  return json::parse(text, look);
}

/// A number of JSON that is whole and fits.
std::int64_t count_in(json const& from) {
  if (!from.is_number_integer()) throw bad_answer();
  return from.get<std::int64_t>();
}

std::int64_t integer_in(json const& from) {
  auto const& text = from.get_ref<std::string const&>();
  std::int64_t out = 0;
  auto const end = text.data() + text.size();
  auto const read = std::from_chars(text.data(), end, out);
  if (read.ec != std::errc() || read.ptr != end) throw bad_answer();
  return out;
}

cell cell_in(json const& from) {
  auto const& type = from.at("type").get_ref<std::string const&>();
  if (type == "null") return {};
  if (type == "integer") return integer_in(from.at("value"));
  if (type == "text") return from.at("value").get<std::string>();
  if (type != "blob") throw bad_answer();
  auto const& coded = from.at("base64").get_ref<std::string const&>();
  auto blob = base64::decode(coded, base64::alphabet::standard);
  if (!blob) throw bad_answer();
  return *std::move(blob);
}

/// A word that may be missing.
std::string word_in(json const& from, char const* name) {
  auto const found = from.find(name);
  return found != from.end() && found->is_string() ? found->get<std::string>() : std::string();
}

refusal refusal_in(json const& from) {
  return {.code = word_in(from, "code"), .message = from.at("message").get<std::string>()};
}

}  // namespace

/// Reads outcomes.
class answer_reader {
 public:
  static outcome read(json const& result, json const& error) {
    outcome out;
    if (!error.is_null()) out.refused_ = refusal_in(error);
    if (result.is_null()) return out;
    out.done_ = true;
    out.changed_ = count_in(result.at("affected_row_count"));
    for (auto const& row : result.at("rows")) {
      auto& cells = out.rows_.emplace_back();
      for (auto const& one : row) cells.push_back(cell_in(one));
    }
    return out;
  }
};

namespace {

void read_batch(json const& result, std::size_t steps, pipeline_answer& out) {
  if (result.at("type") == "error") {
    out.refused = refusal_in(result.at("error"));
    return;
  }
  auto const& batch = result.at("response").at("result");
  auto const& done = batch.at("step_results");
  auto const& failed = batch.at("step_errors");
  if (!done.is_array() || !failed.is_array() || done.size() != steps || failed.size() != steps)
    throw bad_answer();
  for (std::size_t i = 0; i < steps; ++i)
    out.outcomes.push_back(answer_reader::read(done[i], failed[i]));
}

pipeline_answer read_answer(json const& all, std::size_t steps) {
  pipeline_answer out{.base = word_in(all, "base_url")};
  if (auto const baton = all.find("baton"); baton != all.end() && !baton->is_null())
    out.baton = baton->get<std::string>();
  if (steps > 0) read_batch(all.at("results").at(0), steps, out);
  return out;
}

}  // namespace

secret<std::string> encode_request(std::optional<std::string> const& baton,
                                   std::vector<step> const& steps, stream_end when) {
  json requests = json::array();
  if (!steps.empty()) {
    json all = json::array();
    for (auto const& one : steps) all.push_back(to_json(one));
    requests.push_back({{"type", "batch"}, {"batch", {{"steps", std::move(all)}}}});
  }
  if (when == stream_end::now) requests.push_back({{"type", "close"}});
  json out{{"requests", std::move(requests)}, {"baton", nullptr}};
  if (baton) out["baton"] = *baton;
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<pipeline_answer> decode_answer(std::string_view text, std::size_t steps) {
  try {
    return read_answer(parse(text, steps), steps);
  } catch (json::exception const&) {
    return {};
  } catch (bad_answer const&) {
    return {};
  }
}

std::string message_in(std::string_view text) {
  try {
    auto const all = parse(text, 0);
    if (!all.is_object()) return {};
    auto const message = word_in(all, "message");
    return message.empty() ? word_in(all, "error") : message;
  } catch (json::exception const&) {
    return {};
  } catch (bad_answer const&) {
    return {};
  }
}

}  // namespace mtp::MTP_ABI::libsql
