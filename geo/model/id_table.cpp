#include "geo/model/id_table.h"

#include <fmt/format.h>

namespace hashimichi::model {

Interned IdTable::fileOf(const std::string& source) {
  if (last_source_.view() != source) last_source_ = source;
  return last_source_;
}

std::size_t IdTable::place(std::string& id, const std::string& from, std::size_t next) {
  const Interned source = fileOf(from);
  if (id.empty()) id = "unnamed";
  const auto [found, is_new] = slots_.try_emplace(id);
  Slot& slot = found->second;
  if (is_new) {
    slot = {next, source, false, 1};
    return new_place;
  }
  if (slot.kept || slot.source != source) {
    ++replaced_[{slot.source.str(), source.str()}];
    slot = {slot.index, source, false, 1};
    return slot.index;
  }
  Repeats& repeats = repeated_[source.str()];
  if (repeats.count++ == 0) repeats.first_id = id;
  std::string unique;
  do unique = fmt::format("{}#{}", id, ++slot.repeats);
  while (slots_.count(unique) > 0 && !slots_[unique].kept);
  id = unique;
  Slot& own = slots_[unique];
  if (own.kept) {
    own = {own.index, source, false, 1};
    return own.index;
  }
  own = {next, source, false, 1};
  return new_place;
}

void IdTable::keep(const std::string& id, const std::string& source, std::size_t index) {
  slots_[id] = {index, fileOf(source), true, 1};
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
