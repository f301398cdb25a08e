// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/tl/function_traits.hpp>

#include "tl/codec/decoder.hpp"
#include "tl/codec/registry.hpp"

#include <mtp/tl/api.hpp>
#include <mtp/tl/encode.hpp>
#include <support/catch.hpp>

#include <algorithm>
#include <vector>

using namespace mtp;

namespace {

template <class F>
bool repeatable() {
  return tl::traits_of(F::tl_id).repeatable;
}
template <class F>
bool compressible() {
  return tl::traits_of(F::tl_id).compressible;
}

bytes wrapped(bytes query) {
  auto const connection =
      tl::encode(tl::initConnection{.api_id = 1, .device_model = "m", .query = std::move(query)});
  return *tl::encode(tl::invokeWithLayer{.layer = tl::layer, .query = *connection});
}

}  // namespace

TEST_CASE("every function of the schema has its traits, and nothing else", "[api][traits]") {
  std::vector<std::uint32_t> functions;
  for (auto const& one : tl::codec::names_of_api.definitions) {
    bool const is_bool = one.id == tl::codec::true_id || one.id == tl::codec::false_id;
    if (one.family == 65535 && !is_bool) functions.push_back(one.id);
  }
  std::vector<std::uint32_t> classified;
  for (auto const& one : tl::codec::traits_of_api) classified.push_back(one.id);
  CHECK(classified == functions);
}

TEST_CASE("as many functions are repeatable as were looked at", "[api][traits]") {
  auto const table = tl::codec::traits_of_api;
  auto const count = [&](auto has) { return std::count_if(table.begin(), table.end(), has); };
  // A new layer changes these: look at each function that is new in the list, then at the count.
  CHECK(table.size() == 859);
  CHECK(count([](auto const& one) { return one.repeatable; }) == 362);
  CHECK(count([](auto const& one) { return !one.compressible; }) == 9);
  CHECK(count([](auto const& one) { return one.wraps; }) == 11);
}

TEST_CASE("reads are repeatable by their names", "[api][traits]") {
  CHECK(repeatable<tl::help::getConfig>());
  CHECK(repeatable<tl::messages::getHistory>());
  CHECK(repeatable<tl::messages::search>());
  CHECK(repeatable<tl::messages::searchGlobal>());
  CHECK(repeatable<tl::account::checkUsername>());
  CHECK(repeatable<tl::contacts::resolveUsername>());
  CHECK(repeatable<tl::updates::getDifference>());
  CHECK(repeatable<tl::upload::getFile>());
}

TEST_CASE("what carries a random_id of 64 bits is repeatable", "[api][traits]") {
  CHECK(repeatable<tl::messages::sendMessage>());
  CHECK(repeatable<tl::messages::forwardMessages>());  // one for each message
  CHECK(repeatable<tl::messages::sendMultiMedia>());   // one in each part, says tl/api.traits
  CHECK_FALSE(repeatable<tl::phone::requestCall>());   // 32 bits
  CHECK_FALSE(repeatable<tl::messages::clickSponsoredMessage>());  // bytes: names something
}

TEST_CASE("what acts is not repeatable, whatever it is called", "[api][traits]") {
  CHECK_FALSE(repeatable<tl::auth::sendCode>());
  CHECK_FALSE(repeatable<tl::auth::importAuthorization>());  // its ticket is good once
  CHECK_FALSE(repeatable<tl::auth::checkPassword>());
  CHECK_FALSE(repeatable<tl::messages::getBotCallbackAnswer>());
  CHECK_FALSE(repeatable<tl::messages::getMessagesViews>());
  CHECK_FALSE(repeatable<tl::messages::sendPaidReaction>());
  CHECK_FALSE(repeatable<tl::messages::createChat>());
  CHECK_FALSE(repeatable<tl::messages::addChatUser>());
  CHECK_FALSE(repeatable<tl::messages::editMessage>());
  CHECK_FALSE(repeatable<tl::account::updateProfile>());
  CHECK_FALSE(repeatable<tl::payments::resolveStarGiftOffer>());
  CHECK_FALSE(repeatable<tl::payments::sendPaymentForm>());
}

TEST_CASE("what stays done is repeatable", "[api][traits]") {
  CHECK(repeatable<tl::messages::deleteMessages>());
  CHECK(repeatable<tl::upload::saveFilePart>());
  CHECK(repeatable<tl::auth::bindTempAuthKey>());
  CHECK_FALSE(repeatable<tl::messages::deleteHistory>());
}

TEST_CASE("parts of files and ciphertext are not worth compressing", "[api][traits]") {
  CHECK_FALSE(compressible<tl::upload::saveFilePart>());
  CHECK_FALSE(compressible<tl::upload::saveBigFilePart>());
  CHECK_FALSE(compressible<tl::messages::sendEncrypted>());
  CHECK(compressible<tl::messages::sendMessage>());
}

TEST_CASE("an unknown function is not repeatable, and compressible", "[api][traits]") {
  CHECK(tl::traits_of(0x12345678) == tl::function_traits{});
  CHECK(tl::traits_of(tl::peerUser::tl_id) == tl::function_traits{});
  CHECK(tl::traits_of_call({}) == tl::function_traits{});
  CHECK(tl::traits_of_call(bytes{1, 2, 3}) == tl::function_traits{});
}

TEST_CASE("wrappers are looked through", "[api][traits]") {
  auto const query = *tl::encode(tl::help::getConfig{});
  auto const whole = wrapped(query);
  auto const behind = tl::function_behind(whole);
  CHECK(bytes(behind.begin(), behind.end()) == query);
  CHECK(behind.data() + behind.size() == whole.data() + whole.size());
  CHECK(tl::traits_of_call(whole).repeatable);
  CHECK_FALSE(tl::traits_of(tl::invokeWithLayer::tl_id).repeatable);
  auto const chained = tl::encode(tl::invokeAfterMsg{.msg_id = 5, .query = whole});
  CHECK(tl::traits_of_call(*chained).repeatable);
}

TEST_CASE("a wrapper that is cut short wraps nothing", "[api][traits]") {
  auto const whole = wrapped(*tl::encode(tl::help::getConfig{}));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CHECK(tl::traits_of_call(bytes_view(whole).first(size)) == tl::function_traits{});
  }
}
