#pragma once
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <filesystem>
#include <string>
#include <vector>

namespace hashimichi::import::tests {

/// One feature for a file that GDAL writes: WKT and text cells.
struct DrawnFeature {
  std::string wkt;
  std::vector<std::string> cells;
};
struct DrawnLayer {
  std::string name;
  OGRwkbGeometryType type = wkbLineString;
  std::vector<std::string> heads;
  std::vector<DrawnFeature> features;
  int epsg = 0;  ///< 0: no CRS
};

/// Writes layers with GDAL, the program that most towns' files come from (directly or through QGIS).
inline void writeWithGdal(const char* driver_name, const std::filesystem::path& path,
                          const std::vector<DrawnLayer>& layers, const char* encoding = "UTF-8") {
  GDALAllRegister();
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName(driver_name);
  const GDALDatasetUniquePtr dataset(driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  for (const DrawnLayer& drawn : layers) {
    OGRSpatialReference crs;
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    if (drawn.epsg != 0) crs.importFromEPSG(drawn.epsg);
    const bool shapefile = std::string(driver_name) == "ESRI Shapefile";
    char** options = shapefile ? CSLSetNameValue(nullptr, "ENCODING", encoding) : nullptr;
    OGRLayer* layer = dataset->CreateLayer(drawn.name.c_str(), drawn.epsg != 0 ? &crs : nullptr, drawn.type, options);
    CSLDestroy(options);
    for (const std::string& head : drawn.heads) {
      OGRFieldDefn field(head.c_str(), OFTString);
      layer->CreateField(&field);
    }
    for (const DrawnFeature& drawn_feature : drawn.features) {
      const OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(layer->GetLayerDefn()));
      for (std::size_t i = 0; i < drawn_feature.cells.size(); ++i)
        feature->SetField(static_cast<int>(i), drawn_feature.cells[i].c_str());
      OGRGeometry* geometry = nullptr;
      OGRGeometryFactory::createFromWkt(drawn_feature.wkt.c_str(), nullptr, &geometry);
      feature->SetGeometryDirectly(geometry);
      if (layer->CreateFeature(feature.get()) != OGRERR_NONE) ADD_FAILURE() << drawn_feature.wkt;
    }
  }
}

}  // namespace hashimichi::import::tests
