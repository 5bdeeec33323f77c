#include "app/cli/selection_words.h"

#include "app/i18n/text.h"

namespace hashimichi::app::cli {

void SelectionWords::addTo(CLI::App& verb, Language language) {
  verb.add_option("--area", area, tr(language, "cli.area"));
  verb.add_option("--mesh", mesh, tr(language, "cli.mesh"));
  verb.add_option("--types", types, tr(language, "cli.types"));
  verb.add_option("--lods", lods, tr(language, "cli.lods"));
}

Result<import::Selection> SelectionWords::selection() const {
  import::Selection selection;
  const auto addRings = [&](Result<std::vector<import::Selection::LonLatRing>> rings) {
    if (!rings) return Status(rings.error());
    for (auto& ring : *rings) selection.area.push_back(std::move(ring));
    return done();
  };
  if (!area.empty())
    if (const Status s = addRings(import::areaFrom(area)); !s) return s.error();
  if (!mesh.empty())
    if (const Status s = addRings(import::squaresFrom(mesh)); !s) return s.error();
  for (const std::string_view part : split(types, ','))
    if (!trim(part).empty()) selection.types.emplace(trim(part));
  if (!lods.empty()) {
    Result<std::set<int>> wanted = import::lodsFrom(lods);
    if (!wanted) return wanted.error();
    selection.lods = std::move(*wanted);
  }
  return selection;
}

}  // namespace hashimichi::app::cli
