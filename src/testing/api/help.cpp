// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handler_table.hpp"
#include "signed_in.hpp"
#include "views.hpp"

namespace mtp::MTP_ABI::testing {
namespace {

/// Who listens everywhere is reached on this machine.
std::string reachable(std::string const& host) {
  if (host == "0.0.0.0") return "127.0.0.1";
  return host == "::" ? "::1" : host;
}

tl::dcOption option_for(dc_address const& at) {
  tl::dcOption out;
  out.ipv6 = at.host.find(':') != std::string::npos;
  out.media_only = at.options.media_only;
  out.tcpo_only = at.options.tcpo_only;
  out.cdn = at.options.cdn;
  out.static_ = at.options.is_static;
  out.this_port_only = at.options.this_port_only;
  if (at.options.secret) out.secret = tl::bytes(bytes_view(*at.options.secret));
  out.id = at.id;
  out.ip_address = tl::string(reachable(at.host));
  out.port = at.port;
  return out;
}

/// The limits are those of the real configuration as clients have reported it.
outcome<tl::Config> get_config(call_context& c, tl::help::getConfig const&) {
  tl::config out;
  out.date = c.now;
  out.expires = c.now + 3600;
  out.test_mode = false;
  out.this_dc = c.dc;
  std::vector<tl::DcOption> options;
  for (auto const& at : c.dcs) options.push_back(option_for(at));
  out.dc_options = to_list(std::move(options));
  out.chat_size_max = static_cast<std::int32_t>(groups::max_size);
  out.megagroup_size_max = 200'000;
  out.forwarded_count_max = 100;
  out.online_update_period_ms = 210'000;
  out.offline_blur_timeout_ms = 5'000;
  out.offline_idle_timeout_ms = 30'000;
  out.online_cloud_timeout_ms = 300'000;
  out.notify_cloud_delay_ms = 30'000;
  out.notify_default_delay_ms = 1'500;
  out.push_chat_period_ms = 60'000;
  out.push_chat_limit = 2;
  out.edit_time_limit = 172'800;
  out.revoke_time_limit = INT32_MAX;
  out.revoke_pm_time_limit = INT32_MAX;
  out.rating_e_decay = 2'419'200;
  out.stickers_recent_limit = 200;
  out.channels_read_media_period = 604'800;
  out.call_receive_timeout_ms = 20'000;
  out.call_ring_timeout_ms = 90'000;
  out.call_connect_timeout_ms = 30'000;
  out.call_packet_timeout_ms = 10'000;
  out.me_url_prefix = "https://t.me/";
  out.caption_length_max = static_cast<std::int32_t>(world::max_caption);
  out.message_length_max = static_cast<std::int32_t>(world::max_text);
  out.webfile_dc_id = c.dc;
  return tl::Config(std::move(out));
}

outcome<tl::NearestDc> get_nearest_dc(call_context& c, tl::help::getNearestDc const&) {
  return tl::NearestDc{.country = "US", .this_dc = c.dc, .nearest_dc = c.dc};
}

tl::JSONObjectValue limit(std::string_view name, double value) {
  return {.key = tl::string(name), .value = tl::jsonNumber{.value = value}};
}

outcome<tl::help::AppConfig> get_app_config(call_context&, tl::help::getAppConfig const&) {
  std::vector<tl::JSONObjectValue> values;
  values.push_back(limit("upload_max_fileparts_default", file_store::max_small_parts));
  values.push_back(limit("upload_max_fileparts_premium", file_store::max_big_parts));
  values.push_back(limit("small_queue_max_active_operations_count", 5));
  values.push_back(limit("large_queue_max_active_operations_count", 2));
  tl::help::appConfig out;
  out.hash = 1;
  out.config = tl::jsonObject{.value = to_list(std::move(values))};
  return tl::help::AppConfig(std::move(out));
}

outcome<tl::CdnConfig> get_cdn_config(call_context&, tl::help::getCdnConfig const&) {
  return tl::CdnConfig{};
}

outcome<tl::help::TermsOfServiceUpdate> get_terms(call_context& c,
                                                  tl::help::getTermsOfServiceUpdate const&) {
  auto const& terms = c.world.options().terms;
  if (!terms || c.self().is_bot() || c.self().accepted_terms == terms->id)
    return tl::help::TermsOfServiceUpdate(
        tl::help::termsOfServiceUpdateEmpty{.expires = c.now + 86'400});
  tl::help::termsOfServiceUpdate out;
  out.expires = c.now + 86'400;
  out.terms_of_service = to_tl(*terms);
  return tl::help::TermsOfServiceUpdate(std::move(out));
}

outcome<bool> accept_terms(call_context& c, tl::help::acceptTermsOfService const& q) {
  c.self().accepted_terms = q.id.data.str();
  return true;
}

outcome<tl::help::PromoData> get_promo_data(call_context& c, tl::help::getPromoData const&) {
  return tl::help::PromoData(tl::help::promoDataEmpty{.expires = c.now + 86'400});
}

outcome<tl::help::AppUpdate> get_app_update(call_context&, tl::help::getAppUpdate const&) {
  return tl::help::AppUpdate(tl::help::noAppUpdate{});
}

outcome<tl::help::PeerColors> get_peer_colors(call_context&, tl::help::getPeerColors const&) {
  return tl::help::PeerColors(tl::help::peerColors{.hash = 1});
}

outcome<tl::help::PeerColors> get_peer_profile_colors(call_context&,
                                                      tl::help::getPeerProfileColors const&) {
  return tl::help::PeerColors(tl::help::peerColors{.hash = 1});
}

outcome<bool> save_app_log(call_context&, tl::help::saveAppLog const&) { return true; }

}  // namespace

void add_help_handlers(handler_table& table) {
  table.on<tl::help::getConfig>(get_config, audience::key_holder);
  table.on<tl::help::getNearestDc>(get_nearest_dc, audience::key_holder);
  table.on<tl::help::getAppConfig>(get_app_config, audience::anybody);
  table.on<tl::help::getCdnConfig>(get_cdn_config, audience::anybody);
  table.on<tl::help::getTermsOfServiceUpdate>(get_terms);
  table.on<tl::help::acceptTermsOfService>(accept_terms);
  table.on<tl::help::getPromoData>(get_promo_data);
  table.on<tl::help::getAppUpdate>(get_app_update, audience::anybody);
  table.on<tl::help::getPeerColors>(get_peer_colors);
  table.on<tl::help::getPeerProfileColors>(get_peer_profile_colors);
  table.on<tl::help::saveAppLog>(save_app_log, audience::anybody);
}

}  // namespace mtp::MTP_ABI::testing
