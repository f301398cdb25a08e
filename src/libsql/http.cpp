// SPDX-License-Identifier: MIT OR Apache-2.0
#include "libsql/http.hpp"

#include <mtp/core/error.hpp>
#include <mtp/core/wipe.hpp>
#include <mtp/storage/store_error.hpp>

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <new>

namespace mtp::MTP_ABI::libsql {
namespace {

/// No page that is asked for is larger.
constexpr std::size_t max_answer = std::size_t{8} << 20;
constexpr std::size_t max_headers = std::size_t{64} << 10;

long in_milliseconds(duration span) {
  auto const count = std::chrono::ceil<std::chrono::milliseconds>(span).count();
  return static_cast<long>(std::clamp<std::int64_t>(count, 1, std::numeric_limits<int>::max()));
}

void start_curl() {
  static CURLcode const started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK) throw std::bad_alloc();
}

/// Headers of a request.
class header_lines {
 public:
  void add(char const* line) {
    auto* const longer = curl_slist_append(first_.get(), line);
    if (!longer) throw std::bad_alloc();
    (void)first_.release();
    first_.reset(longer);
  }
  curl_slist* get() const { return first_.get(); }

 private:
  std::unique_ptr<curl_slist, void (*)(curl_slist*)> first_{nullptr, curl_slist_free_all};
};

/// What the system would say, for what libcurl says that means the same.
std::error_code reason_of(int code) {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT: return std::make_error_code(std::errc::timed_out);
    case CURLE_COULDNT_CONNECT: return std::make_error_code(std::errc::connection_refused);
    case CURLE_WRITE_ERROR: return std::make_error_code(std::errc::message_size);
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM: return std::make_error_code(std::errc::connection_reset);
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING: return std::make_error_code(std::errc::bad_message);
    case CURLE_ABORTED_BY_CALLBACK: return std::make_error_code(std::errc::operation_canceled);
    default: return {};
  }
}

/// libcurl asks at least once a second whether to go on.
int is_stopped(void* flag, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return *static_cast<std::atomic<bool> const*>(flag) ? 1 : 0;
}

}  // namespace

/// The answer that comes in. What grows leaves nothing behind.
struct http::incoming {
  std::string body = {};
  std::size_t headers = 0;  ///< bytes of them, which nobody needs

  bool add(char const* data, std::size_t size) {
    if (size > max_answer - body.size()) return false;
    if (body.size() + size > body.capacity()) grow(size);
    body.append(data, size);
    return true;
  }
  void grow(std::size_t size) {
    std::string larger;
    larger.reserve(2 * (body.size() + size));
    larger = body;
    body.swap(larger);
    wipe({reinterpret_cast<std::uint8_t*>(larger.data()), larger.size()});
  }
};

http::http(target const& to) : to_(&to), raw_(nullptr, finish) {
  start_curl();
  raw_.reset(curl_easy_init());
  if (!raw_) throw std::bad_alloc();
}

void http::finish(void* raw) { curl_easy_cleanup(raw); }

std::size_t http::take(char* data, std::size_t size, std::size_t count, void* to) {
  try {
    return static_cast<incoming*>(to)->add(data, size * count) ? size * count : 0;
  } catch (...) {
    return 0;
  }
}

std::size_t http::count(char*, std::size_t size, std::size_t count, void* to) {
  auto& headers = static_cast<incoming*>(to)->headers;
  headers += size * count;
  return headers <= max_headers ? size * count : 0;
}

void http::set_up() {
  auto* const raw = raw_.get();
  auto const& said = to_->said();
  curl_easy_reset(raw);  // connections stay
  curl_easy_setopt(raw, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(raw, CURLOPT_POST, 1L);
  curl_easy_setopt(raw, CURLOPT_TIMEOUT_MS, in_milliseconds(said.patience));
  curl_easy_setopt(raw, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(raw, CURLOPT_XFERINFODATA, &stopped_);
  curl_easy_setopt(raw, CURLOPT_XFERINFOFUNCTION, &is_stopped);
  curl_easy_setopt(raw, CURLOPT_WRITEFUNCTION, &http::take);
  curl_easy_setopt(raw, CURLOPT_HEADERFUNCTION, &http::count);
  curl_easy_setopt(raw, CURLOPT_PROXY, "");  // not what the environment says
  if (!said.authorities.empty()) curl_easy_setopt(raw, CURLOPT_CAINFO, said.authorities.c_str());
  if (said.token.reveal().empty()) return;
  curl_easy_setopt(raw, CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
  curl_easy_setopt(raw, CURLOPT_XOAUTH2_BEARER, said.token.reveal().c_str());
}

http_answer http::post(std::string const& url, secret<std::string> const& body) {
  set_up();
  auto* const raw = raw_.get();
  header_lines headers;
  headers.add("Content-Type: application/json");
  headers.add("Expect:");  // nobody waits for the permission to send more
  incoming in;
  curl_easy_setopt(raw, CURLOPT_URL, url.c_str());
  curl_easy_setopt(raw, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(raw, CURLOPT_POSTFIELDS, body.reveal().data());
  curl_easy_setopt(raw, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.reveal().size()));
  curl_easy_setopt(raw, CURLOPT_WRITEDATA, &in);
  curl_easy_setopt(raw, CURLOPT_HEADERDATA, &in);
  int const code = curl_easy_perform(raw);
  http_answer out{.body = std::move(in.body)};
  if (code != CURLE_OK) fail(code);
  curl_easy_getinfo(raw, CURLINFO_RESPONSE_CODE, &out.status);
  return out;
}

void http::fail(int code) const {
  if (auto const reason = reason_of(code))
    throw store_error(client_errc::storage, to_->place(), reason);
  throw store_error(client_errc::storage, to_->place(),
                    std::string(curl_easy_strerror(static_cast<CURLcode>(code))));
}

}  // namespace mtp::MTP_ABI::libsql
