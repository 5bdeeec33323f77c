#include <gmock/gmock.h>

#include <chrono>

#include "tests/geo/import/citygml_reading.h"
#include "tests/support/open_files.h"

namespace hashimichi::import::tests {
namespace {

using hashimichi::tests::openFiles;

using testing::HasSubstr;

std::filesystem::path fixtures() {
  return std::filesystem::path(HASHIMICHI_SOURCE_DIR) / "tests/fixtures";
}

/// Either an error with a sentence and a place, or features and a report.
void expectClear(const Reading& reading, const std::string& what) {
  if (!reading.error) return;
  EXPECT_GT(reading.error->what.size(), 10u) << what;
  EXPECT_FALSE(reading.error->where.empty()) << what;
}

TEST(CityGmlBad, EmptyMissingAndFolderAreClearErrors) {
  const TempFolder folder;
  write(folder / "empty.gml", "");
  EXPECT_EQ(readCityGml(folder / "empty.gml", zone_viii).error->code, ErrorCode::bad_input);
  EXPECT_EQ(readCityGml(folder / "absent.gml", zone_viii).error->code, ErrorCode::not_found);
  EXPECT_EQ(readCityGml(folder.path(), zone_viii).error->code, ErrorCode::unreadable);
}

TEST(CityGmlBad, OtherContentIsNeitherAcceptedNorRead) {
  const auto& importer = citygmlImporter();
  EXPECT_FALSE(importer.accepts("a.gml", "PK\x03\x04"));
  EXPECT_FALSE(importer.accepts("a.gml", "<?xml version=\"1.0\"?><osm/>"));
  EXPECT_TRUE(importer.accepts("renamed.txt", document("")));
  for (const std::string& text : {std::string("PK\x03\x04zip"), std::string("id,name\n1,a\n"), std::string(5000, '\0'),
                                  std::string("<?xml version=\"1.0\"?><osm version=\"0.6\"/>")}) {
    const Reading reading = readText(text);
    ASSERT_TRUE(reading.error);
    expectClear(reading, text.substr(0, 20));
    EXPECT_EQ(reading.got.buildings.size(), 0u);
  }
  EXPECT_THAT(readText(document("")).error->what, HasSubstr("no city objects"));
}

TEST(CityGmlBad, EveryTenthByteOfAFileMayBeItsLast) {
  const std::string whole = slurp(fixtures() / "good/citygml/udx/brid/bridges.gml");
  const TempFolder folder;
  const std::size_t open_before = openFiles();
  std::size_t most = 0;
  for (std::size_t size = 0; size < whole.size(); size += 10) {
    write(folder / "cut.gml", whole.substr(0, size));
    const Reading reading = readCityGml(folder / "cut.gml", zone_viii);
    expectClear(reading, std::to_string(size));
    const std::size_t bridges = reading.got.bridges.size();
    EXPECT_GE(bridges, most) << "what was complete before stays, cut at " << size;
    most = std::max(most, bridges);
    if (bridges > 0 && size < whole.size() - 2) {
      EXPECT_FALSE(reading.error) << size;
      ASSERT_EQ(reading.skipped("xml.truncated"), 1u) << size << reading.report();
      EXPECT_THAT(lineOf(reading, "xml.truncated")->place, HasSubstr("line "));
    }
    Problems ignored;
    const auto peek = citygmlImporter().peek(folder / "cut.gml", {}, ignored);
    if (!peek) {
      EXPECT_FALSE(peek.error().what.empty());
    }
  }
  EXPECT_EQ(most, 2u);
  EXPECT_EQ(openFiles(), open_before);
}

TEST(CityGmlBad, BadRingsAreSkippedOneByOneWithLineAndId) {
  const Reading reading = readCityGml(fixtures() / "bad/citygml/bad_rings.gml", zone_viii);
  ASSERT_EQ(reading.got.buildings.size(), 7u) << reading.report();
  for (const model::Building& building : reading.got.buildings)
    EXPECT_EQ(building.geometry.surfaces.size(), 1u) << building.id << ": its other face is sound";
  EXPECT_EQ(reading.skipped("ring.unclosed"), 1u);
  EXPECT_EQ(reading.skipped("ring.too_few"), 2u) << "two points, and none";
  EXPECT_EQ(reading.skipped("ring.coordinates"), 1u);
  EXPECT_EQ(reading.skipped("ring.not_a_number"), 3u) << "NaN, 1e999, words";
  ASSERT_NE(lineOf(reading, "ring.unclosed"), nullptr);
  EXPECT_EQ(lineOf(reading, "ring.unclosed")->place, "line 20, gml:id=unclosed_face");
}

TEST(CityGmlBad, EntityExpansionIsRefusedAtOnce) {
  const Reading reading = readCityGml(fixtures() / "bad/citygml/entity_expansion.gml", zone_viii);
  ASSERT_TRUE(reading.error);
  EXPECT_THAT(reading.error->what, HasSubstr("declares entities")) << "at the declaration, before anything grows";
  EXPECT_THAT(reading.error->where, HasSubstr("entity_expansion.gml:"));
}

TEST(CityGmlBad, NestingOfTenThousandIsRefusedAndWhatCameBeforeStays) {
  std::string deep;
  for (int i = 0; i < 10000; ++i) deep += "<gml:surfaceMember>";
  const std::string first = building("b", multiSurface("bldg:lod1MultiSurface", surface(polygon(squareAt(0, 0, 5)))));
  const std::string second = "<core:cityObjectMember><bldg:Building><bldg:lod1Solid>" + deep;
  const Reading reading = readText(document(first + second));
  EXPECT_EQ(reading.got.buildings.size(), 1u);
  EXPECT_EQ(reading.skipped("xml.depth"), 1u) << reading.report();
}

TEST(CityGmlBad, ManyNamesAndManyAttributesAreBounded) {
  std::string names;
  for (int i = 0; i < 30000; ++i) names += "<x" + std::to_string(i) + "/>";
  EXPECT_THAT(readText(document(building("b", names))).report(), HasSubstr("names"));
  std::string bindings;
  for (int i = 0; i < 30000; ++i) bindings += " xmlns:p" + std::to_string(i) + "=\"u\"";
  expectClear(readText(document("<core:cityObjectMember" + bindings + "/>")), "bindings");
}

TEST(CityGmlBad, LongValuesAndTagsAreRefusedNotKept) {
  const std::string face = multiSurface("bldg:lod1MultiSurface", surface(polygon(squareAt(0, 0, 5))));
  const Reading long_value =
      readText(document(building("b", "<gml:name>" + std::string(1 << 20, 'n') + "</gml:name>" + face)));
  ASSERT_EQ(long_value.got.buildings.size(), 1u);
  EXPECT_EQ(long_value.skipped("attribute.too_long"), 1u);
  EXPECT_EQ(long_value.got.buildings[0].name, "");
  const Reading long_tag =
      readText(document(building("b", face) + "<!-- " + std::string(20 << 20, '-' + 1) + " -->" + building("c", face)));
  EXPECT_EQ(long_tag.got.buildings.size(), 1u) << long_tag.report();
  EXPECT_EQ(long_tag.skipped("xml.token"), 1u);
}

TEST(CityGmlBad, RingOfAMillionPointsIsReadOrRefusedInBoundedTime) {
  std::string numbers;
  for (int i = 0; i < 1'000'001; ++i) numbers += std::to_string(i % 1000) + " " + std::to_string(i / 1000) + " 5 ";
  const auto start = std::chrono::steady_clock::now();
  const Reading reading =
      readText(document(building("b", multiSurface("bldg:lod1MultiSurface", surface(polygon(numbers + "0 0 5"))))));
  EXPECT_EQ(reading.skipped("ring.too_long"), 1u) << reading.report();
  EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), 20);
}

TEST(CityGmlBad, PlacesOutsideTheProjectionAreSkippedWithTheirFeatureNamed) {
  const Reading reading = readText(document(building(
      "moon", multiSurface("bldg:lod1MultiSurface", surface(polygon("1e300 0 5 1e300 1e300 5 0 1e300 5 1e300 0 5"))))));
  ASSERT_EQ(reading.got.buildings.size(), 1u) << reading.report();
  for (const model::Surface& s : reading.got.buildings[0].geometry.surfaces)
    for (const Vec3d& p : s.polygon.outer) EXPECT_TRUE(isFinite(p));
}

TEST(CityGmlBad, CancelledReadingSaysSo) {
  class Impatient final : public Progress {
   public:
    void report(double, std::string_view) override {}
    bool cancelled() const override { return true; }
  } impatient;
  const TempFolder folder;
  write(folder / "a.gml", document(building("b", "")));
  const auto frame = crs::LocalFrame::create(6676, {});
  Problems problems;
  Collected sink;
  const Options options;
  Context context{*frame, options, problems, impatient, sink, std::nullopt};
  const Status status = citygmlImporter().read(folder / "a.gml", context);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::cancelled);
}

TEST(CityGmlBad, LinksInARingDoNotLoop) {
  const Reading reading = readText(document(building(
      "b", "<bldg:lod2Solid><gml:Solid gml:id=\"s\"><gml:exterior><gml:CompositeSurface gml:id=\"c\">" + link("s") +
               link("c") + "</gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod2Solid>")));
  EXPECT_EQ(reading.got.buildings.size(), 1u) << reading.report();
}

}  // namespace
}  // namespace hashimichi::import::tests
