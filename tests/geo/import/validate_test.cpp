#include "geo/import/citygml/validate/validate.h"

#include <gmock/gmock.h>

#include <fstream>

#include "geo/import/citygml/validate/face_checks.h"
#include "tests/geo/import/citygml_reading.h"
#include "tests/support/shared_data.h"

namespace hashimichi::import::tests {
namespace {

using citygml::Finding;
using citygml::RawFace;
using citygml::RawRing;
using citygml::Validation;
using testing::Contains;
using testing::Not;

Validation validated(const std::vector<std::filesystem::path>& paths) {
  SilentProgress progress;
  const Result<Validation> validation = citygml::validateFiles(paths, progress);
  EXPECT_TRUE(validation) << validation.error().text();
  return validation ? *validation : Validation{};
}

std::string listOf(const Validation& validation) {
  std::string text;
  for (const Finding& finding : validation.findings.lines())
    text += finding.rule + " " + finding.issue + " " + finding.place + " " + finding.id + ": " + finding.what + "\n";
  return text;
}

std::vector<std::string> idsOf(const Validation& validation, const std::string& issue) {
  std::vector<std::string> ids;
  for (const Finding& finding : validation.findings.lines())
    if (finding.issue == issue) ids.push_back(finding.id);
  return ids;
}

std::vector<std::string> issuesOf(const std::vector<citygml::Fault>& faults) {
  std::vector<std::string> issues;
  for (const citygml::Fault& fault : faults) issues.emplace_back(fault.issue);
  return issues;
}

// ---- faces and solids by hand ----

RawRing closed(RawRing ring) {
  ring.push_back(ring.front());
  return ring;
}

/// A cube of 10 m, all faces looking outwards.
std::vector<RawFace> cube() {
  const auto face = [](Vec3d a, Vec3d b, Vec3d c, Vec3d d) { return RawFace{closed({a, b, c, d}), {}}; };
  const Vec3d a{0, 0, 0}, b{10, 0, 0}, c{10, 10, 0}, d{0, 10, 0}, e{0, 0, 10}, f{10, 0, 10}, g{10, 10, 10},
      h{0, 10, 10};
  return {face(a, d, c, b), face(e, f, g, h), face(a, b, f, e), face(b, c, g, f), face(c, d, h, g), face(d, a, e, h)};
}

TEST(FaceChecks, ASoundCubeHasNoFault) {
  EXPECT_THAT(issuesOf(citygml::solidFaults(cube())), testing::IsEmpty());
  for (const RawFace& face : cube()) EXPECT_THAT(issuesOf(citygml::faceFaults(face)), testing::IsEmpty());
}

TEST(FaceChecks, AMissingFaceATurnedFaceAndACubeInsideOutAreToldApart) {
  std::vector<RawFace> lidless = cube();
  lidless.erase(lidless.begin() + 1);
  EXPECT_THAT(issuesOf(citygml::solidFaults(lidless)), testing::ElementsAre("SurfaceNotClosed"));
  std::vector<RawFace> turned = cube();
  std::reverse(turned[1].outer.begin(), turned[1].outer.end());
  EXPECT_THAT(issuesOf(citygml::solidFaults(turned)), testing::ElementsAre("InvalidSolidBoundaries"));
  std::vector<RawFace> inside_out = cube();
  for (RawFace& face : inside_out) std::reverse(face.outer.begin(), face.outer.end());
  EXPECT_THAT(issuesOf(citygml::solidFaults(inside_out)), testing::ElementsAre("InvalidSolidBoundaries"));
}

TEST(FaceChecks, EveryFaultOfARingIsNamed) {
  using citygml::ringFaults;
  EXPECT_THAT(issuesOf(ringFaults({{0, 0, 0}, {10, 0, 0}, {10, 10, 0}, {0, 10, 0}})),
              testing::ElementsAre("RingNotClosed"));
  EXPECT_THAT(issuesOf(ringFaults(closed({{0, 0, 0}, {10, 0, 0}, {10, 0.005, 0}, {10, 10, 0}}))),
              testing::ElementsAre("DuplicateConsecutivePoints"));
  EXPECT_THAT(issuesOf(ringFaults(closed({{0, 0, 0}, {10, 10, 0}, {10, 0, 0}, {0, 9, 0}}))),
              testing::ElementsAre("SelfIntersection"));
  EXPECT_THAT(issuesOf(ringFaults(closed({{0, 0, 0}, {10, 0, 0}, {5, 0, 0}}))),
              testing::ElementsAre("DegenerateSurface"));
  EXPECT_THAT(issuesOf(ringFaults(closed({{0, 0, 0}, {10, 0, 0}}))), testing::ElementsAre("DegenerateSurface"));
}

TEST(FaceChecks, AFaceMayBeThreeCentimetresOffItsPlaneAndItsHolesHaveToLieInside) {
  const auto bent = [](double z) { return RawFace{closed({{0, 0, 0}, {10, 0, 0}, {10, 10, z}, {0, 10, 0}}), {}}; };
  // Four corners, one lifted by z: each is off the mean plane by z/4, to both sides.
  EXPECT_THAT(issuesOf(citygml::faceFaults(bent(0.05))), testing::IsEmpty());
  EXPECT_THAT(issuesOf(citygml::faceFaults(bent(0.07))), testing::ElementsAre("NonPlanarSurface"));
  RawFace holed{closed({{0, 0, 0}, {10, 0, 0}, {10, 10, 0}, {0, 10, 0}}),
                {closed({{2, 2, 0}, {2, 4, 0}, {4, 4, 0}, {4, 2, 0}})}};
  EXPECT_THAT(issuesOf(citygml::faceFaults(holed)), testing::IsEmpty());
  holed.holes[0][2].x = 12;
  EXPECT_THAT(issuesOf(citygml::faceFaults(holed)), testing::ElementsAre("InteriorRingNotContainedInExteriorRing"));
}

// ---- PLATEAU's own faulty files ----

struct Expected {
  const char* folder;
  const char* issue;
  std::size_t count;                  ///< in the folder's expected-result file
  std::vector<std::string> ids = {};  ///< features it names
};

void PrintTo(const Expected& expected, std::ostream* out) {
  *out << expected.folder << " " << expected.issue;
}

class QualityCheck : public testing::TestWithParam<Expected> {};

TEST_P(QualityCheck, FindsWhatTheExpectedResultLists) {
  const auto folder = hashimichi::tests::sharedData("plateau/quality-check") / GetParam().folder / "udx";
  HASHIMICHI_NEEDS_SHARED(folder);
  const Validation validation = validated({folder});
  EXPECT_EQ(validation.findings.count(GetParam().issue), GetParam().count) << listOf(validation);
  for (const std::string& id : GetParam().ids) EXPECT_THAT(idsOf(validation, GetParam().issue), Contains(id));
  EXPECT_GE(validation.findings.errors(), GetParam().count);
}

INSTANTIATE_TEST_SUITE_P(
    Folders, QualityCheck,
    testing::Values(
        Expected{"01-01-common/C01", "DuplicateId", 2, {"bldg_b3eef114-02e4-11f0-a3af-18ece7a5508c"}},
        Expected{"01-01-common/L03", "InvalidCodeSpace", 1, {"bldg_812ec0a5-70a6-4db5-9539-5b1ff5a4aecc"}},
        Expected{"01-01-common/T03_02", "UnresolvedLink", 1},
        Expected{"01-01-common/X-invalid-gml-id", "InvalidId", 1, {"bldg_invalid_gml_id"}},
        Expected{"02-bldg/L-BLDG-06",
                 "UnmatchedLink",
                 2,
                 {"bldg_aee112f2-fa38-482c-8b53-0ea7b1d7c656", "bldg_5cece7d5-cce7-4afd-b04f-d20583bac4ed"}},
        Expected{"02-bldg/L-BLDG-06", "FaceNotReferenced", 1},
        Expected{"02-bldg/L07_LOD0_01", "DuplicateConsecutivePoints", 1, {"bldg_b3eef114-02e4-11f0-a3af-18ece7a5508c"}},
        Expected{"02-bldg/L07_LOD1", "DuplicateConsecutivePoints", 1, {"bldg_145717e9-2260-4205-aed7-4df9fa8cc296"}},
        Expected{"02-bldg/L07_LOD2-4", "DuplicateConsecutivePoints", 1},
        Expected{"02-bldg/L09_LOD0", "SelfIntersection", 2, {"bldg_b3eef114-02e4-11f0-a3af-18ece7a5508c"}},
        Expected{"02-bldg/L11_LOD1", "NonPlanarSurface", 1, {"bldg_145717e9-2260-4205-aed7-4df9fa8cc296"}},
        Expected{"02-bldg/L13_LOD1_01",
                 "InteriorRingNotContainedInExteriorRing",
                 1,
                 {"bldg_145717e9-2260-4205-aed7-4df9fa8cc296"}},
        Expected{"02-bldg/L14",
                 "InvalidSolidBoundaries",
                 2,
                 {"bldg_010703c2-35db-4eb5-8e56-22da19466424", "bldg_010703c2-35db-4eb5-8e56-22da19466425"}},
        Expected{"02-bldg/L14", "SurfaceNotClosed", 1, {"bldg_9c5b70ec-3c30-447f-9a07-0ca221c4882e"}},
        Expected{"03-tran/L-TRAN-03", "FaceNotReferenced", 2, {}},
        Expected{"03-tran/Z-TRAN-01-surface-orientation",
                 "IncorrectOrientation",
                 2,
                 {"tran_96b6edbd-fcc3-4569-a92c-e94773ba68b5", "tran_9bfd93b4-4dc5-4231-9440-d0c7f5204270"}},
        Expected{"04-frn-veg/Z-02-SURFACE_ERROR", "DegenerateSurface", 1, {"frn_e43f6d90-77b9-4bff-a64b-56232a7c7444"}},
        Expected{
            "04-frn-veg/Z-03-SOLID_ERROR", "InvalidSolidBoundaries", 1, {"frn_16f9ecd6-38a3-47c9-9d02-17597f4d5039"}},
        Expected{"04-frn-veg/Z-03-SOLID_ERROR", "SurfaceNotClosed", 1, {"frn_16f9ecd6-38a3-47c9-9d02-17597f4d5038"}},
        Expected{"08-dem/Z-01-TRIANGLE-ORIENTATION", "IncorrectOrientation", 1},
        Expected{"08-dem/Z-02-DEGENERATE-TRIANGLE", "DegenerateSurface", 2},
        Expected{"08-dem/Z-03-INCORRECT-NUM-VERTICES", "IncorrectNumberOfVertices", 1},
        Expected{"08-dem/Z-05-TRIANGLE-NOT-CLOSED", "RingNotClosed", 1}));

TEST(QualityCheckWithoutError, SoundFilesHaveNoGeometryOrLinkErrors) {
  for (const char* name :
       {"03-tran/Z-tran-00_no-error", "08-dem/Z-DEM-00_no-error", "09-brid-tun-ubld/Z-BRID-TUN-UBLD-00_no-error"}) {
    const auto folder = hashimichi::tests::sharedData("plateau/quality-check") / name / "udx";
    HASHIMICHI_NEEDS_SHARED(folder);
    const Validation validation = validated({folder});
    EXPECT_EQ(validation.findings.errors(), 0u) << name << "\n" << listOf(validation);
  }
}

TEST(QualityCheckCounts, ObjectsAreCountedAsTheExpectedResultCountsThem) {
  const auto folder = hashimichi::tests::sharedData("plateau/quality-check/02-bldg/C02/udx");
  HASHIMICHI_NEEDS_SHARED(folder);
  const Validation validation = validated({folder});
  const std::map<std::string, std::size_t> expected{
      {"Building", 16},        {"BuildingPart", 1},  {"Room", 7},
      {"WallSurface", 2},      {"RoofSurface", 1},   {"Door", 1},
      {"Window", 1},           {"GroundSurface", 1}, {"InteriorWallSurface", 2},
      {"BuildingFurniture", 2}};
  for (const auto& [type, count] : expected) {
    const auto found = validation.features.find(type);
    EXPECT_EQ(found == validation.features.end() ? 0 : found->second, count) << type;
  }
}

// ---- files by hand ----

TEST(Validate, BrokenXmlUndeclaredPrefixesUnknownCrsAndEmptyFilesAreErrors) {
  const TempFolder folder;
  const std::string sound = document(building("bldg_b3eef114-02e4-11f0-a3af-18ece7a5508c", "<x:y/>"));
  write(folder / "broken.gml", sound.substr(0, sound.size() - 30));
  write(folder / "prefix.gml", sound);
  write(folder / "crs.gml", document(building("bldg_b3eef114-02e4-11f0-a3af-18ece7a5508d", ""), "EPSG:999999"));
  write(folder / "none.gml", document(""));
  const auto has = [&](const char* file, const char* issue) {
    const Validation validation = validated({folder / file});
    EXPECT_GE(validation.findings.count(issue), 1u) << file << "\n" << listOf(validation);
    EXPECT_GE(validation.findings.errors(), 1u);
  };
  has("broken.gml", "NotWellFormed");
  has("prefix.gml", "UndeclaredPrefix");
  has("crs.gml", "UnknownCrs");
  has("none.gml", "NoFeatures");
  has("absent.gml", "UnreadableFile");
}

TEST(Validate, CodesOutsideTheirListPlacesOutsideTheEnvelopeAndSentinelsAreTold) {
  const TempFolder folder;
  std::filesystem::create_directories(folder / "udx" / "bldg");
  std::filesystem::create_directories(folder / "codelists");
  write(folder / "codelists" / "Building_class.xml",
        R"(<gml:Dictionary xmlns:gml="http://www.opengis.net/gml" gml:id="d"><gml:name>Building_class</gml:name>
           <gml:dictionaryEntry><gml:Definition gml:id="a"><gml:description>普通建物</gml:description><gml:name>3001</gml:name>
           </gml:Definition></gml:dictionaryEntry></gml:Dictionary>)");
  const auto with = [](const std::string& code, const std::string& ring) {
    return document(building("bldg_b3eef114-02e4-11f0-a3af-18ece7a5508c",
                             "<bldg:class codeSpace=\"../../codelists/Building_class.xml\">" + code +
                                 "</bldg:class><bldg:measuredHeight uom=\"m\">-9999</bldg:measuredHeight>" +
                                 multiSurface("bldg:lod1MultiSurface", surface(polygon(ring)))));
  };
  const auto path = folder / "udx" / "bldg" / "a.gml";
  write(path, with("3001", "10 10 5 10 20 5 20 20 5 10 10 5"));
  Validation validation = validated({path});
  EXPECT_EQ(validation.findings.errors(), 0u) << listOf(validation);
  EXPECT_EQ(validation.findings.count("SentinelValue"), 1u);
  write(path, with("9", "10 10 5 10 200 5 20 20 5 10 10 5"));  // the envelope ends at 100
  validation = validated({path});
  EXPECT_EQ(validation.findings.count("UnknownCode"), 1u) << listOf(validation);
  EXPECT_EQ(validation.findings.count("OutsideEnvelope"), 1u) << listOf(validation);
}

TEST(Validate, NothingToInspectIsAnError) {
  const TempFolder folder;
  SilentProgress progress;
  const std::filesystem::path path = folder / ".";
  EXPECT_FALSE(citygml::validateFiles({path}, progress));
}

}  // namespace
}  // namespace hashimichi::import::tests
