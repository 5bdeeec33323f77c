#include "geo/core/problem.h"

namespace hashimichi {

std::string Error::text() const {
  std::string text = where.empty() ? what : where + ": " + what;
  if (!advice.empty()) text += " " + advice;
  return text;
}

void Problems::add(Problem problem) {
  std::size_t& count = counts_[{problem.kind, problem.code}];
  if (count++ >= kept_per_code) return;
  if (problem.feature_id.empty()) problem.feature_id = feature_id_;
  lines_.push_back(std::move(problem));
}

void Problems::assume(std::string file, std::string place, std::string code, std::string what, std::string advice) {
  add({ProblemKind::assumption,
       std::move(file),
       std::move(place),
       std::move(code),
       std::move(what),
       std::move(advice),
       {},
       {}});
}

void Problems::skip(std::string file, std::string place, std::string code, std::string what, std::string advice) {
  add({ProblemKind::skipped,
       std::move(file),
       std::move(place),
       std::move(code),
       std::move(what),
       std::move(advice),
       {},
       {}});
}

void Problems::fail(const Error& error) {
  add({ProblemKind::failed, error.where, {}, "file.failed", error.what, error.advice, {}, {}});
}

void Problems::merge(const Problems& other) {
  std::map<std::pair<ProblemKind, std::string>, std::size_t> kept;
  for (const Problem& line : other.lines_) {
    ++kept[{line.kind, line.code}];
    add(line);
  }
  for (const auto& [key, count] : other.counts_) counts_[key] += count - kept[key];
}

std::size_t Problems::count(ProblemKind kind) const {
  std::size_t sum = 0;
  for (const auto& [key, count] : counts_)
    if (key.first == kind) sum += count;
  return sum;
}

std::size_t Problems::count(ProblemKind kind, const std::string& code) const {
  const auto found = counts_.find({kind, code});
  return found == counts_.end() ? 0 : found->second;
}

std::map<std::string, std::size_t> Problems::byCode(ProblemKind kind) const {
  std::map<std::string, std::size_t> result;
  for (const auto& [key, count] : counts_)
    if (key.first == kind) result[key.second] = count;
  return result;
}

const char* toString(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::assumption:
      return "assumption";
    case ProblemKind::skipped:
      return "skipped";
    case ProblemKind::failed:
      return "failed";
  }
  return "";
}

}  // namespace hashimichi
