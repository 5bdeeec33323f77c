#pragma once
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace hashimichi::import::citygml {

/// One fault of a file, as an inspector would list it.
struct Finding {
  bool error = true;      ///< false: a note (a sentinel such as −9999), no fault
  std::string rule;       ///< of PLATEAU's quality inspection where there is one: "L07", "C01", "T03"; else empty
  std::string issue;      ///< stable key: "DuplicateConsecutivePoints"
  std::string file;       ///< as the user named it, UTF-8
  std::string place;      ///< "line 12, gml:id=…"; empty for the whole file
  std::string type, id;   ///< of the feature or surface concerned: "Building", its gml:id
  int lod = -1;           ///< −1: not of one level
  std::string what = {};  ///< one sentence
};

/// All findings of a run: every one is counted, the first of each issue are kept, so that a file with a million faults
/// costs no more memory than one with a thousand.
class Findings {
 public:
  static constexpr std::size_t kept_per_issue = 1000;

  void add(Finding finding) {
    std::size_t& count = counts_[{finding.error, finding.issue}];
    if (++count <= kept_per_issue) lines_.push_back(std::move(finding));
  }
  const std::vector<Finding>& lines() const { return lines_; }
  std::size_t count(const std::string& issue) const {
    std::size_t sum = 0;
    for (const auto& [key, number] : counts_) sum += key.second == issue ? number : 0;
    return sum;
  }
  std::size_t errors() const {
    std::size_t sum = 0;
    for (const auto& [key, number] : counts_) sum += key.first ? number : 0;
    return sum;
  }
  /// (is an error, issue) → how many
  const std::map<std::pair<bool, std::string>, std::size_t>& counts() const { return counts_; }

 private:
  std::vector<Finding> lines_;
  std::map<std::pair<bool, std::string>, std::size_t> counts_;
};

}  // namespace hashimichi::import::citygml
