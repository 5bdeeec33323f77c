// Roads as the road department hands them over: a Shapefile that says neither its encoding nor its CRS, and a
// GeoPackage.
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <memory>

#include "datasets/town/town_parts.h"
#include "geo/core/file.h"

namespace hashimichi::datasets {
namespace {

struct CloseDataset {
  void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<GDALDataset, CloseDataset>;

Error cannotWrite(const std::filesystem::path& path) {
  return {ErrorCode::write_failed, toUtf8(path), std::string("could not be written: ") + CPLGetLastErrorMsg(),
          "Check free space and write permission of the folder."};
}

Dataset createDataset(const char* driver_name, const std::filesystem::path& path) {
  GDALAllRegister();
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName(driver_name);
  return Dataset(driver ? driver->Create(toUtf8(path).c_str(), 0, 0, 0, GDT_Unknown, nullptr) : nullptr);
}

void addField(OGRLayer& layer, const char* name, OGRFieldType type, int width, int precision = 0) {
  OGRFieldDefn field(name, type);
  field.SetWidth(width);
  field.SetPrecision(precision);
  layer.CreateField(&field);
}

constexpr const char* text_fields[] = {"区間ID", "路線名", "除雪区分", "管理者", "除雪工区"};

void addRoadFields(OGRLayer& layer) {
  for (const char* name : text_fields) addField(layer, name, OFTString, 40);
  addField(layer, "幅員", OFTReal, 6, 1);
  addField(layer, "車線数", OFTInteger, 2);
  for (const char* name : {"消雪管", "流雪溝", "道路暖房"}) addField(layer, name, OFTString, 8);
  addField(layer, "交通量", OFTInteger, 8);
  addField(layer, "緊急輸送", OFTInteger, 1);
  addField(layer, "バス本数", OFTInteger, 4);
  for (const char* name : {"通学路", "橋梁"}) addField(layer, name, OFTString, 8);
}

/// The city's 除雪路線図: emergency routes first, then by traffic; narrow streets are 生活道路.
const char* clearingClass(const Road& road) {
  if (road.emergency == 1 || road.emergency == 2 || (road.rank == RoadRank::main && road.zone == Zone::centre))
    return "重点";
  if (road.rank == RoadRank::lane || road.rank == RoadRank::farm ||
      (road.rank == RoadRank::local && road.width_m < 4.5))
    return "生活道路";
  if (road.aadt >= 1000) return "第1種";
  return road.aadt >= 500 ? "第2種" : "第3種";
}

void fillRoad(OGRFeature& feature, const Road& road) {
  const auto yes = [](bool value) { return value ? "有" : "無"; };
  feature.SetField("区間ID", road.id.c_str());
  feature.SetField("路線名", road.route.c_str());
  feature.SetField("除雪区分", clearingClass(road));
  feature.SetField("管理者", road.rank == RoadRank::national ? "国" : road.rank == RoadRank::prefectural ? "県" : "市");
  feature.SetField("除雪工区", road.district.c_str());
  feature.SetField("幅員", road.width_m);
  feature.SetField("車線数", road.lanes);
  feature.SetField("消雪管", road.pipe.c_str());
  feature.SetField("流雪溝", yes(road.gutter));
  feature.SetField("道路暖房", yes(road.heating));
  feature.SetField("交通量", static_cast<int>(road.aadt));
  feature.SetField("緊急輸送", road.emergency);
  feature.SetField("バス本数", road.bus);
  feature.SetField("通学路", yes(road.school));
  feature.SetField("橋梁", yes(road.bridge >= 0));
}

bool fillRoads(OGRLayer& layer, const Town& town, bool with_heights) {
  for (const Road& road : town.network.roads) {
    OGRFeature feature(layer.GetLayerDefn());
    fillRoad(feature, road);
    OGRLineString line;
    for (const Vec3d& local : road.line) {
      const Vec3d p = town.frame.toProjected(local);
      with_heights ? line.addPoint(p.x, p.y, p.z) : line.addPoint(p.x, p.y);
    }
    feature.SetGeometry(&line);
    if (layer.CreateFeature(&feature) != OGRERR_NONE) return false;
  }
  return true;
}

Status writeShapefile(const std::filesystem::path& path, const Town& town) {
  for (const char* extension : {".dbf", ".shx", ".cpg", ".prj"}) {
    std::error_code ignored;
    std::filesystem::remove(std::filesystem::path(path).replace_extension(extension), ignored);
  }
  {
    const Dataset dataset = createDataset("ESRI Shapefile", path);
    if (!dataset) return cannotWrite(path);
    const char* options[] = {"ENCODING=CP932", nullptr};
    OGRLayer* layer =
        dataset->CreateLayer(toUtf8(path.stem()).c_str(), nullptr, wkbLineString, const_cast<char**>(options));
    if (!layer) return cannotWrite(path);
    addRoadFields(*layer);
    if (!fillRoads(*layer, town, false)) return cannotWrite(path);
  }
  std::error_code ignored;
  std::filesystem::remove(std::filesystem::path(path).replace_extension(".cpg"), ignored);
  return done();
}

bool fillWaters(OGRLayer& layer, const Town& town) {
  addField(layer, "水面ID", OFTString, 12);
  addField(layer, "名称", OFTString, 40);
  addField(layer, "種別", OFTString, 20);
  int count = 0;
  const auto add = [&](const std::string& name, const char* kind, const std::vector<Vec3d>& ring) {
    OGRFeature feature(layer.GetLayerDefn());
    feature.SetField("水面ID", CPLSPrintf("W%04d", ++count));
    feature.SetField("名称", name.c_str());
    feature.SetField("種別", kind);
    OGRPolygon polygon;
    OGRLinearRing outer;
    for (const Vec3d& local : ring) {
      const Vec3d p = town.frame.toProjected(local);
      outer.addPoint(p.x, p.y);
    }
    polygon.addRing(&outer);
    feature.SetGeometry(&polygon);
    return layer.CreateFeature(&feature) == OGRERR_NONE;
  };
  const Window& w = town.window;
  for (int row = cellOf(w.south); row <= cellOf(w.north - 1e-9); ++row) {
    std::vector<Vec3d> axis;
    for (double x = w.west; x <= w.east; x += 10)
      axis.push_back({x, row * cell_m + river_v_m + Valley::bend(x) + 9 * std::sin(x / 130), 0});
    if (!add("橋川", "河川", ribbon(axis, channel_half_width_m))) return false;
  }
  for (const Water& water : town.network.waters) {
    std::vector<std::vector<Vec3d>> parts(1);  // only what lies inside the window
    for (const Vec3d& p : water.line) {
      if (w.contains(p.x, p.y))
        parts.back().push_back(p);
      else if (!parts.back().empty())
        parts.emplace_back();
    }
    for (const auto& part : parts)
      if (part.size() > 1 && !add(water.name, water.creek ? "河川" : "水路", ribbon(part, water.width_m / 2)))
        return false;
  }
  return true;
}

struct DumpSite {
  const char* name;
  double u, v;
  int capacity_m3;
  double used_percent;
};
constexpr DumpSite dump_sites[] = {{"橋川河川敷雪堆積場", -330, -135, 42000, 38},
                                   {"南原雪堆積場", 560, -560, 18000, 22},
                                   {"新田雪堆積場", -850, 180, 12500, 71}};

bool fillDumpSites(OGRLayer& layer, const Town& town) {
  addField(layer, "堆積場ID", OFTString, 12);
  addField(layer, "名称", OFTString, 40);
  addField(layer, "容量(m3)", OFTInteger, 9);
  addField(layer, "使用率(%)", OFTReal, 6, 1);
  int count = 0;
  const Window& w = town.window;
  for (int row = cellOf(w.south); row <= cellOf(w.north - 1e-9); ++row)
    for (int cell = cellOf(w.west); cell <= cellOf(w.east - 1e-9); ++cell)
      for (const DumpSite& site : dump_sites) {
        const Vec3d at = town.valley.place({cell * cell_m + site.u, row * cell_m + site.v});
        if (!w.contains(at.x, at.y)) continue;
        OGRFeature feature(layer.GetLayerDefn());
        feature.SetField("堆積場ID", CPLSPrintf("D%03d", ++count));
        feature.SetField("名称", site.name);
        feature.SetField("容量(m3)", site.capacity_m3);
        feature.SetField("使用率(%)", site.used_percent);
        const Vec3d p = town.frame.toProjected(at);
        OGRPoint point(p.x, p.y);
        feature.SetGeometry(&point);
        if (layer.CreateFeature(&feature) != OGRERR_NONE) return false;
      }
  return true;
}

Status writeGeoPackage(const std::filesystem::path& path, const Town& town) {
  const Dataset dataset = createDataset("GPKG", path);
  if (!dataset) return cannotWrite(path);
  OGRSpatialReference zone;
  zone.importFromEPSG(plane_zone_epsg);
  zone.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  dataset->StartTransaction();
  const auto layer = [&](const char* name, OGRwkbGeometryType type, auto fill) {
    OGRLayer* made = dataset->CreateLayer(name, &zone, type, nullptr);
    return made && fill(*made);
  };
  const bool ok =
      layer("道路区間", wkbLineString25D, [&](OGRLayer& l) { return addRoadFields(l), fillRoads(l, town, true); }) &&
      layer("雪堆積場", wkbPoint, [&](OGRLayer& l) { return fillDumpSites(l, town); }) &&
      layer("水面", wkbPolygon, [&](OGRLayer& l) { return fillWaters(l, town); });
  if (!ok || dataset->CommitTransaction() != OGRERR_NONE) return cannotWrite(path);
  return done();
}

}  // namespace

std::vector<Vec3d> ribbon(const std::vector<Vec3d>& line, double half_width_m) {
  std::vector<Vec3d> left, right;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const Vec3d before = i > 0 ? line[i] - line[i - 1] : line[i + 1] - line[i];
    const Vec3d after = i + 1 < line.size() ? line[i + 1] - line[i] : before;
    const double lb = std::hypot(before.x, before.y), la = std::hypot(after.x, after.y);
    Vec3d normal{-(before.y / lb + after.y / la), before.x / lb + after.x / la, 0};
    const double length = std::hypot(normal.x, normal.y);
    // A mitre at a bend is longer than the half width; sharp bends are cut off at one and a half.
    const double mitre = half_width_m * std::min(1.5, 2 / std::max(length, 1e-6)) / std::max(length, 1e-6);
    left.push_back(line[i] + normal * mitre), right.push_back(line[i] - normal * mitre);
  }
  std::vector<Vec3d> ring(right);  // counter-clockwise: out along the right edge, back along the left
  ring.insert(ring.end(), left.rbegin(), left.rend());
  ring.push_back(ring.front());
  return ring;
}

Status writeVectors(const std::filesystem::path& folder, const Town& town) {
  if (Status status = writeShapefile(folder / "roads_cp932.shp", town); !status) return status;
  return writeGeoPackage(folder / "roads.gpkg", town);
}

}  // namespace hashimichi::datasets
