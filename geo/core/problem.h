#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geo/core/geometry.h"
#include "geo/core/result.h"

namespace hashimichi {

enum class ProblemKind {
  assumption,  ///< read, but something had to be assumed (CRS, encoding, axis order, height, LOD)
  skipped,     ///< a feature or value that was not read; the rest was
  failed,      ///< a whole file that was not read
};

/// One line of the import report.
struct Problem {
  ProblemKind kind = ProblemKind::skipped;
  std::string file;                 ///< the file as the user named it
  std::string place;                ///< "line 120", "feature 7", "gml:id=…"; empty for the whole file
  std::string code;                 ///< short stable key for grouping and tests: "crs.assumed", "ring.unclosed"
  std::string what;                 ///< one sentence with the reason
  std::string advice;               ///< what to do, may be empty
  std::string feature_id{};         ///< of the feature concerned, where there is one: the line jumps to it in 3D
  std::optional<Vec3d> position{};  ///< where it is, in the local frame, when no feature stands for it
};

/// The partly-bad side of an import: every problem is counted, the first ones of each kind and code are kept.
///
/// Bounded: at most `kept_per_code` lines are kept for one (kind, code), so a file with a million bad features costs
/// no more memory than one with a hundred. Not thread-safe; each job owns one and merges at the end.
class Problems {
 public:
  static constexpr std::size_t kept_per_code = 100;

  void add(Problem problem);
  void assume(std::string file, std::string place, std::string code, std::string what, std::string advice = {});
  void skip(std::string file, std::string place, std::string code, std::string what, std::string advice = {});
  void fail(const Error& error);
  /// What is reported from now on concerns this feature, until the next call; empty: none.
  void about(std::string feature_id) { feature_id_ = std::move(feature_id); }
  void merge(const Problems& other);
  /// Counts problems whose lines are not at hand, as when a saved report comes back.
  void addUnkept(ProblemKind kind, const std::string& code, std::size_t count) { counts_[{kind, code}] += count; }

  const std::vector<Problem>& lines() const { return lines_; }
  /// How many were reported, kept or not.
  std::size_t count(ProblemKind kind) const;
  std::size_t count(ProblemKind kind, const std::string& code) const;
  /// (code → count) of one kind, for summaries.
  std::map<std::string, std::size_t> byCode(ProblemKind kind) const;
  bool empty() const { return counts_.empty(); }

 private:
  std::vector<Problem> lines_;
  std::string feature_id_;
  std::map<std::pair<ProblemKind, std::string>, std::size_t> counts_;
};

const char* toString(ProblemKind kind);

}  // namespace hashimichi
