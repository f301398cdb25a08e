// SPDX-License-Identifier: MIT OR Apache-2.0
#include "api_server.hpp"

#include "../hub/unix_seconds.hpp"
#include "layer_fixups.hpp"
#include "tolerance.hpp"
#include "views.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mtp::MTP_ABI::testing {
namespace {

/// Who may call a method that nobody serves here. Clients tell by the refusal whether they are
/// signed in, so it must not depend on what this data centre can do.
audience usual_audience(std::string_view method) {
  bool const open =
      method.starts_with("auth.") || method.starts_with("help.") || method.starts_with("langpack.");
  return open ? audience::anybody : audience::signed_in;
}

/// The function of that id in the client's own text; empty when it has none.
std::string function_name(tl::schema::document const& schema, std::uint32_t id) {
  auto const* known = schema.find_id(id);
  return known && known->is_function() ? known->full_name() : std::string();
}

rpc_fault unknown_method(std::uint32_t id) {
  return {400, fmt::format("INPUT_METHOD_INVALID_{}_0", id)};
}

/// What a call that could not be carried to our layer is answered.
rpc_fault fault_of(transcode_error const& error, std::uint32_t method) {
  if (error.code == transcode_errc::unknown_function) return unknown_method(method);
  if (error.code == transcode_errc::no_counterpart) return {500, "CALL_NOT_IN_LAYER"};
  return {400, "INPUT_FETCH_ERROR"};
}

/// Carries a call, overlooking what live servers overlook.
result<bytes, transcode_error> to_our_layer(transcoder const& from, bytes call) {
  auto ours = from.call(call);
  for (int i = 0; i < max_repairs && !ours; ++i) {
    auto const& wrong = ours.error();
    bool const repaired = wrong.code == transcode_errc::wrong_constructor && wrong.at >= 4 &&
                          repair_peer(call, wrong.at - 4);
    if (!repaired) break;
    ours = from.call(call);
  }
  return ours;
}

void note(method_fault const& fault, call_answer& how) {
  how.delay = fault.delay;
  how.silent = fault.lose_answer || fault.ignore;
  how.disconnect = fault.disconnect;
  how.held = fault.hold;
  how.forget = fault.forget;
}

constexpr int max_layer = 100'000;

}  // namespace

api_server::api_server(testing::world& population, key_ring& keys, random_source& random,
                       layer_set const& layers, log_sink log, bool log_calls)
    : world_(population),
      keys_(keys),
      random_(random),
      layers_(layers),
      log_(std::move(log)),
      log_calls_(log_calls) {}

std::int64_t api_server::account_of(known_key& key) {
  auto const* owner = keys_.permanent(key);
  auto const* who = owner ? world_.everybody().find(owner->user) : nullptr;
  return who && !who->banned ? who->id : 0;
}

/// Why nobody is signed in with a permanent key.
rpc_fault api_server::why_nobody(known_key const& owner) const {
  if (world_.everybody().find(owner.password_due)) return {401, "SESSION_PASSWORD_NEEDED"};
  if (owner.user == 0) return {401, "AUTH_KEY_UNREGISTERED"};
  bool const exists = world_.everybody().find(owner.user) != nullptr;
  return {401, exists ? "USER_DEACTIVATED_BAN" : "USER_DEACTIVATED"};
}

outcome<> api_server::check_access(audience who, known_key& key) {
  if (who == audience::key_holder) return {};
  auto const* owner = keys_.permanent(key);
  if (!owner) return refuse(401, "AUTH_KEY_PERM_EMPTY");
  bool const needed = who == audience::signed_in && account_of(key) == 0;
  if (needed) return failure{why_nobody(*owner)};
  return {};
}

/// What the session said, else what its key said before; a client may leave out initConnection.
std::optional<int> api_server::layer_of(wrapped_call const& call) {
  return call.session.layer ? call.session.layer : keys_.layer_of(call.key);
}

layer_choice api_server::layer_for(std::optional<int> spoken) {
  auto choice = layers_.choose(spoken.value_or(layers_.own_layer()));
  bool const odd = spoken && choice.match != layer_match::exact;
  if (odd && log_ && reported_layers_.insert(*spoken).second) {
    log_(log_level::warning, fmt::format("no schema of layer {}; a client that speaks it is "
                                         "answered in layer {}",
                                         *spoken, choice.layer));
  }
  return choice;
}

/// Binding a key needs no initConnection, and ends what one before it said.
outcome<> api_server::check_setup(wrapped_call const& call, call_envelope const& envelope) const {
  auto const setup = call.key.setup;
  bool const missing = setup == connection_setup::forgotten ||
                       (initialisation_required_ && setup == connection_setup::none);
  bool const binds = envelope.method() == tl::auth::bindTempAuthKey::tl_id;
  if (!missing || binds || envelope.initialises) return {};
  return refuse(400, "CONNECTION_NOT_INITED");
}

/// What must be right before anybody looks at the call itself.
outcome<> api_server::admit(wrapped_call const& call, call_envelope const& envelope) {
  auto const* owner = keys_.permanent(call.key);
  if (owner && owner->duplicated) return refuse(406, "AUTH_KEY_DUPLICATED");
  if (envelope.layer && (*envelope.layer <= 0 || *envelope.layer > max_layer))
    return refuse(400, "CONNECTION_LAYER_INVALID");
  if (envelope.layer) {
    call.session.layer = envelope.layer;
    keys_.remember_layer(call.key, *envelope.layer);
  }
  if (auto fine = check_setup(call, envelope); !fine) return fine;
  if (envelope.initialises) call.key.setup = connection_setup::done;
  bool const binds = envelope.method() == tl::auth::bindTempAuthKey::tl_id;
  if (!envelope.without_updates && !binds && !call.media_only) call.session.wants_updates = true;
  if (envelope.for_business) return refuse(400, "BUSINESS_CONNECTION_INVALID");
  auto const& failed = call.session.failed_calls;
  for (auto const id : envelope.after) {
    if (std::find(failed.begin(), failed.end(), id) != failed.end())
      return refuse(400, "MSG_WAIT_FAILED");
  }
  return {};
}

/// Who serves a method; null when nobody does.
handler_table::entry const* api_server::find_handler(std::string_view method) const {
  auto const* known = own_schema()->find_function(method);
  return known ? handlers_.find(known->id) : nullptr;
}

/// What is wrapped around a call has to be good.
outcome<> api_server::check_wrappers(wrapped_call const& call, call_envelope const& envelope,
                                     std::string_view method) {
  if (envelope.takeout) {
    auto under_way = world_.exports().check(account_of(call.key), *envelope.takeout);
    if (!under_way) return under_way;
  }
  return world_.all_recaptchas().check(method, envelope.recaptcha);
}

outcome<bytes> api_server::run(wrapped_call const& call, handler_table::entry const& entry,
                               bytes_view body, bool takeout, later_answer& later) {
  testing::call const shared{.world = world_,
                             .random = random_,
                             .dc = call.key.dc,
                             .account = account_of(call.key),
                             .message_id = call.message_id,
                             .now = unix_seconds(call.now)};
  call_context context(shared, keys_, addresses_, call.key, call.session, later);
  context.takeout = takeout;
  try {
    return entry.run(context, body);
  } catch (std::exception const& mistake) {
    report_mistake(entry.name, mistake.what());
  } catch (...) {
    report_mistake(entry.name, "an exception of an unknown kind");
  }
  return refuse(500, "INTERNAL_SERVER_ERROR");
}

void api_server::report_mistake(std::string_view where, std::string_view what) const {
  if (log_) log_(log_level::error, fmt::format("{}: {}", where, what));
}

outcome<bytes> api_server::answer(wrapped_call const& call, call_envelope const& envelope,
                                  call_record& seen, call_answer& how) {
  auto const theirs = layer_for(layer_of(call));
  auto const name = function_name(*theirs.schema, envelope.method());
  if (name.empty()) return failure{unknown_method(envelope.method())};
  auto const& method = seen.method = name;
  ++calls_[method];
  auto const* entry = find_handler(method);
  auto const who = entry ? entry->who : usual_audience(method);
  auto const account = seen.account;
  auto access = check_access(who, call.key);
  if (!access) return failure{access.error()};
  auto wrapped = check_wrappers(call, envelope, method);
  if (!wrapped) return failure{wrapped.error()};
  auto const fault = faults_.take(method, account);
  if (fault && fault->refusal) return failure{*fault->refusal};
  if (fault) note(*fault, how);
  if (fault && fault->ignore) return bytes{};
  if (!entry) return refuse(400, "METHOD_NOT_SUPPORTED");
  bytes carried;
  bytes_view body = envelope.query;
  if (theirs.bridge) {
    auto ours = to_our_layer(theirs.bridge->to_ours, envelope.query);
    if (!ours) return failure{fault_of(ours.error(), envelope.method())};
    carried = std::move(*ours);
    body = carried;
  }
  seen.executed = true;
  later_answer later;
  auto object = run(call, *entry, body, envelope.takeout.has_value(), later);
  how.query = later.query;
  how.delay += later.patience;
  if (object && fault && fault->damage != answer_damage::none)
    return damaged(std::move(*object), fault->damage);
  if (!object || !theirs.bridge) return object;
  auto in_their_words = answer_in_layer(theirs, entry->name, *object);
  if (!in_their_words) {
    if (log_)
      log_(log_level::warning, fmt::format("{} for layer {}: {}", method, theirs.layer,
                                           in_their_words.error().message()));
    return refuse(500, "ANSWER_NOT_IN_LAYER");
  }
  return std::move(*in_their_words);
}

call_answer api_server::execute(wrapped_call const& call) {
  world_.send_due(unix_seconds(call.now));
  call_answer out;
  call_record seen{.dc = call.key.dc,
                   .media_only = call.media_only,
                   .key = call.key.id(),
                   .temporary_key = call.key.temporary,
                   .session = call.session.place.session,
                   .message_id = call.message_id,
                   .account = account_of(call.key)};
  auto envelope = open_envelope(call.body);
  if (!envelope) {
    out.object = failure{envelope.error()};
  } else if (auto admitted = admit(call, *envelope); !admitted) {
    out.object = failure{admitted.error()};
  } else {
    out.object = answer(call, *envelope, seen, out);
  }
  log_call(call, seen.method.empty() ? "?" : seen.method, layer_of(call).value_or(0), out);
  if (!out.object) seen.refusal = out.object.error();
  if (envelope) seen.initialises = envelope->initialises;
  calls_seen_.add(std::move(seen), envelope ? bytes_view(envelope->query) : call.body);
  return out;
}

void api_server::log_call(wrapped_call const& call, std::string_view method, int layer,
                          call_answer const& answer) {
  if (!log_calls_ || !log_) return;
  auto const end =
      answer.object ? fmt::format("{} bytes", answer.object->size())
                    : fmt::format("{} {}", answer.object.error().code, answer.object.error().text);
  log_(log_level::info, fmt::format("dc {} layer {} user {}: {} -> {}", call.key.dc, layer,
                                    account_of(call.key), method, end));
}

std::optional<bytes> api_server::render_push(account_event const& event, std::optional<int> layer) {
  view render(world_, event.account);
  auto change = render.update(event);
  if (!change) return {};
  std::vector<tl::Update> changes;
  changes.push_back(std::move(*change));
  return in_layer(encode_object(render.updates(std::move(changes), event.date)), layer);
}

/// Of those clients whom nobody is signed in with, only the ones that show a QR code hear anything.
std::vector<key_notice> api_server::take_notices(std::int32_t now) {
  std::vector<key_notice> out;
  for (auto const& who : world_.qr_sign_ins().take_scans()) {
    tl::updateShort news;
    news.update = tl::updateLoginToken{};
    news.date = now;
    out.push_back({.dc = who.dc, .key = who.key, .object = encode_object(tl::Updates(news))});
  }
  return out;
}

std::vector<query_answer> api_server::take_answers() {
  std::vector<query_answer> out;
  for (auto& one : world_.callbacks().take_answers())
    out.push_back({.query = one.query, .object = std::move(one.object)});
  return out;
}

std::optional<bytes> api_server::in_layer(bytes object, std::optional<int> layer) {
  auto const theirs = layer_for(layer);
  if (!theirs.bridge) return object;
  auto in_their_words = theirs.bridge->to_theirs.value(object);
  if (!in_their_words) return {};
  return std::move(*in_their_words);
}

}  // namespace mtp::MTP_ABI::testing
