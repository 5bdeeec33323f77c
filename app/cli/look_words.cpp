#include "app/cli/look_words.h"

#include <algorithm>
#include <cstdio>

#include "app/i18n/text.h"
#include "render/attribute_colours.h"

namespace hashimichi::app::cli {

void LookWords::addTo(CLI::App& verb) {
  const Language language = languageFromEnvironment();
  verb.add_option("--moment", moment, tr(language, "view.cli_moment"));
  verb.add_option("--ground", ground, tr(language, "view.cli_ground"))
      ->check(CLI::IsMember({"imagery", "heights", "shaded"}));
  verb.add_option("--colour-by", colour_by, tr(language, "view.cli_colour_by"));
  verb.add_flag("--sun", sun, tr(language, "view.cli_sun"));
  verb.add_flag("--snow", snow, tr(language, "view.cli_snow"));
  verb.add_flag("--legend", legend, tr(language, "view.cli_legend"));
  verb.add_option("--lod", lod, tr(language, "cli.lod"))->check(CLI::Range(0, 4));
  verb.add_flag("--no-textures", no_textures, tr(language, "cli.no_textures"));
}

void LookWords::putInto(DecisionWords& decision) const {
  if (!moment.empty()) decision.at = moment;
}

StageOptions LookWords::stage(const DecisionWords& decision) const {
  StageOptions options;
  options.language = decision.chosenLanguage();
  options.lod.all = lod;
  options.textures = !no_textures;
  options.look.sun = sun, options.look.snow = snow, options.look.colour_by = colour_by;
  if (ground == "heights") options.look.ground = render::GroundLook::heights;
  if (ground == "shaded") options.look.ground = render::GroundLook::shaded;
  return options;
}

Status LookWords::check(const project::Project& project) const {
  if (colour_by.empty() || !project.model) return done();
  std::string known;
  for (const render::AttributeChoice& choice : render::attributeChoices(*project.model)) {
    if (choice.key == colour_by) return done();
    known += (known.empty() ? "" : ", ") + choice.key;
  }
  return Error{ErrorCode::bad_input, "--colour-by " + colour_by,
               "The buildings have no such attribute to be coloured by.",
               known.empty() ? "They have none at all." : "They have: " + known + "."};
}

std::optional<std::pair<int, int>> sizeFrom(const std::string& text) {
  int width = 0, height = 0;
  char rest = 0;
  if (std::sscanf(text.c_str(), "%dx%d%c", &width, &height, &rest) != 2) return std::nullopt;
  constexpr int smallest = 16;
  if (std::min(width, height) < smallest || std::max(width, height) > render::largest_picture_px) return std::nullopt;
  return std::pair{width, height};
}

}  // namespace hashimichi::app::cli
