// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/types/struct_fields.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mtp::MTP_ABI {

namespace detail {

/// What stands in callback data: fields one after the other, behind a mark.
class MTP_API callback_writer {
 public:
  void number(std::int64_t value);
  void text(std::string_view value);
  /// The whole: `name` and `version` name the type, `key` is mixed into the mark.
  std::string take(std::string_view name, std::uint8_t version, bytes_view key);

 private:
  std::string body_;
};

/// Reads it again; the first thing that is wrong makes all of it so.
class MTP_API callback_reader {
 public:
  callback_reader(std::string_view data, std::string_view name, std::uint8_t version,
                  bytes_view key);
  std::int64_t number();
  std::string_view text();
  void fail() noexcept { ok_ = false; }
  /// Whether all of it was there, and nothing else.
  bool is_done() const noexcept { return ok_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = false;
};

template <class T>
void write_field(callback_writer& to, T const& value) {
  if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
    to.number(static_cast<std::int64_t>(value));
  } else {
    static_assert(std::is_same_v<T, std::string>,
                  "fields of callback data are numbers, truth values, enumerations and strings");
    to.text(value);
  }
}

template <class T>
void read_field(callback_reader& from, T& value) {
  if constexpr (std::is_same_v<T, std::string>) {
    value = from.text();
  } else {
    auto const number = from.number();
    value = static_cast<T>(number);
    if (static_cast<std::int64_t>(value) != number) from.fail();
  }
}

template <class T>
constexpr std::uint8_t version_of() {
  if constexpr (requires { T::callback_version; }) {
    return T::callback_version;
  } else {
    return 1;
  }
}

}  // namespace detail

/// A struct as the data of a button's callback, in at most 64 bytes.
///
/// `T` is an aggregate of up to eight numbers, truth values, enumerations and std::string, and says
/// what it is: `static constexpr std::string_view callback_name = "vote";`. When its fields change
/// it gets a `static constexpr std::uint8_t callback_version = 2;` (1 without one): old buttons are
/// no votes then, but for whoever asks for the old struct under its version.
///
/// The data begins with the version and a mark of 32 bits over all of it, the name and the key:
/// what is another struct's, of another version, cut or foreign is not taken for a `T`. Clients can
/// send what they like; only a secret key keeps people from making up data themselves.
///
/// Threads: a value; distinct objects may be used on different threads.
template <class T>
  requires std::is_aggregate_v<T>
class callback_data {
 public:
  /// Without a key the mark tells types apart, and no more.
  callback_data() = default;
  explicit callback_data(bytes_view key) : key_(key.begin(), key.end()) {}

  /// What to give to inline_button::callback(). Errors: mtp::error with client_errc::bad_argument
  /// when it is longer than 64 bytes.
  std::string pack(T const& value) const {
    detail::callback_writer to;
    detail::each_field(value, [&](auto const& field) { detail::write_field(to, field); });
    return to.take(T::callback_name, detail::version_of<T>(), key_);
  }

  /// What was packed; nothing for any other data.
  std::optional<T> parse(std::string_view data) const {
    detail::callback_reader from(data, T::callback_name, detail::version_of<T>(), key_);
    T out{};
    detail::each_field(out, [&](auto& field) { detail::read_field(from, field); });
    if (!from.is_done()) return {};
    return out;
  }

 private:
  bytes key_;
};

}  // namespace mtp::MTP_ABI
