// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/web_sites.hpp>

#include <fmt/format.h>

#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

constexpr std::string_view link_prefix = "tg://oauth?token=";

std::string_view domain_of(std::string_view url) {
  auto const scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  auto const name = url.substr(0, scheme);
  if (name != "https" && name != "http") return {};
  url.remove_prefix(scheme + 3);
  return url.substr(0, url.find_first_of("/?#"));
}

}  // namespace

void web_sites::add(web_site site) {
  auto domain = site.domain;
  sites_.insert_or_assign(std::move(domain), std::move(site));
}

web_site const* web_sites::find(std::string_view domain) const {
  auto const at = sites_.find(domain);
  return at == sites_.end() ? nullptr : &at->second;
}

web_site const* web_sites::site_of(std::string_view url) const { return find(domain_of(url)); }

std::string web_sites::open(std::string_view domain, std::int32_t now, std::int64_t hint) {
  auto link = fmt::format("{}{:016x}", link_prefix, (++count_ * 0x9e3779b97f4a7c15u) | 1);
  pages_[link] = {.domain = std::string(domain), .ends = now + lifetime, .hint = hint};
  return link;
}

bool web_sites::is_link(std::string_view url) { return url.starts_with(link_prefix); }

outcome<web_sites::page*> web_sites::waiting(std::string_view link, std::int32_t now) {
  auto const at = pages_.find(link);
  if (at == pages_.end()) return refuse(400, "URL_INVALID");
  bool const over = at->second.ends < now || at->second.state != verdict::waits;
  if (over) return refuse(400, "URL_EXPIRED");
  return &at->second;
}

std::optional<web_sites::page> web_sites::look(std::string_view link) const {
  auto const at = pages_.find(link);
  if (at == pages_.end()) return {};
  return at->second;
}

}  // namespace mtp::MTP_ABI::testing
