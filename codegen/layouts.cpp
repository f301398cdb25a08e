// SPDX-License-Identifier: MIT OR Apache-2.0
#include "emit.hpp"
#include "fields.hpp"
#include "names.hpp"

#include <algorithm>
#include <stdexcept>

namespace tlgen {
namespace {

std::string hex64(std::uint64_t of) {
  return hex(static_cast<unsigned>(of >> 32)) + hex(static_cast<unsigned>(of)).substr(2);
}

constexpr std::size_t block_size = 64;
constexpr std::size_t max_fields = 255;

/// Writes the tables of one struct.
class layout_writer {
 public:
  layout_writer(record const& of, std::string suffix)
      : of_(of), suffix_(std::move(suffix)), entries_(entries_of(of)) {
    if (entries_.size() > max_fields)
      throw std::runtime_error(of.tl + ": more than 255 fields are not generated");
    for (std::size_t i = 0; i < entries_.size(); ++i) number_of_[entries_[i].first] = i;
  }

  std::size_t blocks() const { return (entries_.size() + block_size - 1) / block_size; }
  std::string text() {
    for (std::size_t i = 0; i < entries_.size(); ++i) add(i);
    if (entries_.empty()) return {};
    return marks_table() + words_table() + table_text("field", "fields" + suffix_, fields_) +
           table_text("field_block", "blocks" + suffix_, blocks_text());
  }

 private:
  std::string marks_table() const {
    return marks_.empty() ? "" : table_text("mark", "marks" + suffix_, marks_);
  }
  std::string words_table() const {
    return words_.empty() ? "" : table_text("flag_word", "words" + suffix_, words_);
  }

  void add(std::size_t entry_at) {
    entry const& of = entries_[entry_at];
    field const& one = of_.fields[of.first];
    bool const is_run = of.count > 1 || of.size > 8;
    fields_ += "    {code::" + (is_run ? "run" : code_of(one)) + ", " +
               number(is_run ? of.size : has_bare_elements(one)) + ", " +
               (one.is_word ? "0" : offset(one)) + ", " + number(of.first) + ", " +
               (one.is_word ? word_of(of.first) : details(one)) + "},\n";
  }

  static std::string details(field const& of) {
    type const* const shown = shown_type(of);
    return shown ? "{.of = &" + ops_expression(*shown) + "}" : "{}";
  }
  std::string offset(field const& of) const { return "offsetof(" + of_.cpp + ", " + of.name + ")"; }

  /// The fields of a word of one kind, in the order of TL.
  template <class Kind>
  std::vector<std::size_t> fields_of(std::size_t word, Kind kind) const {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < of_.fields.size(); ++i) {
      if (of_.fields[i].word == word && kind(of_.fields[i])) out.push_back(i);
    }
    return out;
  }

  /// Adds the table of a word.
  std::string word_of(std::size_t word) {
    std::size_t const first_mark = mark_count_;
    std::string counts;
    auto const add = [&](std::vector<std::size_t> const& fields) {
      for (std::size_t const one : fields) add_mark(one);
      counts += number(fields.size()) + ", ";
    };
    for (auto const kind : {is_flag_mark, is_optional_mark, is_handle_mark, is_box_mark})
      add(fields_of(word, kind));
    auto const shared = shared_bits(word);
    auto const shares = [&](field const& one) { return (shared >> one.bit & 1) != 0; };
    add(fields_of(word, [&](field const& one) { return !one.is_flag && shares(one); }));
    add(fields_of(word, [&](field const& one) { return one.is_flag && shares(one); }));
    words_ +=
        "    {" +
        (first_mark == mark_count_ ? "nullptr" : "marks" + suffix_ + " + " + number(first_mark)) +
        ", " + word_details(word, counts) + "},\n";
    return "{.word = words" + suffix_ + " + " + number(word_count_++) + "}";
  }

  /// The bits of a word that tell of several fields.
  std::uint32_t shared_bits(std::size_t word) const {
    std::uint32_t seen = 0;
    std::uint32_t out = 0;
    for (std::size_t const one : fields_of(word, [](field const&) { return true; })) {
      std::uint32_t const bit = 1u << of_.fields[one].bit;
      out |= seen & bit;
      seen |= bit;
    }
    return out;
  }

  std::string word_details(std::size_t word, std::string const& counts) const {
    auto const flags = fields_of(word, is_flag_mark);
    auto const fields = fields_of(word, [](field const& one) { return !one.is_flag; });
    std::size_t const block = number_of_.at(word) / block_size;
    bool const leaves = std::any_of(fields.begin(), fields.end(), [&](std::size_t one) {
      return number_of_.at(one) / block_size != block;
    });
    bool const adjacent = flags.empty() || flags.back() - flags.front() + 1 == flags.size();
    return hex(bits_of(flags)) + ", " + hex(bits_of(fields)) + ", " + counts + truth(adjacent) +
           ", " + truth(leaves) + ", " + number(block) + ", {" + numbers_by_bit(fields) + "}";
  }
  std::uint32_t bits_of(std::vector<std::size_t> const& fields) const {
    std::uint32_t out = 0;
    for (std::size_t const one : fields) out |= 1u << of_.fields[one].bit;
    return out;
  }
  std::string numbers_by_bit(std::vector<std::size_t> const& fields) const {
    std::vector<std::size_t> numbers(32);
    for (std::size_t const one : fields) numbers[of_.fields[one].bit] = number_of_.at(one);
    while (!numbers.empty() && numbers.back() == 0) numbers.pop_back();
    std::string out;
    for (std::size_t const one : numbers) out += (out.empty() ? "" : ", ") + number(one);
    return out;
  }

  void add_mark(std::size_t index) {
    field const& one = of_.fields[index];
    std::string const kind = is_box_mark(one) ? "box" : is_handle_mark(one) ? "handle" : "byte";
    std::string const behind = is_optional_mark(one) ? " + sizeof(" + one.value.cpp + ")" : "";
    marks_ += "    {" + offset(one) + behind + ", " + number(index) + ", " + number(one.bit) +
              ", " + number(one.is_flag ? 0 : number_of_.at(index)) + ", mark_kind::" + kind +
              "},\n";
    ++mark_count_;
  }

  std::string blocks_text() const {
    std::string out;
    for (std::size_t first = 0; first < entries_.size(); first += block_size) {
      std::size_t const count = std::min(block_size, entries_.size() - first);
      std::uint64_t always = 0;
      std::uint64_t owning = 0;
      for (std::size_t i = 0; i < count; ++i) {
        field const& one = of_.fields[entries_[first + i].first];
        if (!one.word) always |= std::uint64_t{1} << i;
        if (!is_plain(one)) owning |= std::uint64_t{1} << i;
      }
      out += "    {fields" + suffix_ + (first == 0 ? "" : " + " + number(first)) + ", " +
             hex64(always) + ", " + hex64(owning) + ", " + number(count) + "},\n";
    }
    return out;
  }

  record const& of_;
  std::string suffix_;
  std::vector<entry> entries_;
  std::map<std::size_t, std::size_t> number_of_;  ///< of fields: which entry
  std::string fields_;
  std::string marks_;
  std::string words_;
  std::size_t mark_count_ = 0;
  std::size_t word_count_ = 0;
};

}  // namespace

layout_text layout_of(record const& of, std::string const& suffix) {
  layout_writer writer(of, suffix);
  return {.tables = writer.text(), .blocks = writer.blocks()};
}

}  // namespace tlgen
