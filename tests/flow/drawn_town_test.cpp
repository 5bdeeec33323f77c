// A town drawn in characters goes the whole way: saved as a project, ranked and exported by the program, read back.
#include "tests/support/drawn_town.h"

#include <gmock/gmock.h>

#include "geo/project/project.h"
#include "tests/flow/program.h"

namespace hashimichi::tests {
namespace {

using model::ClearingClass;
using model::RoadAdministrator;
using model::RoadSegment;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* four = "2026-01-15T04:00+09:00";

/// 12 cm of new snow since 07:00 of the day before, 1 cm in each of the last twelve hours, at about −2 °C.
model::CityModel snowedIn() {
  model::CityModel town =
      drawTown(R"(
      A---B
          #
          C---D---E )",
               {.change = {{"BC", [](RoadSegment& road) { road.aadt = 900; }},
                           {"AB", [](RoadSegment& road) { road.aadt = 900; }},
                           {"CD", [](RoadSegment& road) { road.clearing_class = ClearingClass::residential; }},
                           {"DE", [](RoadSegment& road) { road.administrator = RoadAdministrator::nation; }}}});
  std::vector<double> depth_cm(21, 30.0);
  for (std::size_t i = 9; i < depth_cm.size(); ++i) depth_cm[i] = 30.0 + static_cast<double>(i - 8);
  addHourly(town, "gauge", {200, -50, 0}, sensors::Quantity::snow_depth_cm, four, depth_cm);
  std::vector<double> air_c(21, -2.0);  // a little up and down: a sensor that never moves counts as stuck
  for (std::size_t i = 0; i < air_c.size(); i += 2) air_c[i] = -2.4;
  addHourly(town, "gauge", {200, -50, 0}, sensors::Quantity::air_temperature_c, four, air_c);
  return town;
}

class DrawnTown : public ::testing::Test {
 protected:
  void SetUp() override {
    SilentProgress quiet;
    project::Project project{
        folder_ / "drawn.hashimichi", "drawn", std::make_shared<model::CityModel>(snowedIn()), {}, {}};
    ASSERT_TRUE(project::save(project, quiet));
  }
  std::string project() const { return (folder_ / "drawn").string(); }
  TempFolder folder_;
};

TEST_F(DrawnTown, TheFrozenBridgeLeadsTheEqualRoadTheLaneWaitsAndTheNationalRoadIsNotOurs) {
  const nlohmann::json rows =
      hashimichi({"assess", project(), "snow", "--at", four, "--profile", "hakodate", "--top", "0", "--json"})
          .json()["rows"];
  std::vector<std::string> order;
  for (const nlohmann::json& row : rows)
    order.push_back(row["id"].get<std::string>() + " " + row["tier"].get<std::string>());
  // Class 1: 12 cm ≥ 10 cm. Residential: 12 cm < 20 cm. The national road follows its own administrator's plan.
  EXPECT_THAT(order, ElementsAre("BC dispatch", "AB dispatch", HasSubstr("CD "), "DE not assessed"));
  EXPECT_NEAR(rows[0]["depth_cm"].get<double>(), 12, 1e-6);
  EXPECT_THAT(rows[0]["reasons"].dump(), HasSubstr("deck_freezes"));
}

TEST_F(DrawnTown, TheTableThatLeavesTheHouseHasTheSameOrder) {
  const std::string table = (folder_ / "snow.csv").string();
  ASSERT_EQ(hashimichi(
                {"export", project(), "snow", "--at", four, "--profile", "hakodate", "--format", "csv", "--out", table})
                .exit_code,
            0);
  std::ifstream stream(table);
  std::vector<std::string> ids;
  std::string line;
  std::getline(stream, line);
  EXPECT_EQ(line.substr(0, 3), "\xEF\xBB\xBF");
  while (std::getline(stream, line)) ids.emplace_back(split(line, ',')[4]);
  EXPECT_THAT(ids, ElementsAre("BC", "AB", "CD", "DE"));
}

}  // namespace
}  // namespace hashimichi::tests
