#pragma once
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace hashimichi::crs {

/// What was found out about a few texts, for all threads: a town has a thousand files in one CRS, and PROJ takes
/// milliseconds for each question. Only for the .cpp files of this room.
template <typename Value>
class Kept {
 public:
  std::optional<Value> find(const std::string& key) const {
    const std::lock_guard lock(guard_);
    const auto found = values_.find(key);
    return found == values_.end() ? std::nullopt : std::optional(found->second);
  }
  void keep(const std::string& key, const Value& value) {
    constexpr std::size_t most = 200, longest = 10'000;  // real data sets have a handful; WKT is about 2,000 long
    const std::lock_guard lock(guard_);
    if (values_.size() < most && key.size() <= longest) values_.emplace(key, value);
  }

 private:
  mutable std::mutex guard_;
  std::map<std::string, Value> values_;
};

}  // namespace hashimichi::crs
