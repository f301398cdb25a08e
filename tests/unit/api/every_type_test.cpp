// SPDX-License-Identifier: MIT OR Apache-2.0
// Every constructor and function of both schemas: random values, cut short at every byte, with
// wrong counts, with damaged bytes.
#include "random_value.hpp"
#include "support/catch.hpp"
#include "tl/codec/generated.hpp"
#include "tl/codec/walk.hpp"

#include <mtp/tl/decode.hpp>
#include <mtp/tl/encode.hpp>

#include <map>
#include <string>

namespace {

using namespace mtp::tl;
using codec::ops;
using codec::schema_table;

/// A struct whose type the test does not know, owned.
class any_value {
 public:
  any_value(ops const& of, void const* from) : of_(of), at_(::operator new(of.size)) {
    codec::copy(at_, from, of);
  }
  any_value(any_value const&) = delete;
  ~any_value() {
    codec::destroy(at_, of_);
    ::operator delete(at_);
  }
  void const* get() const { return at_; }

 private:
  ops const& of_;
  void* at_;
};

struct schema_under_test {
  schema_table const& names;
  std::map<std::uint32_t, ops const*> all;

  schema_under_test(schema_table const& table, std::span<ops const* const> every) : names(table) {
    for (auto const* one : every) all[one->id] = one;
  }
};

schema_under_test const& api() {
  static schema_under_test const made(codec::names_of_api, codec::ops_of_api());
  return made;
}
schema_under_test const& service() {
  static schema_under_test const made(codec::names_of_service, codec::ops_of_service());
  return made;
}

/// Calls `see` with the name, the ops and a random value of each definition, several times over.
template <class See>
void for_every_type(schema_under_test const& schema, int rounds, int depth, See see) {
  mtp::test::value_writer random(schema.names, 20261121);
  for (auto const& of : schema.names.definitions) {
    auto const found = schema.all.find(of.id);
    if (found == schema.all.end()) continue;  // Bool is no struct
    for (int round = 0; round < rounds; ++round) {
      see(std::string(schema.names.name(of.name)), *found->second,
          random.write(of, round % (depth + 1)));
    }
  }
}

detail::decode_outcome decode(ops const& of, mtp::bytes data, decode_options const& options = {}) {
  return detail::decode(mtp::slice(std::move(data)), of, options);
}

/// What is wrong with how a value survives being read, copied, dropped, written and read again;
/// empty when nothing is.
std::string round_trip(ops const& of, mtp::bytes const& data) {
  auto first = decode(of, data);
  if (!first) return "does not decode: " + first.error().text();
  any_value const copy(of, first->value);
  if (!codec::equal(copy.get(), first->value, of)) return "a copy differs";
  any_value const copy_of_copy(of, copy.get());
  first = mtp::failure{decode_error{}};  // drops the block: the copies are on their own
  mtp::bytes again;
  auto const written = detail::encode(again, copy_of_copy.get(), of);
  if (!written) return "does not encode: " + written.error().text();
  if (again != data) return "encodes to other bytes";
  auto const second = decode(of, again);
  if (!second) return "does not decode again";
  if (!codec::equal(copy.get(), second->value, of)) return "differs after a round trip";
  auto const small = detail::detach(second->value, of);
  if (!codec::equal(copy.get(), small.value, of)) return "a detached value differs";
  auto const text = detail::to_text(copy.get(), of, {});
  if (text.find("left over>") != text.npos || text.find("<cut") != text.npos)
    return "prints as " + text;
  return {};
}

void check_round_trips(schema_under_test const& schema, std::size_t expected) {
  std::size_t types = 0;
  std::uint32_t last = 0;
  for_every_type(schema, 12, 5, [&](std::string const& name, ops const& of, auto const& value) {
    types += of.id != last;
    last = of.id;
    auto const problem = round_trip(of, value.data);
    if (!problem.empty()) FAIL_CHECK(name << ": " << problem);
  });
  CHECK(types == expected);
}

void check_truncations(schema_under_test const& schema) {
  for_every_type(schema, 3, 2, [](std::string const& name, ops const& of, auto const& value) {
    if (value.open_end || value.data.size() > 1500) return;
    for (std::size_t size = 0; size < value.data.size(); ++size) {
      auto const cut =
          decode(of, {value.data.begin(), value.data.begin() + static_cast<std::ptrdiff_t>(size)});
      if (cut) {
        FAIL_CHECK(name << " decodes from " << size << " of " << value.data.size() << " bytes");
      } else if (size >= 4 && cut.error().path.rfind(name, 0) != 0) {
        FAIL_CHECK(name << ": the path of the error is " << cut.error().path);
      }
    }
  });
}

void check_counts(schema_under_test const& schema) {
  std::size_t tried = 0;
  for_every_type(schema, 6, 4, [&](std::string const& name, ops const& of, auto const& value) {
    for (std::size_t const at : value.counts) {
      for (std::uint32_t const count : {0x7fffffffu, 0xffffffffu, 0x01000000u}) {
        auto data = value.data;
        mtp::store_le(data.data() + at, count);
        auto const refused = decode(of, std::move(data));
        ++tried;
        if (refused || refused.error().code != decode_errc::bad_count ||
            refused.error().offset != at) {
          FAIL_CHECK(name << ": a count of " << count << " at " << at << " is taken");
        }
      }
    }
  });
  CHECK(tried > schema.all.size() / 4);
}

}  // namespace

TEST_CASE("every type survives a round trip, a copy and the end of its block", "[tl][api]") {
  check_round_trips(api(), 1720 - 3 + 859);  // all but vector, boolTrue and boolFalse
  check_round_trips(service(), 57);
}

TEST_CASE("every type cut short at any byte is an error with the place", "[tl][api]") {
  check_truncations(api());
  check_truncations(service());
}

TEST_CASE("every wrong count is an error at its place", "[tl][api]") {
  check_counts(api());
  check_counts(service());
}

TEST_CASE("damaged bytes never cost more memory than allowed", "[tl][api]") {
  std::mt19937_64 engine(7);
  std::size_t refused = 0;
  for_every_type(api(), 4, 4, [&](std::string const&, ops const& of, auto const& value) {
    for (int i = 0; i < 20; ++i) {
      auto data = value.data;
      for (int k = 0; k < 3; ++k)
        data[engine() % data.size()] = static_cast<std::uint8_t>(engine());
      std::size_t const limit = 16384 + 64 * data.size();
      auto const size = data.size();
      auto const outcome = decode(of, std::move(data), {.rest = trailing::allow});
      refused += !outcome;
      if (outcome && outcome->keeper.get()->size() > limit + size + 4096)
        FAIL_CHECK("too much memory");
    }
  });
  CHECK(refused > 1000);
}

TEST_CASE("a limit of memory holds, whatever the type", "[tl][api]") {
  std::size_t refused = 0;
  for_every_type(api(), 2, 4, [&](std::string const& name, ops const& of, auto const& value) {
    std::size_t const limit = of.size + 64;
    auto const outcome = decode(of, value.data, {.max_arena = limit});
    if (!outcome) {
      ++refused;
      if (outcome.error().code != decode_errc::too_large)
        FAIL_CHECK(name << ": " << outcome.error().text());
    } else if (outcome->keeper.get()->size() > value.data.size() + limit + 256) {
      FAIL_CHECK(name << " took " << outcome->keeper.get()->size());
    }
  });
  CHECK(refused > 100);
}

TEST_CASE("no struct is wider than the arena allows for its bytes", "[tl][api]") {
  for (auto const& [id, of] : api().all) {
    CAPTURE(id, of->size, of->min_size);
    CHECK(of->min_size >= 4);
    if (of->size > 64 * of->min_size)
      FAIL_CHECK(std::hex << id << std::dec << ": " << of->size << " from " << of->min_size);
  }
}

TEST_CASE("ids and names of the tables are those of the structs", "[tl][api]") {
  CHECK(api().all.size() == 1720 - 3 + 859);
  for (auto const& [id, of] : api().all) {
    auto const* const named = api().names.find(id);
    REQUIRE(named);
    CHECK(named->id == of->id);
  }
}
