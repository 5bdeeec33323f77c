#include "geo/assets/structure.h"

#include <array>
#include <utility>

#include "geo/core/text.h"

namespace hashimichi::assets {

const char* toString(StructureKind kind) {
  constexpr std::array words{"bridge",  "footbridge",  "tunnel",         "shed",
                             "culvert", "sign_gantry", "retaining_wall", "slope"};
  return words[static_cast<std::size_t>(kind)];
}

std::optional<StructureKind> structureKindFrom(std::string_view text) {
  using enum StructureKind;
  // Longer words first: a 横断歩道橋 is also a 橋.
  static constexpr std::pair<std::string_view, StructureKind> words[] = {{"横断歩道橋", footbridge},
                                                                         {"歩道橋", footbridge},
                                                                         {"人道橋", footbridge},
                                                                         {"footbridge", footbridge},
                                                                         {"トンネル", tunnel},
                                                                         {"tunnel", tunnel},
                                                                         {"シェッド", shed},
                                                                         {"シェルター", shed},
                                                                         {"shed", shed},
                                                                         {"カルバート", culvert},
                                                                         {"culvert", culvert},
                                                                         {"門型", sign_gantry},
                                                                         {"標識", sign_gantry},
                                                                         {"gantry", sign_gantry},
                                                                         {"擁壁", retaining_wall},
                                                                         {"retaining", retaining_wall},
                                                                         {"法面", slope},
                                                                         {"のり面", slope},
                                                                         {"斜面", slope},
                                                                         {"slope", slope},
                                                                         {"bridge", bridge},
                                                                         {"橋", bridge}};
  const std::string plain = toLower(normalizeWidth(text));
  for (const auto& [word, kind] : words)
    if (plain.find(word) != std::string::npos) return kind;
  return std::nullopt;
}

}  // namespace hashimichi::assets
