#pragma once
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/core/problem.h"
#include "geo/core/result.h"
#include "geo/core/text.h"

namespace hashimichi::import {

/// A column head taken apart: "橋長（ｍ）" → whole "橋長(m)", key "橋長", unit "m". Width, case, blanks and the signs
/// that people put between words are levelled, so that spellings compare equal.
struct Head {
  std::string whole, key, unit;
};
Head normalizeHead(std::string_view utf8);

/// A column that was recognised. `factor` turns its numbers into the unit of the meaning (cm heads → 0.01 for metres).
struct Column {
  std::size_t index = 0;
  std::string head;  ///< as the source writes it
  double factor = 1;
};

/// Which column of one table or layer means what; at most one column per meaning.
struct FieldMatch {
  std::map<std::string, Column, std::less<>> columns;  ///< by meaning
  /// What had to be chosen: two columns with one meaning, a unit that is not known. For the import report.
  struct Doubt {
    std::string code, what;
  };
  std::vector<Doubt> doubts;

  const Column* find(std::string_view meaning) const;
  bool has(std::string_view meaning) const { return find(meaning) != nullptr; }
};

/// The spellings of the columns of one kind of table, from datasets/field_maps/<name>.json. Immutable.
class FieldMap {
 public:
  /// not_found or bad_input, naming the file; the maps are shipped, so this says that the installation is damaged.
  /// @param own  a person's field map (app/cli/README.md): its heads for this kind of table come first; bad_input where
  /// it names a meaning that there is not
  static Result<FieldMap> load(std::string_view name, const std::filesystem::path& own = {});

  /// @param dbf  heads come from a DBF in this encoding, which cut them to 10 bytes: "緊急輸送道" stands for
  /// 緊急輸送道路
  FieldMatch match(const std::vector<std::string>& heads, std::optional<Encoding> dbf = {}) const;
  /// How many of the meanings that tell this kind of table from others are among the heads.
  std::size_t tellingMatches(const FieldMatch& match) const;

 private:
  struct Meaning {
    std::string name, unit;
    bool telling = false;
    std::vector<Head> spellings;  ///< best first
    std::size_t own = 0;          ///< the first ones are a person's own
  };
  static void claim(FieldMatch& result, const Meaning& meaning, std::size_t index, const std::string& raw,
                    const Head& head);
  Status addOwn(std::string_view name, const std::filesystem::path& own);
  std::vector<Meaning> meanings_;
};

/// Tells which columns were taken for what, where some were not recognised: a person can then name those in a field
/// map.
void reportProposals(const FieldMatch& match, const std::vector<std::string>& heads, const std::string& file,
                     const std::string& place, Problems& problems);

/// Adds the doubts of a match to the report.
void reportDoubts(const FieldMatch& match, const std::string& file, const std::string& place, Problems& problems);

}  // namespace hashimichi::import
