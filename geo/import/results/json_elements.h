#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "geo/core/result.h"
#include "geo/import/cityjson/byte_source.h"

namespace hashimichi::import {

/// Bytes of one element [a building's footprint: below 10 KB; a flooded district in one polygon: some MB].
inline constexpr std::size_t json_element_limit_bytes = 64u << 20;

/// The elements of one large JSON array, one after another as raw text, in the memory of one element. What an element
/// holds is not looked into, so a broken one costs only itself: its end is found by its brackets, and where they do not
/// close, the next `{"type":"Feature"` or `{"id":` is taken for a new beginning. Not thread-safe.
class JsonElements {
 public:
  /// @param member  of the file's object that is the array; empty: the file itself is the array
  /// @returns unreadable, or bad_input where there is no such array
  static Result<JsonElements> open(const std::filesystem::path& path, const std::string& member);

  enum class Kind {
    element,  ///< `text` is one
    broken,   ///< brackets that do not close, or beyond the limit: passed over
    end,
  };
  struct Next {
    Kind kind = Kind::end;
    std::string_view text;  ///< until the next call
    std::size_t index = 0;  ///< from 0, broken ones counted
    std::uint64_t at = 0;   ///< byte of its beginning
  };
  Next next();

  /// The member "crs" where it stands before the array, as written; else empty.
  const std::string& crs() const { return crs_; }
  /// The array was not closed: the file was cut off.
  bool cutOff() const { return cut_off_; }
  double fraction() const;

 private:
  explicit JsonElements(cityjson::ByteSource source) : source_(std::move(source)) {}
  bool enter(const std::string& member);
  void skipBlanks();
  /// Copies one value into element_; false where a bracket closes another kind, or it ends within neither limit nor
  /// file.
  bool takeValue();
  bool findNewBeginning(std::uint64_t after);

  cityjson::ByteSource source_;
  std::string element_, crs_;
  std::size_t index_ = 0;
  std::string open_;              ///< brackets of the present value
  std::uint64_t lost_bytes_ = 0;  ///< looked through once more after broken elements
  bool cut_off_ = false, ended_ = false;
};

}  // namespace hashimichi::import
