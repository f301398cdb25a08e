// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/random.hpp>
#include <mtp/testing/world/fault.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace mtp::MTP_ABI::testing {

enum class file_kind { document, photo };

/// A file that the world keeps for good.
struct stored_file {
  std::int64_t id = 0;
  std::int64_t access_hash = 0;
  file_kind kind = file_kind::document;
  int dc = 0;
  std::int32_t date = 0;
  std::string name = {};
  std::string mime = {};
  bytes attributes = {};  ///< Vector<DocumentAttribute>, encoded
  std::shared_ptr<bytes const> content = {};
};

/// A part as `upload.saveFilePart` and `upload.saveBigFilePart` bring it.
struct file_part {
  std::int64_t file_id = 0;
  std::int32_t part = 0;
  bool big = false;
  std::int32_t total_parts = -1;  ///< big files only; -1 while unknown
  bytes_view content = {};
  int dc = 0;  ///< which data centre it came to; 0 for any
};

/// What `inputFile` and `inputFileBig` name.
struct uploaded_file {
  std::int64_t file_id = 0;
  std::int32_t parts = 0;
  std::string name = {};
  std::string md5 = {};  ///< hexadecimal; empty to skip the check
};

/// What `upload.getFile` asks for.
struct file_request {
  file_kind kind = file_kind::document;
  std::int64_t id = 0;
  std::int64_t access_hash = 0;
  bytes_view reference = {};
  std::int64_t offset = 0;
  std::int32_t limit = 0;
  bool precise = false;
};

/// Parts on their way up, and files to take down. The rules are those of the API, with its errors.
/// Threads: not thread-safe; a data centre uses it on its own strand.
class MTP_API file_store {
 public:
  static constexpr std::size_t max_part = 512 * 1024;
  static constexpr std::int32_t max_small_parts = 4000;
  static constexpr std::int32_t max_big_parts = 8000;

  /// `max_memory` bounds everything ever uploaded, together.
  explicit file_store(std::uint64_t seed, std::size_t max_memory = std::size_t{2} << 30)
      : seed_(seed), max_memory_(max_memory) {}

  /// Keeps a part for `owner`; the same part again replaces the first. All parts of a file go to
  /// the data centre of the first.
  ///
  /// Errors: 303 FILE_MIGRATE_X; FILE_PART_EMPTY, FILE_PART_TOO_BIG, FILE_PART_INVALID,
  /// FILE_PARTS_INVALID, FILE_PART_SIZE_INVALID, FILE_PART_SIZE_CHANGED; 500 STORAGE_FULL.
  outcome<> save_part(std::int64_t owner, file_part part);

  /// Puts the parts together. Asked again for the same file, gives the same content.
  ///
  /// Errors: FILE_PARTS_INVALID, FILE_PART_X_MISSING, FILE_PART_SIZE_INVALID,
  /// FILE_PART_SIZE_CHANGED, MD5_CHECKSUM_INVALID.
  outcome<std::shared_ptr<bytes const>> assemble(std::int64_t owner, uploaded_file const& file);

  /// Keeps a file; fills in its id and access hash.
  stored_file const& store(stored_file file);
  stored_file const* find(file_kind kind, std::int64_t id) const;
  /// Lets a file live at another data centre. False when there is no such file.
  bool move(file_kind kind, std::int64_t id, int dc);

  /// A range of a file; shorter than asked, or empty, at its end.
  ///
  /// Errors: OFFSET_INVALID, LIMIT_INVALID, FILE_ID_INVALID, FILE_REFERENCE_EMPTY,
  /// FILE_REFERENCE_INVALID, FILE_REFERENCE_EXPIRED.
  outcome<bytes_view> read(file_request const& wanted) const;

  /// The reference that opens `file` at present.
  bytes reference(stored_file const& file) const;
  /// Errors: FILE_REFERENCE_EMPTY, FILE_REFERENCE_INVALID, FILE_REFERENCE_EXPIRED.
  outcome<> check_reference(stored_file const& file, bytes_view reference) const;
  /// Makes every reference given out so far useless, as time does on real servers.
  void expire_references() { ++generation_; }

  /// Whether a wrong MD5 is refused. It is, unless a test says otherwise.
  void check_md5(bool on) { check_md5_ = on; }

 private:
  struct upload {
    bool big = false;
    std::int32_t total = -1;
    int dc = 0;                 ///< where its first part came to
    std::size_t part_size = 0;  ///< once a part that is not the last has shown it
    std::map<std::int32_t, bytes> parts = {};
    std::shared_ptr<bytes const> whole = {};  ///< once put together; then `parts` is empty
  };
  using upload_key = std::pair<std::int64_t, std::int64_t>;

  static outcome<> check_numbers(file_part const& part);
  static outcome<> check_against(upload const& so_far, file_part const& part);
  static outcome<> check_whole(upload const& whole, uploaded_file const& file);
  void forget(upload_key key);
  outcome<> keep(upload& so_far, file_part const& part);

  std::uint64_t seed_;
  std::size_t max_memory_;
  std::size_t memory_ = 0;
  std::uint32_t generation_ = 1;
  bool check_md5_ = true;
  std::int64_t last_id_ = 0;
  std::map<upload_key, upload> uploads_;
  std::map<std::pair<file_kind, std::int64_t>, stored_file> files_;
};

}  // namespace mtp::MTP_ABI::testing
