#include "geo/model/id_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace hashimichi::model {

Interned IdTable::fileOf(const std::string& source) {
  if (last_source_.view() != source) last_source_ = source;
  return last_source_;
}

/// The entry of that id, else the free one where it belongs.
IdTable::Entry& IdTable::entryFor(std::size_t hash, std::string_view id) {
  const std::size_t mask = entries_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    Entry& entry = entries_[at];
    if (entry.slot == 0 || (entry.hash == hash && slots_[entry.slot - 1].id == id)) return entry;
  }
}

IdTable::Slot* IdTable::find(std::string_view id) {
  if (entries_.empty()) return nullptr;
  const Entry& entry = entryFor(std::hash<std::string_view>{}(id), id);
  return entry.slot == 0 ? nullptr : &slots_[entry.slot - 1];
}

void IdTable::grow() {
  constexpr std::size_t least = 64;
  const std::vector<Entry> old = std::exchange(entries_, std::vector<Entry>(std::max(least, entries_.size() * 2)));
  const std::size_t mask = entries_.size() - 1;
  for (const Entry& entry : old) {
    if (entry.slot == 0) continue;
    std::size_t at = entry.hash & mask;
    while (entries_[at].slot != 0) at = (at + 1) & mask;
    entries_[at] = entry;
  }
}

/// @param slot  of an id that is not there
IdTable::Slot& IdTable::add(Slot slot) {
  if ((slots_.size() + 1) * 3 > entries_.size() * 2) grow();
  const std::size_t hash = std::hash<std::string_view>{}(slot.id);
  Entry& entry = entryFor(hash, slot.id);
  slots_.push_back(std::move(slot));
  entry = {hash, slots_.size()};
  return slots_.back();
}

std::size_t IdTable::place(std::string& id, const std::string& from, std::size_t next) {
  const Interned source = fileOf(from);
  if (id.empty()) id = "unnamed";
  Slot* const known = find(id);
  if (!known) return add({id, next, source, false, 1}), new_place;
  if (known->kept || known->source != source) {
    ++replaced_[{known->source.str(), source.str()}];
    known->source = source, known->kept = false, known->repeats = 1;
    return known->index;
  }
  Repeats& repeats = repeated_[source.str()];
  if (repeats.count++ == 0) repeats.first_id = id;
  Slot* own = nullptr;
  std::string unique;
  do {
    unique = fmt::format("{}#{}", id, ++known->repeats);
    own = find(unique);
  } while (own && !own->kept);
  id = std::move(unique);
  if (!own) return add({id, next, source, false, 1}), new_place;
  own->source = source, own->kept = false, own->repeats = 1;
  return own->index;
}

void IdTable::keep(const std::string& id, const std::string& source, std::size_t index) {
  Slot slot{id, index, fileOf(source), true, 1};
  if (Slot* const known = find(id))
    *known = std::move(slot);
  else
    add(std::move(slot));
}

void IdTable::report(const std::string& kind, Problems& problems) const {
  for (const auto& [files, count] : replaced_)
    problems.assume(files.second, {}, "id.replaced",
                    files.first == files.second
                        ? fmt::format("{} {} that the project already had from this file were read again.", count, kind)
                        : fmt::format("{} {} have ids that {} also has: the ones read last replace the others.", count,
                                      kind, files.first.empty() ? "the project" : files.first));
  for (const auto& [file, repeats] : repeated_)
    problems.assume(file, {}, "id.repeated",
                    fmt::format("{} {} repeat an id of the same file (the first is \"{}\"): they were kept with a "
                                "suffix #2, #3 …",
                                repeats.count, kind, repeats.first_id));
}

}  // namespace hashimichi::model
