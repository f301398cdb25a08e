// SPDX-License-Identifier: MIT OR Apache-2.0
#include "core/base64.hpp"

#include <openssl/evp.h>

#include <algorithm>

namespace mtp::MTP_ABI::base64 {
namespace {

bool is_digit_of(alphabet which, char c) {
  bool const common = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  char const* const last = which == alphabet::url ? "-_" : "+/";
  return common || c == last[0] || c == last[1];
}

/// OpenSSL knows the standard alphabet only.
void to_standard(std::string& text) {
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
}

void to_url(std::string& text, std::size_t from) {
  auto const begin = text.begin() + static_cast<std::ptrdiff_t>(from);
  std::replace(begin, text.end(), '+', '-');
  std::replace(begin, text.end(), '/', '_');
}

/// The text without the padding, of which there may be as much as completes a group of four.
std::string_view without_padding(std::string_view text) {
  if (text.size() % 4 != 0) return text;
  for (int i = 0; i < 2 && !text.empty() && text.back() == '='; ++i) text.remove_suffix(1);
  return text;
}

}  // namespace

result<secret<bytes>, fault> decode(std::string_view text, alphabet which) {
  text = without_padding(text);
  if (!std::ranges::all_of(text, [which](char c) { return is_digit_of(which, c); }))
    return failure{fault::wrong_character};
  if (text.size() % 4 == 1) return failure{fault::cut_short};
  std::string whole;
  whole.reserve(text.size() + 3);
  whole = text;
  to_standard(whole);
  while (whole.size() % 4 != 0) whole += '=';
  bytes out(whole.size() / 4 * 3);
  EVP_DecodeBlock(out.data(), reinterpret_cast<unsigned char const*>(whole.data()),
                  static_cast<int>(whole.size()));
  out.resize(text.size() * 3 / 4);
  secret<std::string> const forgotten(std::move(whole));
  return secret<bytes>(std::move(out));
}

secret<std::string> encode(bytes_view data, alphabet which, bool padded, std::string_view prefix) {
  std::size_t const size = (data.size() + 2) / 3 * 4;
  std::string out(prefix);
  out.resize(prefix.size() + size + 1);  // OpenSSL writes a zero behind it
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(&out[prefix.size()]), data.data(),
                  static_cast<int>(data.size()));
  out.pop_back();
  while (!padded && !out.empty() && out.back() == '=') out.pop_back();
  if (which == alphabet::url) to_url(out, prefix.size());
  return secret<std::string>(std::move(out));
}

}  // namespace mtp::MTP_ABI::base64
