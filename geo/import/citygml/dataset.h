#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <unordered_map>

namespace hashimichi::import::citygml {

/// The data set that a file belongs to: the folder above `udx`, else two levels up, where PLATEAU's relative paths
/// ("../../codelists/…") point. Finds what the file names by a relative path; nothing outside the data set is looked
/// at, and nothing is opened.
class Dataset {
 public:
  explicit Dataset(const std::filesystem::path& file);

  enum class Found { yes, missing, outside };
  struct Answer {
    Found found = Found::missing;
    std::filesystem::path path;  ///< canonical, where it is there
  };
  /// @param relative  to the file, UTF-8. Where no file has these letters, one that differs only in capitals (ASCII)
  /// is taken: data sets made on Windows say .JPG and mean .jpg.
  Answer find(const std::string& relative) const;

  const std::filesystem::path& root() const { return root_; }

 private:
  const std::filesystem::path* inOtherLetters(const std::filesystem::path& path) const;
  bool isInside(const std::filesystem::path& path) const;

  std::filesystem::path file_, root_;  ///< canonical
  using Listing = std::unordered_map<std::string, std::filesystem::path>;
  mutable std::map<std::filesystem::path, Listing> listings_;  ///< folder → names in small letters
};

}  // namespace hashimichi::import::citygml
