// How fast GIS layers become the model: beside GDAL's own loop over the same file, which is what ogr2ogr reads (every
// feature with its geometry and all its cells). One line of figures per file, both measured in the same run.
//
//   vector_read --make FOLDER FEATURES   makes roads_N.gpkg and roads_N.shp (CP932)
//   vector_read FILE…
#include <fmt/format.h>
#include <ogrsf_frmts.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <memory>

#include "geo/import/choose_frame.h"
#include "geo/import/importer.h"
#include "geo/model/city_builder.h"

namespace hashimichi {
namespace {

namespace fs = std::filesystem;

constexpr int repetitions = 3;  // the best of them: other work on the machine only ever slows down

struct Seconds {
  double wall = 1e300, processor = 1e300;
};

double processorSeconds() {
  struct rusage usage {};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// @param work  returns what it made, which is freed outside the figure
template <typename Work>
Seconds best(Work work) {
  Seconds best;
  for (int i = 0; i < repetitions; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    const double before = processorSeconds();
    const auto made = work();
    best.wall = std::min(best.wall, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    best.processor = std::min(best.processor, processorSeconds() - before);
  }
  return best;
}

void addFields(OGRLayer& layer) {
  for (const auto& [name, type] : {std::pair{"区間ID", OFTString},
                                   {"路線名", OFTString},
                                   {"除雪区分", OFTString},
                                   {"幅員", OFTReal},
                                   {"車線数", OFTInteger},
                                   {"交通量", OFTInteger}}) {
    OGRFieldDefn field(name, type);
    layer.CreateField(&field);
  }
}

/// One bent road of nine points.
void setFeature(OGRFeature& feature, int number) {
  feature.SetField(0, fmt::format("S{:07}", number).c_str());
  feature.SetField(1, fmt::format("市道{}号線", number % 1000).c_str());
  feature.SetField(2, number % 3 == 0 ? "第1種" : "第2種");
  feature.SetField(3, 4 + number % 10 * 0.5);
  feature.SetField(4, 1 + number % 4);
  feature.SetField(5, number % 9000);
  OGRLineString line;
  const double x = 20000 + number % 500 * 30, y = 150000 + number / 500 * 30.0;
  for (int i = 0; i < 9; ++i) line.addPoint(x + i * 3.1, y + 5 * std::sin(i));
  feature.SetGeometry(&line);
}

void make(const fs::path& folder, int features) {
  for (const auto& [driver, ending] : {std::pair{"GPKG", "gpkg"}, {"ESRI Shapefile", "shp"}}) {
    const fs::path path = folder / fmt::format("roads_{}.{}", features, ending);
    GDALDriver* writer = GetGDALDriverManager()->GetDriverByName(driver);
    const GDALDatasetUniquePtr dataset(writer->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    OGRSpatialReference crs;
    crs.importFromEPSG(6676);
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    const char* const cp932[] = {"ENCODING=CP932", nullptr};
    OGRLayer* layer = dataset->CreateLayer(path.stem().c_str(), &crs, wkbLineString,
                                           ending == std::string("shp") ? const_cast<char**>(cp932) : nullptr);
    addFields(*layer);
    dataset->StartTransaction();
    for (int i = 0; i < features; ++i) {
      const OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(layer->GetLayerDefn()));
      setFeature(*feature, i);
      if (layer->CreateFeature(feature.get()) != OGRERR_NONE) return;
    }
    dataset->CommitTransaction();
  }
}

std::size_t gdalPass(const fs::path& path) {
  const GDALDatasetUniquePtr dataset(
      GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, nullptr, nullptr, nullptr));
  std::size_t features = 0;
  for (OGRLayer* layer : dataset->GetLayers()) {
    layer->ResetReading();
    for (OGRFeatureUniquePtr feature(layer->GetNextFeature()); feature; feature.reset(layer->GetNextFeature()))
      ++features;
  }
  return features;
}

/// The builder with what was read.
std::unique_ptr<model::CityBuilder> import(const fs::path& path) {
  const import::Importer& importer = import::vectorImporter();
  const import::Options options;
  Problems problems;
  SilentProgress progress;
  const Result<crs::LocalFrame> frame = crs::LocalFrame::create(6676, {20000, 150000, 0});
  auto builder = std::make_unique<model::CityBuilder>(*frame);
  import::Context context{*frame, options, problems, progress, *builder, {}};
  if (const Status status = importer.read(path, context); !status) fmt::print("{}\n", status.error().text());
  return builder;
}

void measure(const fs::path& path) {
  std::size_t read = 0, ours = 0;
  const Seconds gdal = best([&] { return read = gdalPass(path); });
  const Seconds import_s = best([&] { return import(path); });
  for (const auto& [type, count] : import(path)->takeCounts()) ours += count;
  fmt::print(
      "{}: GDAL {} features {:.3f} s ({:.3f} s of processor time), import {} features {:.3f} s ({:.3f} s), ratio "
      "{:.2f}\n",
      path.filename().string(), read, gdal.wall, gdal.processor, ours, import_s.wall, import_s.processor,
      import_s.wall / gdal.wall);
}

}  // namespace
}  // namespace hashimichi

int main(int count, char** words) {
  GDALAllRegister();
  if (count == 4 && std::string_view(words[1]) == "--make") return hashimichi::make(words[2], std::atoi(words[3])), 0;
  for (int i = 1; i < count; ++i) hashimichi::measure(words[i]);
  return count > 1 ? 0 : 2;
}
