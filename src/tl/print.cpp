// SPDX-License-Identifier: MIT OR Apache-2.0
#include "tl/codec/encoder.hpp"
#include "tl/codec/walk.hpp"

#include <charconv>
#include <cstdio>

namespace mtp::MTP_ABI::tl {
namespace codec {
namespace {

class value_printer final : public visitor {
 public:
  explicit value_printer(text_options const& options) : options_(options) {}

  void open(std::string_view definition) override {
    put(definition);
    put("{");
    levels_.push_back({});
  }
  void close() override { end("}"); }
  void field(std::string_view name) override {
    next();
    put(name);
    put(": ");
  }
  void open_items(std::uint32_t) override {
    put("[");
    levels_.push_back({});
  }
  void item(std::uint32_t index) override {
    if (index == options_.max_items && !hidden()) {
      next();
      put("...");
    }
    levels_.back().hidden = index >= options_.max_items;
    next();
  }
  void close_items() override {
    levels_.back().hidden = false;
    end("]");
  }
  void leaf(shape of, bytes_view data) override {
    if (!hidden()) show(of, data);
  }
  void empty() override { put("empty"); }
  void broken(std::string_view why) override { out_ += "<" + std::string(why) + ">"; }

  std::string take() { return std::move(out_); }

 private:
  struct level {
    bool hidden = false;
    bool started = false;
  };

  bool hidden() const {
    for (auto const& one : levels_) {
      if (one.hidden) return true;
    }
    return false;
  }
  void put(std::string_view text) {
    if (!hidden()) out_ += text;
  }
  void new_line() {
    put("\n");
    for (std::size_t i = 0; i < levels_.size(); ++i) put("  ");
  }
  void next() {
    bool const first = !std::exchange(levels_.back().started, true);
    if (options_.multiline) {
      new_line();
    } else if (!first) {
      put(", ");
    }
  }
  void end(std::string_view bracket) {
    bool const any = levels_.back().started;
    levels_.pop_back();
    if (options_.multiline && any) new_line();
    put(bracket);
  }

  void show(shape of, bytes_view data) {
    switch (of) {
      case shape::int32: return put(std::to_string(load_le<std::int32_t>(data.data())));
      case shape::int64: return put(std::to_string(load_le<std::int64_t>(data.data())));
      case shape::float64: return show_double(data);
      case shape::boolean:
        return put(load_le<std::uint32_t>(data.data()) == true_id ? "true" : "false");
      case shape::truth: return put("true");
      case shape::string: return show_text(as_text(data));
      default: return show_hex(data);
    }
  }
  void show_double(bytes_view data) {
    double value = 0;
    std::memcpy(&value, data.data(), sizeof value);
    char digits[40];
    auto const made = std::to_chars(digits, digits + sizeof digits, value);
    put({digits, static_cast<std::size_t>(made.ptr - digits)});
  }
  void show_text(std::string_view text) {
    out_ += '"';
    for (char c : text.substr(0, options_.max_text)) show_character(c);
    out_ += '"';
    if (text.size() > options_.max_text) out_ += "... (" + std::to_string(text.size()) + " bytes)";
  }
  void show_character(char c) {
    if (c == '"' || c == '\\') {
      out_ += '\\';
      out_ += c;
    } else if (c == '\n') {
      out_ += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      char code[8];
      std::snprintf(code, sizeof code, "\\x%02x",
                    static_cast<unsigned>(static_cast<unsigned char>(c)));
      out_ += code;
    } else {
      out_ += c;
    }
  }
  void show_hex(bytes_view data) {
    out_ += "0x";
    std::size_t const shown = data.size() < options_.max_text ? data.size() : options_.max_text;
    for (std::uint8_t byte : data.first(shown)) {
      char code[4];
      std::snprintf(code, sizeof code, "%02x", static_cast<unsigned>(byte));
      out_ += code;
    }
    if (shown < data.size()) out_ += "... (" + std::to_string(data.size()) + " bytes)";
  }

  text_options options_;
  std::string out_;
  std::vector<level> levels_;
};

}  // namespace

std::string print(bytes_view data, schema_table const& names, text_options const& options) {
  value_printer out(options);
  walk way(data, names, out);
  if (way.boxed() && way.offset() < data.size()) {
    out.broken(std::to_string(data.size() - way.offset()) + " bytes left over");
  }
  return out.take();
}

}  // namespace codec

namespace codec {
namespace {

/// TL's own types stand in no table.
shape shape_of(ops const& of) {
  struct known {
    ops const* of;
    shape is;
  };
  static known const all[] = {
      {&ops_for<bool>::get(), shape::boolean},       {&ops_for<std::int32_t>::get(), shape::int32},
      {&ops_for<std::int64_t>::get(), shape::int64}, {&ops_for<double>::get(), shape::float64},
      {&ops_for<int128>::get(), shape::int128},      {&ops_for<int256>::get(), shape::int256},
      {&ops_for<string>::get(), shape::string},      {&ops_for<bytes>::get(), shape::bytes},
  };
  for (auto const& one : all) {
    if (one.of == &of) return one.is;
  }
  return shape::raw;
}

std::string print_plain(bytes_view data, shape of, bool is_list, text_options const& options) {
  static constexpr schema_table no_names = {};
  value_printer out(options);
  walk way(data, no_names, out);
  way.plain(of, is_list);
  return out.take();
}

}  // namespace
}  // namespace codec

std::string detail::to_text(void const* value, codec::ops const& of, text_options const& options) {
  codec::ops const& inner = of.element ? of.element() : of;
  mtp::bytes data;
  codec::encoder out(data);
  out.tolerate_empty();
  codec::write(out, value, of);
  auto const written = out.finish();
  if (!written) return "<" + written.error().text() + ">";
  if (inner.table) return codec::print(data, *inner.table, options);
  return codec::print_plain(data, codec::shape_of(inner), of.element != nullptr, options);
}

}  // namespace mtp::MTP_ABI::tl
