// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/testing/world/fault.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// A web site, or an app, at which people sign in with their account.
struct web_site {
  std::string domain = {};
  std::int64_t bot = 0;  ///< signs them in there
  bool asks = true;      ///< people are asked; false: whoever comes is signed in
  bool asks_to_write = false;
  bool asks_for_phone = false;
  bool asks_for_wallet = false;
  bool is_app = false;
  std::string app = {};                       ///< its name, when it is verified
  std::string origin = {};                    ///< of the mini app that it is, "https://host"
  std::vector<std::string> match_codes = {};  ///< a page shows the last of these
  bool match_code_first = false;
};

/// Sites, and the pages of them that wait for somebody to sign in
/// (https://core.telegram.org/api/url-authorization).
/// Threads: not thread-safe; a data centre uses it on its own strand.
class MTP_API web_sites {
 public:
  static constexpr std::int32_t lifetime = 300;  ///< of a page, in seconds

  /// What became of a page.
  enum class verdict { waits, accepted, declined };
  struct page {
    std::string domain = {};
    std::int32_t ends = 0;
    verdict state = verdict::waits;
    std::int64_t user = 0;  ///< who signed in
    std::int64_t hint = 0;  ///< who did so last; 0: nobody
  };

  /// Adds a site, or replaces the one of that domain.
  void add(web_site site);
  /// The site that an address belongs to: "https://DOMAIN/..." or "http://DOMAIN". Null for none.
  web_site const* site_of(std::string_view url) const;
  web_site const* find(std::string_view domain) const;

  /// Somebody opens a page of the site that asks for a log-in. Returns the link that it shows.
  std::string open(std::string_view domain, std::int32_t now, std::int64_t hint = 0);
  /// Whether that is a link as open() makes them, of whatever page.
  static bool is_link(std::string_view url);
  /// The page that shows a link, as long as it waits.
  ///
  /// Errors: URL_INVALID, URL_EXPIRED.
  outcome<page*> waiting(std::string_view link, std::int32_t now);
  /// What became of it; empty for a link of no page.
  std::optional<page> look(std::string_view link) const;

 private:
  std::map<std::string, web_site, std::less<>> sites_;  ///< by domain
  std::map<std::string, page, std::less<>> pages_;      ///< by link
  std::uint64_t count_ = 0;
};

}  // namespace mtp::MTP_ABI::testing
