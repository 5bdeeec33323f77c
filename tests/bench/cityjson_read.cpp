// How fast one CityJSON file becomes the model, beside a general JSON library's bare reading of the same file.
//
//   cityjson_read --make FILE BUILDINGS   makes a synthetic city of boxes with semantics and attributes
//   cityjson_read FILE…                   measures each file
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "geo/core/file.h"
#include "geo/import/importer.h"
#include "geo/model/city_builder.h"

namespace hashimichi {
namespace {

template <typename Work>
double bestSeconds(Work work) {
  double best = 1e300;
  for (int i = 0; i < 3; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  return best;
}

int make(const char* path, int buildings) {
  std::ofstream out(path);
  out << R"({"type":"CityJSON","version":"2.0","transform":{"scale":[0.001,0.001,0.001],"translate":[31000,160000,0]},)"
      << R"("metadata":{"referenceSystem":"https://www.opengis.net/def/crs/EPSG/0/6676"},"CityObjects":{)";
  for (int i = 0; i < buildings; ++i) {
    const auto v = [&](int corner) { return i * 8 + corner; };
    out << fmt::format(
        R"({}"b{}":{{"type":"Building","attributes":{{"measuredHeight":{},"usage":"{}","yearOfConstruction":{}}},)"
        R"("geometry":[{{"type":"Solid","lod":"1","boundaries":[[[[{},{},{},{}]],[[{},{},{},{}]],[[{},{},{},{}]],)"
        R"([[{},{},{},{}]],[[{},{},{},{}]],[[{},{},{},{}]]]],"semantics":{{"surfaces":[{{"type":"GroundSurface"}},)"
        R"({{"type":"RoofSurface"}},{{"type":"WallSurface"}}],"values":[[0,1,2,2,2,2]]}}}}]}})",
        i ? "," : "", i, 3 + i % 20, 401 + i % 50, 1960 + i % 60, v(0), v(3), v(2), v(1), v(4), v(5), v(6), v(7), v(0),
        v(1), v(5), v(4), v(1), v(2), v(6), v(5), v(2), v(3), v(7), v(6), v(3), v(0), v(4), v(7));
  }
  out << R"(},"vertices":[)";
  const int side = 300;
  for (int i = 0; i < buildings; ++i)
    for (int corner = 0; corner < 8; ++corner)
      out << fmt::format("{}[{},{},{}]", i + corner ? "," : "",
                         i % side * 20'000 + (corner % 4 == 1 || corner % 4 == 2 ? 10'000 : 0),
                         i / side * 20'000 + (corner % 4 >= 2 ? 10'000 : 0), corner < 4 ? 0 : (3 + i % 20) * 1000);
  out << "]}\n";
  return out.good() ? 0 : 1;
}

void measure(const char* path) {
  const double megabytes = static_cast<double>(std::filesystem::file_size(path)) / 1e6;
  std::size_t features = 0;
  const double ours = bestSeconds([&] {
    const crs::LocalFrame frame = *crs::LocalFrame::create(6676, {31000, 160000, 0});
    const import::Options options;
    Problems problems;
    SilentProgress progress;
    model::CityBuilder builder(frame);
    import::Context context{frame, options, problems, progress, builder, {}};
    (void)import::cityjsonImporter().read(path, context);
    features = 0;
    for (const auto& [type, count] : builder.takeCounts()) features += count;
  });
  const double bare = bestSeconds([&] {
    std::ifstream stream(path, std::ios::binary);
    const auto document = nlohmann::json::parse(stream, nullptr, false);
    if (document.is_discarded()) fmt::print("{}: not read by the general library\n", path);
  });
  fmt::print("{}: {:.1f} MB, {} features; to the model {:.0f} MB/s; general JSON library, no model: {:.0f} MB/s\n",
             path, megabytes, features, megabytes / ours, megabytes / bare);
}

}  // namespace
}  // namespace hashimichi

int main(int argc, char** argv) {
  if (argc == 4 && std::strcmp(argv[1], "--make") == 0) return hashimichi::make(argv[2], std::atoi(argv[3]));
  for (int i = 1; i < argc; ++i) hashimichi::measure(argv[i]);
  return argc > 1 ? 0 : 2;
}
