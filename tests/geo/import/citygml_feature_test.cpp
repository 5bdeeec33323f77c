#include <gmock/gmock.h>

#include "tests/geo/import/citygml_reading.h"

// What a city holds beside buildings, roads and bridges, and how it is covered; drawn small in EPSG:6676.
namespace hashimichi::import::tests {
namespace {

using model::ObjectKind;
using testing::HasSubstr;

std::string face(const std::string& property, int height, const std::string& id = {}) {
  return multiSurface(property, surface(polygon(squareAt(0, 0, height), id)));
}

TEST(CityGmlFeatures, EveryModuleHasItsKindAndUnknownOnesAreKeptAsOthers) {
  const std::pair<const char*, ObjectKind> types[] = {{"tran:Railway", ObjectKind::railway},
                                                      {"tran:Square", ObjectKind::square},
                                                      {"tun:Tunnel", ObjectKind::tunnel},
                                                      {"frn:CityFurniture", ObjectKind::furniture},
                                                      {"veg:PlantCover", ObjectKind::vegetation},
                                                      {"wtr:WaterBody", ObjectKind::water},
                                                      {"luse:LandUse", ObjectKind::land_use},
                                                      {"urf:UseDistrict", ObjectKind::urban_plan},
                                                      {"urf:SedimentDisasterProneArea", ObjectKind::hazard_zone},
                                                      {"uro:SewerPipe", ObjectKind::utility},
                                                      {"gen:GenericCityObject", ObjectKind::generic},
                                                      {"uro:OtherConstruction", ObjectKind::construction},
                                                      {"ade:Well", ObjectKind::other}};
  std::string members;
  for (const auto& [type, kind] : types)
    members += member("<" + std::string(type) + ">" + face("gen:lod1Geometry", 5) + "</" + type + ">");
  members += member("<grp:CityObjectGroup/>");
  const Reading reading = readText(document(members));
  ASSERT_EQ(reading.got.objects.size(), std::size(types)) << reading.report();
  for (std::size_t i = 0; i < std::size(types); ++i) {
    const std::string type = types[i].first;
    EXPECT_EQ(reading.got.objects[i].kind, types[i].second) << type;
    EXPECT_EQ(reading.got.objects[i].type, type.substr(type.find(':') + 1));
    EXPECT_EQ(reading.got.objects[i].geometry.surfaces.size(), 1u) << type;
  }
  ASSERT_NE(lineOf(reading, "feature.type"), nullptr);
  EXPECT_THAT(lineOf(reading, "feature.type")->what, HasSubstr("grp:CityObjectGroup: 1"));
}

TEST(CityGmlFeatures, WaterThatFloodsIsAHazardZone) {
  const std::string risk =
      "<uro:floodingRiskAttribute><uro:RiverFloodingRiskAttribute><uro:rank>3</uro:rank>"
      "</uro:RiverFloodingRiskAttribute></uro:floodingRiskAttribute>";
  const std::string text =
      document(member("<wtr:WaterBody>" + risk + face("wtr:lod1MultiSurface", 5) + "</wtr:WaterBody>"));
  EXPECT_EQ(readText(text).got.objects.at(0).kind, ObjectKind::hazard_zone);
  const TempFolder folder;
  std::filesystem::create_directories(folder / "udx/tnm");
  write(folder / "udx/tnm/a.gml",
        document(member("<wtr:WaterBody>" + face("wtr:lod1MultiSurface", 5) + "</wtr:WaterBody>")));
  EXPECT_EQ(readCityGml(folder / "udx/tnm/a.gml", zone_viii).got.objects.at(0).kind, ObjectKind::hazard_zone);
}

TEST(CityGmlFeatures, AllLevelsOfDetailAreKeptLowestFirst) {
  const Reading reading = readText(document(building(
      "b", face("bldg:lod2MultiSurface", 20) + face("bldg:lod0FootPrint", 0) + face("bldg:lod1MultiSurface", 10))));
  ASSERT_EQ(reading.got.buildings.size(), 1u);
  const model::Building& house = reading.got.buildings[0];
  EXPECT_EQ(house.geometry.lod, 2);
  ASSERT_EQ(house.other_lods.size(), 2u);
  EXPECT_EQ(house.other_lods[0].lod, 0);
  EXPECT_FALSE(house.other_lods[0].has_height);
  EXPECT_EQ(house.other_lods[1].lod, 1);
  EXPECT_EQ(house.other_lods[1].surfaces.at(0).polygon.outer[0].z, 10);
}

TEST(CityGmlFeatures, TemplateStandsTurnedAtItsReferencePoint) {
  // A quarter turn: template x becomes y, y becomes −x; EPSG:6676 lists northing first, so the template does too.
  const std::string text = document(
      member("<frn:CityFurniture><frn:lod2ImplicitRepresentation><core:ImplicitGeometry>"
             "<core:transformationMatrix>0 -1 0 0 1 0 0 0 0 0 1 0 0 0 0 1</core:transformationMatrix>"
             "<core:referencePoint><gml:Point><gml:pos>100 200 7</gml:pos></gml:Point></core:referencePoint>"
             "<core:relativeGMLGeometry><gml:MultiSurface>" +
             surface(polygon("0 0 0 3 0 0 3 1 0 0 0 0")) +
             "</gml:MultiSurface></core:relativeGMLGeometry></core:ImplicitGeometry></frn:lod2ImplicitRepresentation>"
             "</frn:CityFurniture>"));
  const Reading reading = readText(text);
  ASSERT_EQ(reading.got.objects.size(), 1u) << reading.report();
  const model::Ring& ring = reading.got.objects[0].geometry.surfaces.at(0).polygon.outer;
  // (3, 0, 0) turns to (0, 3, 0): northing 100, easting 203.
  EXPECT_NEAR(ring[1].x, 203, 1e-6);
  EXPECT_NEAR(ring[1].y, 100, 1e-6);
  EXPECT_NEAR(ring[1].z, 7, 1e-6);
}

TEST(CityGmlFeatures, TemplateInALibraryFileIsToldAndTheRestIsRead) {
  const Reading reading = readText(document(
      member("<frn:CityFurniture>" + face("frn:lod1Geometry", 5) +
             "<frn:lod3ImplicitRepresentation><core:ImplicitGeometry><core:libraryObject>lamp.dae</core:libraryObject>"
             "<core:referencePoint><gml:Point><gml:pos>1 2 3</gml:pos></gml:Point></core:referencePoint>"
             "</core:ImplicitGeometry></frn:lod3ImplicitRepresentation></frn:CityFurniture>")));
  EXPECT_EQ(reading.skipped("implicit.library"), 1u) << reading.report();
  EXPECT_EQ(reading.got.objects.at(0).geometry.lod, 1);
}

TEST(CityGmlFeatures, LinkIntoAnotherFileOfTheDataSetIsFollowedAndOutOfItRefused) {
  const TempFolder folder;
  std::filesystem::create_directories(folder / "town/udx/frn");
  std::filesystem::create_directories(folder / "town/udx/bldg");
  const auto linked = [&](const std::string& target) {
    return document(member("<frn:CityFurniture><frn:lod2Geometry><gml:MultiSurface><gml:surfaceMember xlink:href=\"" +
                           target + "\"/></gml:MultiSurface></frn:lod2Geometry></frn:CityFurniture>"));
  };
  const std::string other = document(building("b", face("bldg:lod2MultiSurface", 9, "shared")));
  write(folder / "town/udx/bldg/other.gml", other);
  write(folder / "outside.gml", other);
  write(folder / "town/udx/frn/a.gml", linked("../bldg/other.gml#shared"));
  const Reading reading = readCityGml(folder / "town/udx/frn/a.gml", zone_viii);
  ASSERT_EQ(reading.got.objects.size(), 1u) << reading.report();
  EXPECT_EQ(reading.got.objects[0].geometry.surfaces.size(), 1u) << reading.report();
  write(folder / "town/udx/frn/b.gml", linked("../../../outside.gml#shared"));
  const Reading refused = readCityGml(folder / "town/udx/frn/b.gml", zone_viii);
  EXPECT_EQ(refused.skipped("xlink.escape"), 1u) << refused.report();
  EXPECT_TRUE(refused.got.objects.at(0).geometry.empty());
  EXPECT_EQ(readText(linked("http://example.org/a.gml#x")).skipped("xlink.remote"), 1u);
}

TEST(CityGmlFeatures, LinksInACircleAreToldAndLeft) {
  std::string chain;  // each of 40 names the next one twice, the last the first: 2^40 ways
  for (int i = 0; i < 40; ++i)
    chain += surface("<gml:CompositeSurface gml:id=\"c" + std::to_string(i) + "\">" +
                     link("c" + std::to_string((i + 1) % 40)) + link("c" + std::to_string((i + 1) % 40)) +
                     "</gml:CompositeSurface>");
  const Reading reading = readText(
      document(building("b", multiSurface("bldg:lod2MultiSurface", chain) + face("bldg:lod1MultiSurface", 5))));
  EXPECT_GE(reading.skipped("xlink.cyclic"), 1u) << reading.report();
  EXPECT_EQ(reading.got.buildings.at(0).geometry.surfaces.size(), 1u);
  ASSERT_NE(lineOf(reading, "xlink.cyclic"), nullptr);
  EXPECT_EQ(lineOf(reading, "xlink.cyclic")->feature_id, "b") << "a report line knows its feature";
}

std::string appearance(const std::string& data) {
  return "<app:appearanceMember><app:Appearance><app:theme>rgb</app:theme>" + data +
         "</app:Appearance></app:appearanceMember>";
}
std::string texture(const std::string& uri, const std::string& target, const std::string& uv) {
  return "<app:surfaceDataMember><app:ParameterizedTexture><app:imageURI>" + uri +
         "</app:imageURI><app:target uri=\"#" + target + "\"><app:TexCoordList><app:textureCoordinates ring=\"#r\">" +
         uv +
         "</app:textureCoordinates></app:TexCoordList></app:target></app:ParameterizedTexture></app:surfaceDataMember>";
}

TEST(CityGmlFeatures, PicturesAndColoursCoverTheFacesThatTheyName) {
  const TempFolder folder;
  std::filesystem::create_directories(folder / "town/udx/bldg/pictures");
  write(folder / "town/udx/bldg/pictures/Wall.JPG", "not decoded here");
  write(folder / "secret.jpg", "not of the data set");
  const std::string colour =
      "<app:surfaceDataMember><app:X3DMaterial><app:diffuseColor>1 0.5 0</app:diffuseColor><app:transparency>0.25"
      "</app:transparency><app:target>#roof</app:target><app:target>#wall</app:target></app:X3DMaterial>"
      "</app:surfaceDataMember>";
  const std::string uv = "0 0 1 0 1 1 0 1 0 0";
  write(folder / "town/udx/bldg/a.gml",
        document(building("b", multiSurface("bldg:lod2MultiSurface", surface(polygon(squareAt(0, 0, 5), "plain")) +
                                                                         surface(polygon(squareAt(0, 0, 6), "wall")) +
                                                                         surface(polygon(squareAt(0, 0, 7), "roof")))) +
                 appearance(colour + texture("pictures/wall.jpg", "wall", uv) +
                            texture("../../../secret.jpg", "plain", uv) + texture("pictures/none.jpg", "plain", uv))));
  const Reading reading = readCityGml(folder / "town/udx/bldg/a.gml", zone_viii);
  ASSERT_EQ(reading.got.buildings.size(), 1u) << reading.report();
  const model::Geometry& form = reading.got.buildings[0].geometry;
  ASSERT_EQ(form.appearance.size(), 2u) << "the plain face's pictures are refused and missing";
  EXPECT_EQ(form.appearance[0].surface, 1u);
  const model::Material& wall = reading.got.materials.at(form.appearance[0].material);
  EXPECT_THAT(wall.texture_path, HasSubstr("Wall.JPG")) << "in other letters; the picture counts, not the colour";
  ASSERT_EQ(form.appearance[0].uv.size(), 4u);
  EXPECT_EQ(form.appearance[0].uv[2], (std::array<float, 2>{1, 1}));
  const model::Material& roof = reading.got.materials.at(form.appearance[1].material);
  EXPECT_EQ(roof.rgb, (std::array<std::uint8_t, 3>{255, 128, 0}));
  EXPECT_EQ(roof.transparency, 0.25f);
  EXPECT_EQ(reading.skipped("texture.escape"), 1u);
  EXPECT_EQ(reading.assumed("texture.missing"), 1u);
}

TEST(CityGmlFeatures, BreaklinesAndMassPointsAreKeptBesideTheRelief) {
  const Reading reading = readText(document(member(
      "<dem:ReliefFeature gml:id=\"d\"><dem:lod>1</dem:lod><dem:reliefComponent><dem:BreaklineRelief gml:id=\"k\">"
      "<dem:breaklines><gml:MultiCurve><gml:curveMember><gml:LineString><gml:posList>0 0 1 0 9 2</gml:posList>"
      "</gml:LineString></gml:curveMember></gml:MultiCurve></dem:breaklines></dem:BreaklineRelief>"
      "</dem:reliefComponent><dem:reliefComponent><dem:MassPointRelief><dem:reliefPoints><gml:MultiPoint>"
      "<gml:pointMember><gml:Point><gml:pos>1 2 3</gml:pos></gml:Point></gml:pointMember></gml:MultiPoint>"
      "</dem:reliefPoints></dem:MassPointRelief></dem:reliefComponent></dem:ReliefFeature>")));
  ASSERT_EQ(reading.got.objects.size(), 2u) << reading.report();
  EXPECT_EQ(reading.got.objects[0].type, "BreaklineRelief");
  EXPECT_EQ(reading.got.objects[0].geometry.lines.size(), 1u);
  EXPECT_NEAR(norm(reading.got.objects[1].geometry.points.at(0) - Vec3d{2, 1, 3}), 0, 1e-6);
}

TEST(CityGmlFeatures, GenericAttributesHaveTheTypesTheyState) {
  const auto generic = [](const std::string& type, const std::string& value, const std::string& more = {}) {
    return "<gen:" + type + " name=\"" + type + "\"><gen:value" + more + ">" + value + "</gen:value></gen:" + type +
           ">";
  };
  const Reading reading = readText(document(building(
      "b", generic("stringAttribute", "0042") + generic("doubleAttribute", "2.5") + generic("intAttribute", "7") +
               generic("dateAttribute", "2024-01-31") + generic("uriAttribute", "a.pdf") +
               generic("measureAttribute", "3", " uom=\"m\"") + generic("doubleAttribute", "many") +
               "<bldg:storeysAboveGround>9999</bldg:storeysAboveGround>")));
  ASSERT_EQ(reading.got.buildings.size(), 1u);
  const model::Attributes& got = reading.got.buildings[0].attributes;
  ASSERT_EQ(got.size(), 8u);
  using model::ValueType;
  const ValueType types[] = {ValueType::text, ValueType::number, ValueType::number, ValueType::date,
                             ValueType::uri,  ValueType::number, ValueType::text,   ValueType::text};
  for (std::size_t i = 0; i < got.size(); ++i) EXPECT_EQ(got[i].type, types[i]) << model::textOf(got[i]);
  EXPECT_EQ(model::textOf(got[5]), "3 m");
}

TEST(CityGmlFeatures, RingThatTouchesItselfIsKept) {
  // An hourglass: both triangles meet in one point.
  const Reading reading = readText(document(building(
      "b", multiSurface("bldg:lod1MultiSurface", surface(polygon("0 0 5 5 5 5 0 10 5 10 10 5 5 5 5 10 0 5 0 0 5"))))));
  ASSERT_EQ(reading.got.buildings.size(), 1u);
  EXPECT_EQ(reading.got.buildings[0].geometry.surfaces.size(), 1u);
}

}  // namespace
}  // namespace hashimichi::import::tests
