#pragma once
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "geo/core/interned.h"
#include "geo/core/problem.h"

namespace hashimichi::model {

/// Keeps the ids of one kind of asset unique while files are read: an id that comes again from another file (or that
/// the project had before) replaces the old asset; within one file it is told apart by a suffix "#2".
class IdTable {
 public:
  static constexpr std::size_t new_place = static_cast<std::size_t>(-1);

  /// @param id  may be changed to a unique one
  /// @returns the index of the asset to replace, or new_place after noting that `next` is its index
  std::size_t place(std::string& id, const std::string& source, std::size_t next);
  /// An asset that the project had before this import.
  void keep(const std::string& id, const std::string& source, std::size_t index);
  /// One line per pair of files and per file with repeated ids. @param kind  "roads", "buildings" …
  void report(const std::string& kind, Problems& problems) const;

 private:
  struct Slot {
    std::string id;
    std::size_t index = 0;
    Interned source;  ///< a file, the same for thousands of ids
    bool kept = false;
    std::size_t repeats = 1;
  };
  /// Open addressing. Ids are new nearly always, which one look at the hashes tells: no list of strings is walked.
  struct Entry {
    std::size_t hash = 0;
    std::size_t slot = 0;  ///< index into slots_, plus 1; 0: free
  };
  Interned fileOf(const std::string& source);
  Slot* find(std::string_view id);
  Slot& add(Slot slot);
  void grow();
  Entry& entryFor(std::size_t hash, std::string_view id);

  std::deque<Slot> slots_;
  std::vector<Entry> entries_;  ///< a power of two, at most two thirds taken
  Interned last_source_;
  std::map<std::pair<std::string, std::string>, std::size_t> replaced_;  ///< (old file, new file) → count
  struct Repeats {
    std::size_t count = 0;
    std::string first_id;
  };
  std::map<std::string, Repeats> repeated_;  ///< by file
};

}  // namespace hashimichi::model
