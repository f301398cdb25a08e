// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What is known of a client as lines and as
// https://prometheus.io/docs/instrumenting/exposition_formats/
#include "client/metric_text.hpp"

#include <mtp/client/client_health.hpp>

#include <fmt/format.h>

#include <string_view>
#include <utility>

namespace mtp::MTP_ABI {
namespace {

using order = updates::update_number::order;

std::string_view name_of_box(order of) {
  switch (of) {
    case order::none: break;
    case order::common: return "common";
    case order::secondary: return "secondary";
    case order::channel: return "channel";
  }
  return "none";
}

std::string_view name_of_purpose(link_purpose purpose) {
  switch (purpose) {
    case link_purpose::main: break;
    case link_purpose::upload: return "upload";
    case link_purpose::download: return "download";
  }
  return "main";
}

double seconds_of(duration span) { return std::chrono::duration<double>(span).count(); }

// --- Lines

std::string line_of(difference_health const& last) {
  auto out = fmt::format(", difference for {} {:.1f} s ago", updates::name_of(last.why),
                         seconds_of(last.age));
  if (last.is_under_way) out += ", under way";
  if (last.failed) out += ", failed: " + last.failed.message();
  return out;
}

std::string line_of(box_health const& one) {
  auto const& place = one.place;
  auto out = fmt::format("box {}", name_of_box(place.of));
  if (place.of == order::channel) out += fmt::format(" {}", place.channel);
  out += fmt::format(" at {}", place.at);
  if (place.behind) out += fmt::format(", {} behind", *place.behind);
  if (place.has_gap) out += ", gap";
  if (one.last) out += line_of(*one.last);
  return out;
}

std::string line_of(connection_health const& one) {
  return fmt::format("data centre {} for {}: {} open, {} begun, {} calls", one.dc,
                     name_of_purpose(one.purpose), one.open, one.begun, one.calls);
}

std::string line_of(consumer_health const& one) {
  auto out = fmt::format("consumer {}: {} behind, {} of them in memory ({} bytes)", one.name,
                         one.behind, one.queued, one.queued_bytes);
  if (!one.is_open) out += ", away";
  if (one.lost) out += fmt::format(", {} lost", one.lost);
  return out;
}

std::string line_of_updates(client_health const& of) {
  return fmt::format(
      "{}, {} channels, {} updates wait ({} bytes), {} early ({} bytes), {} bytes unread",
      of.is_caught_up ? "caught up" : "not caught up", of.channels, of.queue.updates,
      of.queue.bytes, of.early, of.early_bytes, of.unread_bytes);
}

// --- Metrics

using detail::metric_text;
using labels = metric_text::labels;

labels labels_of(client_health const& of) {
  return of.name.empty() ? labels{} : labels{{"account", of.name}};
}

labels with(labels to, labels const& more) {
  to.insert(to.end(), more.begin(), more.end());
  return to;
}

labels labels_of(client_health const& of, box_health const& box) {
  auto out = with(labels_of(of), {{"box", std::string(name_of_box(box.place.of))}});
  if (box.place.of == order::channel)
    out.emplace_back("channel", std::to_string(box.place.channel));
  return out;
}

labels labels_of(client_health const& of, connection_health const& one) {
  return with(labels_of(of), {{"dc", std::to_string(one.dc)},
                              {"purpose", std::string(name_of_purpose(one.purpose))}});
}

void add_client(metric_text& to, client_health const& of) {
  auto const mine = labels_of(of);
  to.gauge("mtp_status", "What the client is doing.",
           with(mine, {{"status", std::string(name_of(of.status))}}), 1);
  to.gauge("mtp_caught_up", "Whether every missed update has come.", mine, of.is_caught_up);
  to.gauge("mtp_channels", "Channels that are followed.", mine, of.channels);
  to.gauge("mtp_unread_bytes", "Bytes that came and were not looked at yet.", mine,
           of.unread_bytes);
  to.gauge("mtp_early_updates", "Updates that wait for others before them.", mine, of.early);
  to.gauge("mtp_early_bytes", "Bytes that these keep.", mine, of.early_bytes);
  to.gauge("mtp_queue_updates", "Updates that wait for the program.", mine, of.queue.updates);
  to.gauge("mtp_queue_bytes", "Bytes that these keep.", mine, of.queue.bytes);
  to.gauge("mtp_queue_full", "Whether nothing more is asked for.", mine, of.queue.is_full);
}

void add_difference(metric_text& to, labels const& box, difference_health const& last) {
  auto const why = with(box, {{"reason", std::string(updates::name_of(last.why))}});
  to.gauge("mtp_difference_age_seconds", "Since the last difference was asked for.", why,
           seconds_of(last.age));
  to.gauge("mtp_difference_failed", "Whether the last difference that ended had no answer.", box,
           static_cast<bool>(last.failed));
}

void add_box(metric_text& to, labels const& box, box_health const& one) {
  to.gauge("mtp_box_position", "The pts or qts that was reached.", box, one.place.at);
  if (one.place.behind)
    to.gauge("mtp_box_lag", "Steps behind the server, where known.", box, *one.place.behind);
  to.gauge("mtp_box_gap", "Whether an update waits for others before it.", box, one.place.has_gap);
  if (one.last) add_difference(to, box, *one.last);
}

void add_consumer(metric_text& to, labels const& who, consumer_health const& one) {
  to.gauge("mtp_consumer_open", "Whether the consumer has a stream.", who, one.is_open);
  to.gauge("mtp_consumer_lag_updates", "Updates that it has not got past.", who, one.behind);
  to.gauge("mtp_consumer_queue_updates", "Of these in memory.", who, one.queued);
  to.gauge("mtp_consumer_queue_bytes", "Bytes that these keep.", who, one.queued_bytes);
  to.gauge("mtp_consumer_lost_updates", "Updates that it lost, and was not told yet.", who,
           one.lost);
}

void add_connection(metric_text& to, labels const& where, connection_health const& one) {
  to.gauge("mtp_connections_open", "Connections that calls may use.", where, one.open);
  to.gauge("mtp_connections_begun", "Connections that are being set up.", where, one.begun);
  to.gauge("mtp_calls_waiting", "Calls that wait for an answer.", where, one.calls);
}

}  // namespace

std::vector<std::string> to_log_lines(client_health const& of) {
  std::vector<std::string> out;
  out.push_back(fmt::format("health: {}, {}", name_of(of.status), line_of_updates(of)));
  for (auto const& one : of.boxes) out.push_back("health: " + line_of(one));
  for (auto const& one : of.consumers) out.push_back("health: " + line_of(one));
  for (auto const& one : of.connections) out.push_back("health: " + line_of(one));
  if (of.name.empty()) return out;
  for (auto& line : out) line = of.name + ": " + line;
  return out;
}

std::string to_prometheus(client_health const& of) { return to_prometheus(std::vector{of}); }

std::string to_prometheus(std::vector<client_health> const& all) {
  metric_text out;
  for (auto const& of : all) {
    add_client(out, of);
    for (auto const& one : of.boxes) add_box(out, labels_of(of, one), one);
    for (auto const& one : of.consumers)
      add_consumer(out, with(labels_of(of), {{"consumer", one.name}}), one);
    for (auto const& one : of.connections) add_connection(out, labels_of(of, one), one);
  }
  return out.text();
}

}  // namespace mtp::MTP_ABI
