// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Names of the API that lead a generator astray: they stand twice, or inside one another.
#include "support/catch.hpp"

#include <mtp/tl/api.hpp>

#include <type_traits>

namespace {

namespace tl = mtp::tl;

template <class T, class U>
constexpr bool same = std::is_same_v<T, U>;

TEST_CASE("a function that hides a constructor of the root answers with the root's type",
          "[tl][api][names]") {
  STATIC_REQUIRE(same<tl::TonConnectNextEventId, tl::tonConnectNextEventId>);
  STATIC_REQUIRE(same<tl::wallet::tonConnectNextEventId::response, tl::tonConnectNextEventId>);
  STATIC_REQUIRE(!same<tl::wallet::tonConnectNextEventId, tl::tonConnectNextEventId>);
}

TEST_CASE("a constructor of the root holds types of namespaces", "[tl][api][names]") {
  STATIC_REQUIRE(same<decltype(tl::userFull::wallet_card), tl::box<tl::wallet::card>>);
  STATIC_REQUIRE(same<decltype(tl::walletTransaction::nft), tl::box<tl::wallet::nftItem>>);
  STATIC_REQUIRE(same<decltype(tl::wallet::nftItem::gift), tl::StarGift>);
}

TEST_CASE("a field may be called like its struct, its type or a namespace", "[tl][api][names]") {
  tl::wallet::transactions all;
  STATIC_REQUIRE(same<decltype(all.transactions), tl::list<tl::walletTransaction>>);
  tl::wallet::replaceWallet const request{.wallet = tl::inputWalletNew{}};
  CHECK(request.wallet.holds<tl::inputWalletNew>());
}

TEST_CASE("answers may be lists of texts and of types of namespaces", "[tl][api][names]") {
  STATIC_REQUIRE(same<tl::payments::getOnrampBaseCurrencies::response, tl::list<tl::string>>);
  STATIC_REQUIRE(same<tl::wallet::getBackupHolderDcs::response, tl::list<tl::wallet::holderDc>>);
}

TEST_CASE("a flags word that no field uses is on the wire", "[tl][api][names]") {
  tl::payments::getStarGiftWithdrawalUrl request;
  request.stargift = tl::inputSavedStarGiftUser{.msg_id = 7};
  auto const written = tl::encode(request);
  REQUIRE(written);
  CHECK(written->size() == 4 + 4 + 8 + 4);
  auto const read = tl::decode<tl::payments::getStarGiftWithdrawalUrl>(*written);
  REQUIRE(read);
  CHECK(**read == request);
}

}  // namespace
