#include "app/session/picture_words.h"

#include <fmt/format.h>

#include <array>

#include "app/i18n/text.h"
#include "geo/export/result_palette.h"
#include "geo/export/words.h"
#include "render/attribute_colours.h"

namespace hashimichi::app {
namespace {

using assets::Soundness;
using exporting::PictureLegend;

PictureLegend::Part ranks(const PictureSubject& subject) {
  std::array<std::size_t, 6> roads{};
  std::array<double, 6> km{};
  const auto& all = subject.project.model->roads;
  for (const assess::Ranked& row : subject.ranking->rows) {
    if (row.index >= all.size() || row.band < 0 || row.band > 5) continue;
    ++roads[static_cast<std::size_t>(row.band)];
    km[static_cast<std::size_t>(row.band)] += all[row.index].length_m / 1000;
  }
  PictureLegend::Part part{tr(subject.language, "legend.snow"), {}};
  for (std::size_t i = 1; i <= 6; ++i) {
    const std::size_t band = i % 6;
    const auto number = static_cast<int>(band);
    part.entries.push_back({exporting::rank_colours[band], band == 0 ? "" : std::to_string(band),
                            exporting::bandMeaning(assess::Subject::snow, number, subject.language),
                            fmt::format("{}  {:.1f} km", roads[band], km[band]), band == 0});
  }
  return part;
}

PictureLegend::Part soundness(const PictureSubject& subject) {
  constexpr std::array order{Soundness::IV, Soundness::III, Soundness::II, Soundness::I, Soundness::unknown};
  constexpr std::array keys{"legend.unknown", "legend.I", "legend.II", "legend.III", "legend.IV"};
  constexpr std::array numerals{"", "I", "II", "III", "IV"};
  std::array<std::size_t, 5> bridges{};
  for (const model::Bridge& bridge : subject.project.model->bridges) {
    const assets::Inspection* latest = model::latestInspection(bridge);
    ++bridges[static_cast<std::size_t>(latest ? latest->soundness : Soundness::unknown)];
  }
  PictureLegend::Part part{tr(subject.language, "legend.ageing"), {}};
  for (const Soundness one : order) {
    const auto i = static_cast<std::size_t>(one);
    part.entries.push_back({exporting::soundnessColour(one), numerals[i], tr(subject.language, keys[i]),
                            std::to_string(bridges[i]), one == Soundness::unknown});
  }
  return part;
}

PictureLegend::Part resultClasses(const PictureSubject& subject) {
  const render::ResultShapes& shapes = *subject.result;
  const std::size_t classes = shapes.classes.names.size();
  PictureLegend::Part part{shapes.layer().id, {}};
  for (std::size_t i = classes; i-- > 0;)
    part.entries.push_back({exporting::resultColour(i, classes), "", shapes.classes.names[i], "", false});
  part.entries.push_back({exporting::no_data, "", tr(subject.language, "result.gap"), "", true});
  return part;
}

PictureLegend::Part attribute(const PictureSubject& subject) {
  const render::AttributeLegend legend = render::attributeLegend(*subject.project.model, subject.look.colour_by);
  PictureLegend::Part part{subject.look.colour_by, {}};
  if (!legend.unit.empty()) part.title += " (" + legend.unit + ")";
  for (const auto& entry : legend.entries) {
    const char* const other = entry.hatched ? "view.unknown" : "view.rest";
    part.entries.push_back({entry.colour, "", entry.hatched || entry.rest ? tr(subject.language, other) : entry.text,
                            std::to_string(entry.buildings), entry.hatched});
  }
  return part;
}

}  // namespace

exporting::PictureLegend legendOf(const PictureSubject& subject) {
  PictureLegend legend{subject.project.name};
  const assess::Ranking* ranking = subject.ranking;
  if (ranking) {
    legend.lines.push_back(formatJst(ranking->as_of));
    if (ranking->subject == assess::Subject::snow)
      legend.lines.push_back(subject.language == Language::ja ? ranking->profile_name_ja : ranking->profile_name_en);
    legend.parts.push_back(ranking->subject == assess::Subject::snow ? ranks(subject) : soundness(subject));
  }
  if (subject.result) legend.parts.push_back(resultClasses(subject));
  if (!subject.look.colour_by.empty() && subject.project.model) legend.parts.push_back(attribute(subject));
  return legend;
}

}  // namespace hashimichi::app
