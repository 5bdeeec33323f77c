// PLATEAU files: bldg, tran, brid, dem, one per mesh, as a city's open data set has them.
#include <fmt/format.h>

#include <cmath>

#include "datasets/town/bridge_shape.h"
#include "datasets/town/gml_file.h"
#include "datasets/town/roof_shape.h"
#include "datasets/town/town_parts.h"

namespace hashimichi::datasets {
namespace {

constexpr const char* creation_date = "2026-01-15";
enum Kind { kind_building = 1, kind_road, kind_bridge, kind_dem };

using Meshes = std::map<std::string, std::vector<std::size_t>>;

/// Which features belong into which file: by the mesh of their middle.
template <typename PlaceOf>
Meshes byMesh(std::size_t count, const crs::FromLocal& geographic, PlaceOf place_of) {
  Meshes meshes;
  std::vector<Vec3d> places;
  for (std::size_t i = 0; i < count; ++i) places.push_back(place_of(i));
  geographic.apply(places);
  for (std::size_t i = 0; i < count; ++i) meshes[meshCode(places[i].y, places[i].x, 8)].push_back(i);
  return meshes;
}

void solid(GmlFile& file, const std::vector<std::vector<Vec3d>>& rings) {
  file.text("<gml:Solid><gml:exterior><gml:CompositeSurface>");
  for (const auto& ring : rings) {
    file.text("<gml:surfaceMember>");
    file.polygon(ring);
    file.text("</gml:surfaceMember>");
  }
  file.text("</gml:CompositeSurface></gml:exterior></gml:Solid>");
}

void writeLod2(GmlFile& file, const TownBuilding& building, const std::string& id) {
  const std::vector<RoofFace> faces = roofFaces(building);
  file.text("<bldg:lod2Solid><gml:Solid><gml:exterior><gml:CompositeSurface>");
  for (std::size_t i = 0; i < faces.size(); ++i)
    file.text(fmt::format("<gml:surfaceMember xlink:href=\"#poly_{}_{}\"/>", id, i));
  file.text("</gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod2Solid>\n");
  for (std::size_t i = 0; i < faces.size(); ++i) {
    const char* kind = faces[i].kind == RoofFace::roof   ? "RoofSurface"
                       : faces[i].kind == RoofFace::wall ? "WallSurface"
                                                         : "GroundSurface";
    file.text(fmt::format(
        "<bldg:boundedBy><bldg:{} gml:id=\"face_{}_{}\"><bldg:lod2MultiSurface><gml:MultiSurface><gml:surfaceMember>",
        kind, id, i));
    file.polygon(faces[i].ring, fmt::format("poly_{}_{}", id, i));
    file.text(fmt::format(
        "</gml:surfaceMember></gml:MultiSurface></bldg:lod2MultiSurface></bldg:{}></bldg:boundedBy>\n", kind));
  }
}

void writeBuilding(GmlFile& file, const Town& town, std::size_t index) {
  const TownBuilding& b = town.buildings[index];
  const std::string id = uuidFor(town.options.seed, kind_building, static_cast<std::int64_t>(index));
  file.text(fmt::format("<core:cityObjectMember><bldg:Building gml:id=\"bldg_{}\">\n", id));
  if (!b.name.empty()) file.text(fmt::format("<gml:name>{}</gml:name>\n", escapeXml(b.name)));
  file.text(fmt::format("<core:creationDate>{}</core:creationDate>\n", creation_date));
  file.text(coded("bldg:class", "Building_class", b.wooden ? "3001" : "3002"));
  file.text(coded("bldg:usage", "Building_usage", fmt::format("{}", b.usage)));
  file.text(fmt::format("<bldg:yearOfConstruction>{:04}</bldg:yearOfConstruction>\n",
                        b.year > 0 ? b.year : 1));  // 0001: unknown
  file.text(fmt::format("<bldg:measuredHeight uom=\"m\">{:.1f}</bldg:measuredHeight>\n", b.ridge_m));
  file.text(fmt::format("<bldg:storeysAboveGround>{}</bldg:storeysAboveGround>\n<bldg:lod0FootPrint>", b.storeys));
  const auto rings = blockFaces(b);
  file.multiSurface({std::vector<Vec3d>(rings.front().rbegin(), rings.front().rend())});
  file.text("</bldg:lod0FootPrint>\n<bldg:lod1Solid>");
  solid(file, rings);
  file.text("</bldg:lod1Solid>\n");
  if (b.lod2) writeLod2(file, b, id);
  file.text(
      fmt::format("<uro:buildingIDAttribute><uro:BuildingIDAttribute><uro:buildingID>synthetic-bldg-{}</"
                  "uro:buildingID></uro:BuildingIDAttribute></uro:buildingIDAttribute>\n",
                  index + 1));
  file.text("</bldg:Building></core:cityObjectMember>\n");
}

const char* widthType(double width_m) {
  return width_m >= 15 ? "1" : width_m >= 6 ? "2" : width_m >= 4 ? "3" : "4";
}

/// tran has no heights in this product: z is 0, as in the real files of version 4.
std::vector<Vec3d> flatRing(const Road& road) {
  std::vector<Vec3d> ring = ribbon(road.line, road.width_m / 2);
  for (Vec3d& p : ring) p.z = 0;
  return ring;
}

void writeRoad(GmlFile& file, const Town& town, std::size_t index) {
  const Road& road = town.network.roads[index];
  file.text(fmt::format("<core:cityObjectMember><tran:Road gml:id=\"tran_{}\">\n",
                        uuidFor(town.options.seed, kind_road, static_cast<std::int64_t>(index))));
  file.text(fmt::format("<gml:name>{}</gml:name>\n<core:creationDate>{}</core:creationDate>\n", escapeXml(road.route),
                        creation_date));
  // No standard attribute holds the road ledger's own number; PLATEAU puts such things into generic attributes.
  file.text(
      fmt::format("<gen:stringAttribute name=\"区間ID\"><gen:value>{}</gen:value></gen:stringAttribute>\n", road.id));
  file.text(coded("tran:class", "TransportationComplex_class", "1040"));
  file.text(coded("tran:function", "Road_function",
                  road.rank == RoadRank::national      ? "2"
                  : road.rank == RoadRank::prefectural ? "3"
                                                       : "4"));
  file.text(coded("tran:usage", "Road_usage", road.emergency > 0 ? fmt::format("{}", road.emergency) : "4"));
  file.text("<tran:lod1MultiSurface>");
  file.multiSurface({flatRing(road)});
  file.text("</tran:lod1MultiSurface>\n<uro:roadStructureAttribute><uro:RoadStructureAttribute>\n");
  file.text(coded("uro:widthType", "RoadStructureAttribute_widthType", widthType(road.width_m)));
  file.text(fmt::format("<uro:width uom=\"m\">{:.1f}</uro:width>\n<uro:numberOfLanes>{}</uro:numberOfLanes>\n",
                        road.width_m, road.lanes));
  file.text(coded("uro:sectionType", "RoadStructureAttribute_sectionType", road.water == river_crossing ? "3" : "1"));
  file.text("</uro:RoadStructureAttribute></uro:roadStructureAttribute>\n</tran:Road></core:cityObjectMember>\n");
}

void writeBridgePiece(GmlFile& file, const BridgePiece& piece) {
  std::vector<std::vector<Vec3d>> rings;
  for (const BridgeFace& face : piece.faces) rings.push_back(face.ring);
  if (piece.part == BridgePart::railing) {
    file.text("<brid:outerBridgeInstallation><brid:BridgeInstallation>" +
              coded("brid:function", "BridgeInstallation_function", "05") + "<brid:lod2Geometry>");
    file.multiSurface(rings);
    file.text("</brid:lod2Geometry></brid:BridgeInstallation></brid:outerBridgeInstallation>\n");
    return;
  }
  file.text("<brid:outerBridgeConstruction><brid:BridgeConstructionElement>");
  if (piece.part == BridgePart::pier) file.text(coded("brid:function", "BridgeConstructionElement_function", "01"));
  if (piece.part == BridgePart::abutment) file.text(coded("brid:function", "BridgeConstructionElement_function", "02"));
  file.text("<brid:lod2Geometry>");
  file.multiSurface(rings);
  file.text("</brid:lod2Geometry></brid:BridgeConstructionElement></brid:outerBridgeConstruction>\n");
}

/// The deck is the bridge's own body: its faces bound it.
void writeDeck(GmlFile& file, const BridgePiece& deck) {
  for (const auto& [facing, tag] :
       {std::pair{Facing::up, "RoofSurface"}, {Facing::down, "GroundSurface"}, {Facing::side, "WallSurface"}}) {
    std::vector<std::vector<Vec3d>> rings;
    for (const BridgeFace& face : deck.faces)
      if (face.facing == facing) rings.push_back(face.ring);
    file.text(fmt::format("<brid:boundedBy><brid:{}><brid:lod2MultiSurface>", tag));
    file.multiSurface(rings);
    file.text(fmt::format("</brid:lod2MultiSurface></brid:{}></brid:boundedBy>\n", tag));
  }
}

void writeBridgeFacts(GmlFile& file, const TownBridge& bridge, const Road& road) {
  const char* owner = road.rank == RoadRank::national ? "国" : road.rank == RoadRank::prefectural ? "県" : "橋道市";
  file.text("<uro:bridBaseAttribute><uro:ConstructionBaseAttribute>");
  file.text(
      coded("uro:adminType", "ConstructionBaseAttribute_adminType", road.rank <= RoadRank::prefectural ? "6" : "12"));
  // The schema itself spells it so.
  file.text(fmt::format(
      "<uro:administorator>{}</uro:administorator></uro:ConstructionBaseAttribute></uro:bridBaseAttribute>\n", owner));
  file.text("<uro:bridStructureAttribute><uro:BridgeStructureAttribute>");
  file.text(coded("uro:bridgeType", "BridgeStructureAttribute_bridgeType", "01"));
  file.text(
      coded("uro:material", "BridgeStructureAttribute_material", fmt::format("{:02}", materialCode(bridge.kind))));
  file.text(
      fmt::format("<uro:length uom=\"m\">{:.1f}</uro:length><uro:width "
                  "uom=\"m\">{:.1f}</uro:width></uro:BridgeStructureAttribute></uro:bridStructureAttribute>\n",
                  bridge.length_m, bridge.width_m));
  file.text("<uro:bridFacilityIdAttribute><uro:FacilityIdAttribute><uro:id>" + bridge.id +
            "</uro:id></uro:FacilityIdAttribute></uro:bridFacilityIdAttribute>\n");
  if (bridge.inspections.empty()) return;
  const BridgeInspection& last = bridge.inspections.back();
  const char* status = last.soundness <= 2 ? "01" : last.status == "完了" ? "02" : last.status == "着手" ? "03" : "04";
  file.text(fmt::format(
      "<uro:bridRiskAssessmentAttribute><uro:ConstructionRiskAssessmentAttribute><uro:surveyYear>{}</uro:surveyYear>",
      last.date.year));
  file.text(
      coded("uro:riskType", "ConstructionRiskAssessmentAttribute_riskType", fmt::format("{:02}", last.soundness)));
  file.text(coded("uro:status", "ConstructionRiskAssessmentAttribute_status", status));
  file.text(
      "<uro:referenceDate>2025-12-01</uro:referenceDate></uro:ConstructionRiskAssessmentAttribute></"
      "uro:bridRiskAssessmentAttribute>\n");
}

void writeBridge(GmlFile& file, const Town& town, std::size_t index) {
  const TownBridge& bridge = town.bridges[index];
  file.text(fmt::format("<core:cityObjectMember><brid:Bridge gml:id=\"brid_{}\">\n",
                        uuidFor(town.options.seed, kind_bridge, static_cast<std::int64_t>(index))));
  file.text(fmt::format("<gml:name>{}</gml:name>\n<core:creationDate>{}</core:creationDate>\n", escapeXml(bridge.name),
                        creation_date));
  file.text(coded("brid:class", "Bridge_class", "01"));
  file.text(coded("brid:function", "Bridge_function", "01"));
  if (bridge.year > 0) file.text(fmt::format("<brid:yearOfConstruction>{}</brid:yearOfConstruction>\n", bridge.year));
  const std::vector<BridgePiece> pieces = shapeOf(bridge);
  for (const BridgePiece& piece : pieces)
    if (piece.part != BridgePart::deck) writeBridgePiece(file, piece);
  writeDeck(file, pieces.front());
  writeBridgeFacts(file, bridge, town.network.roads[static_cast<std::size_t>(bridge.road)]);
  file.text("</brid:Bridge></core:cityObjectMember>\n");
}

/// Each mesh becomes a file; `add` enlarges the envelope by a feature, `write` writes it.
template <typename Add, typename Write>
Status writeMeshes(const std::filesystem::path& folder, const char* kind, const Meshes& meshes,
                   const crs::FromLocal& geographic, Progress& progress, Add add, Write write) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  std::size_t written = 0;
  for (const auto& [mesh, members] : meshes) {
    if (progress.cancelled()) return Error{ErrorCode::cancelled, folder.string(), "cancelled.", ""};
    progress.report(static_cast<double>(written++) / static_cast<double>(meshes.size()),
                    fmt::format("CityGML {}", kind));
    Bounds extent;
    for (const std::size_t i : members) add(extent, i);
    GmlFile file(folder / fmt::format("{}_{}_6697_op.gml", mesh, kind), geographic);
    file.begin(extent);
    for (const std::size_t i : members) write(file, i);
    if (Status status = file.end(); !status) return status;
  }
  return done();
}

constexpr double tin_spacing_m = 12.5, tin_half_m = 400;

/// A TIN of the centre of the first town, finer than the grid's name says: 12.5 m.
Status writeDemTin(const std::filesystem::path& folder, const Town& town, const crs::FromLocal& geographic) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  const Window& w = town.window;
  const double west = std::max(w.west, -tin_half_m), east = std::min(w.east, tin_half_m);
  const double south = std::max(w.south, -tin_half_m), north = std::min(w.north, tin_half_m);
  const Vec3d centre = geographic({(west + east) / 2, (south + north) / 2, 0}).value_or(Vec3d{});
  const std::string mesh = meshCode(centre.y, centre.x, 6);
  GmlFile file(folder / fmt::format("{}_dem_6697_op.gml", mesh), geographic);
  Bounds extent;
  extent.add(Vec3d{west, south, 20}), extent.add(Vec3d{east, north, 60});
  file.begin(extent);
  const std::string id = uuidFor(town.options.seed, kind_dem, 0);
  file.text(
      fmt::format("<core:cityObjectMember><dem:ReliefFeature "
                  "gml:id=\"dem_{0}\"><gml:name>{1}</gml:name><dem:lod>1</dem:lod><dem:reliefComponent><dem:TINRelief "
                  "gml:id=\"tin_{0}\"><gml:name>{1}</gml:name><dem:lod>1</"
                  "dem:lod><dem:tin><gml:TriangulatedSurface><gml:trianglePatches>\n",
                  id, mesh));
  const auto place = [&](double x, double y) { return Vec3d{x, y, town.land->modelled(x, y)}; };
  const auto triangle = [&](Vec3d a, Vec3d b, Vec3d c) {
    file.text("<gml:Triangle><gml:exterior><gml:LinearRing><gml:posList>");
    file.posList({a, b, c, a});
    file.text("</gml:posList></gml:LinearRing></gml:exterior></gml:Triangle>\n");
  };
  for (double y = south; y + tin_spacing_m <= north + 1e-6; y += tin_spacing_m)
    for (double x = west; x + tin_spacing_m <= east + 1e-6; x += tin_spacing_m) {
      const Vec3d a = place(x, y), b = place(x + tin_spacing_m, y), c = place(x + tin_spacing_m, y + tin_spacing_m),
                  d = place(x, y + tin_spacing_m);
      triangle(a, b, c), triangle(a, c, d);
    }
  file.text(
      "</gml:trianglePatches></gml:TriangulatedSurface></dem:tin></dem:TINRelief></dem:reliefComponent></"
      "dem:ReliefFeature></core:cityObjectMember>\n");
  return file.end();
}

}  // namespace

Status writeBuildings(const std::filesystem::path& folder, const Town& town, bool one_file, Progress& progress) {
  const auto geographic = crs::FromLocal::create(town.frame, "EPSG:6668");
  if (!geographic) return geographic.error();
  Meshes buildings = byMesh(town.buildings.size(), *geographic, [&](std::size_t i) {
    return Vec3d{town.buildings[i].x, town.buildings[i].y, 0};
  });
  for (auto mesh = std::next(buildings.begin()); one_file && mesh != buildings.end(); mesh = buildings.erase(mesh))
    buildings.begin()->second.insert(buildings.begin()->second.end(), mesh->second.begin(), mesh->second.end());
  return writeMeshes(
      folder, "bldg", buildings, *geographic, progress,
      [&](Bounds& extent, std::size_t i) {
        for (Vec3d corner : town.buildings[i].corners())
          extent.add(corner), corner.z += town.buildings[i].ridge_m, extent.add(corner);
      },
      [&](GmlFile& file, std::size_t i) { writeBuilding(file, town, i); });
}

Status writeCityGml(const std::filesystem::path& folder, const Town& town, Progress& progress) {
  const auto geographic = crs::FromLocal::create(town.frame, "EPSG:6668");
  if (!geographic) return geographic.error();
  Status status = writeBuildings(folder / "udx" / "bldg", town, false, progress);
  if (!status) return status;
  const Meshes roads =
      byMesh(town.network.roads.size(), *geographic, [&](std::size_t i) { return town.network.roads[i].line.front(); });
  status = writeMeshes(
      folder / "udx" / "tran", "tran", roads, *geographic, progress,
      [&](Bounds& extent, std::size_t i) {
        for (const Vec3d& p : flatRing(town.network.roads[i])) extent.add(p);
      },
      [&](GmlFile& file, std::size_t i) { writeRoad(file, town, i); });
  if (!status) return status;
  const Meshes bridges =
      byMesh(town.bridges.size(), *geographic, [&](std::size_t i) { return town.bridges[i].axis.front(); });
  status = writeMeshes(
      folder / "udx" / "brid", "brid", bridges, *geographic, progress,
      [&](Bounds& extent, std::size_t i) {
        for (const BridgePiece& piece : shapeOf(town.bridges[i]))
          for (const BridgeFace& face : piece.faces)
            for (const Vec3d& p : face.ring) extent.add(p);
      },
      [&](GmlFile& file, std::size_t i) { writeBridge(file, town, i); });
  if (!status) return status;
  return writeDemTin(folder / "udx" / "dem", town, *geographic);
}

}  // namespace hashimichi::datasets
