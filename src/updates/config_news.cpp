// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/constructor/updateConfig and /updateDcOptions
#include "updates/config_news.hpp"

#include "core/wire.hpp"

#include <mtp/tl/decode.hpp>
#include <mtp/tl/types/DcOption.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/Updates.hpp>

namespace mtp::MTP_ABI::updates {

bool is_config_news(tl::Update const& what) {
  return what.holds<tl::updateConfig>() || what.holds<tl::updateDcOptions>();
}

/// They come in short form. Nothing else is decoded.
received<tl::Update> config_news_in(slice const& body) {
  wire::reader in(body);
  if (in.number<std::uint32_t>() != tl::updateShort::tl_id) return {};
  auto const id = in.peek();
  if (id != tl::updateConfig::tl_id && id != tl::updateDcOptions::tl_id) return {};
  auto const all = tl::decode<tl::Updates>(body);
  if (!all) return {};
  auto const* const one = (*all)->get_if<tl::updateShort>();
  return one ? received<tl::Update>(*all, &one->update) : received<tl::Update>();
}

}  // namespace mtp::MTP_ABI::updates
