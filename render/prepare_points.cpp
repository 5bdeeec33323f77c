#include <array>

#include "render/prepare.h"

namespace hashimichi::render {
namespace {

/// For surveys without colours: what the ASPRS class stands for, in quiet colours.
std::array<std::uint8_t, 3> classColour(unsigned char classification) {
  switch (classification) {
    case 2:
      return {172, 166, 152};  // ground
    case 3:
    case 4:
    case 5:
      return {120, 146, 112};  // vegetation
    case 6:
      return {206, 198, 190};  // building
    case 9:
      return {124, 152, 182};  // water
    case 11:
      return {140, 142, 148};  // road
    case 17:
      return {190, 176, 150};  // bridge deck
    default:
      return {168, 170, 174};
  }
}

}  // namespace

void preparePoints(const model::CityModel& model, PreparedTown& town) {
  for (const model::PointCloud& cloud : model.clouds) {
    const model::PointSample& sample = cloud.sample;
    town.point_xyz.insert(town.point_xyz.end(), sample.xyz.begin(),
                          sample.xyz.begin() + 3 * static_cast<std::ptrdiff_t>(sample.size()));
    if (sample.rgb.size() >= 3 * sample.size()) {
      town.point_rgb.insert(town.point_rgb.end(), sample.rgb.begin(),
                            sample.rgb.begin() + 3 * static_cast<std::ptrdiff_t>(sample.size()));
      continue;
    }
    for (std::size_t i = 0; i < sample.size(); ++i) {
      const auto colour = classColour(i < sample.classification.size() ? sample.classification[i] : 0);
      town.point_rgb.insert(town.point_rgb.end(), colour.begin(), colour.end());
    }
  }
}

}  // namespace hashimichi::render
