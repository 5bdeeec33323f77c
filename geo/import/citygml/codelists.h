#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "geo/core/problem.h"
#include "geo/import/citygml/dataset.h"
#include "geo/import/citygml/names.h"

namespace hashimichi::import::citygml {

/// The code lists (GML dictionaries) that a data set brings along, read when first asked for and kept for the file.
///
/// A codeSpace is a path relative to the file, or a web address of which only the last part is used: nothing is
/// fetched. Lists are looked for inside the data set only (the folder that holds `udx` and `codelists`); a path that
/// leaves it is refused. Where the data set lacks a list, the one of that name in datasets/codelists serves. A missing,
/// damaged or refused list is reported once; its codes then stand alone.
class Codelists {
 public:
  /// @param file  the CityGML file that refers to the lists
  Codelists(const std::filesystem::path& file, Problems& problems);

  /// The label of a code, as long as this lives; nothing when the list or the code is not there.
  std::optional<std::string_view> label(std::string_view code_space, std::string_view code);

 private:
  using List = std::unordered_map<std::string, std::string, TextHash, std::equal_to<>>;
  const List& listFor(std::string_view code_space);
  std::optional<std::filesystem::path> locate(const std::string& code_space);
  List load(const std::string& code_space);

  Dataset dataset_;
  std::string shown_file_;
  Problems& problems_;
  std::map<std::string, List, std::less<>> lists_;
  std::size_t entries_ = 0;
};

}  // namespace hashimichi::import::citygml
