// SPDX-License-Identifier: MIT OR Apache-2.0
// Moduli as published in the clients of Telegram (tdlib,
// td/telegram/net/PublicRsaKeySharedMain.cpp); a test checks the fingerprint of each.
#include <mtp/crypto/known_keys.hpp>

#include <initializer_list>
#include <string_view>

namespace mtp::MTP_ABI::crypto {
namespace {

// Fingerprint d09d1d85de64fd85: the current key of production.
constexpr std::string_view production =
    "e8bb3305c0b52c6cf2afdf7637313489e63e05268e5badb601af417786472e5f93b85438968e20e6"
    "729a301c0afc121bf7151f834436f7fda680847a66bf64accec78ee21c0b316f0edafe2f41908da7"
    "bd1f4a5107638eeb67040ace472a14f90d9f7c2b7def99688ba3073adb5750bb02964902a359fe74"
    "5d8170e36876d4fd8a5d41b2a76cbff9a13267eb9580b2d06d10357448d20d9da2191cb5d8c93982"
    "961cdfdeda629e37f1fb09a0722027696032fe61ed663db7a37f6f263d370f69db53a0dc0a1748bd"
    "aaff6209d5645485e6e001d1953255757e4b8e42813347b11da6ab500fd0ace7e6dfa3736199ccaf"
    "9397ed0745a427dcfa6cd67bcb1acff3";

// Fingerprint b25898df208d2603: the current key of the test data centres.
constexpr std::string_view testing =
    "c8c11d635691fac091dd9489aedced2932aa8a0bcefef05fa800892d9b52ed03200865c9e97211cb"
    "2ee6c7ae96d3fb0e15aeffd66019b44a08a240cfdd2868a85e1f54d6fa5deaa041f6941ddf302690"
    "d61dc476385c2fa655142353cb4e4b59f6e5b6584db76fe8b1370263246c010c93d011014113ebdf"
    "987d093f9d37c2be48352d69a1683f8f6e6c2167983c761e3ab169fde5daaa12123fa1beab621e4d"
    "a5935e9c198f82f35eae583a99386d8110ea6bd1abb0f568759f62694419ea5f69847c43462abef8"
    "58b4cb5edc84e7b9226cd7bd7e183aa974a712c079dde85b9dc063b8a5c08e8f859c0ee5dcd824c7"
    "807f20153361a7f63cfd2a433a1be7f5";

std::vector<rsa_public_key> make(std::initializer_list<std::string_view> moduli) {
  std::vector<rsa_public_key> keys;
  for (std::string_view modulus : moduli) keys.push_back(*rsa_public_key::from_modulus(modulus));
  return keys;
}

}  // namespace

std::vector<rsa_public_key> const& production_keys() {
  static auto const keys = make({production});
  return keys;
}

std::vector<rsa_public_key> const& test_keys() {
  static auto const keys = make({testing});
  return keys;
}

}  // namespace mtp::MTP_ABI::crypto
