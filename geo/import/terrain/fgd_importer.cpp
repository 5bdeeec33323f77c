#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/import/terrain/fgd_dem.h"
#include "geo/import/terrain/height_raster.h"

namespace hashimichi::import {
namespace {

constexpr std::size_t piece_bytes = 256 << 10;
constexpr std::uint64_t most_bytes = 512u << 20;  // a mesh has 16 MB; what a zip unpacks to is not known beforehand
constexpr std::size_t most_members = 10000;       // a prefecture's meshes of the second order are some hundreds

struct FileCloser {
  void operator()(VSILFILE* file) const { VSIFCloseL(file); }
};

bool isZip(const std::filesystem::path& path, std::string_view head) {
  return head.starts_with("PK\x03\x04") && toLower(toUtf8(path.extension())) == ".zip";
}

/// One mesh file: how GDAL's file layer opens it, and how the report calls it.
struct MeshFile {
  std::string opened, shown;
};

/// The file itself, or what a zip holds of them. Nothing of a zip is written to disk.
std::vector<MeshFile> meshFiles(const std::filesystem::path& path, std::string_view head) {
  const std::string name = toUtf8(path);
  if (!isZip(path, head)) return {{name, name}};
  startGdal();
  const GdalMessages quiet;
  const std::string root = "/vsizip/{" + name + "}";
  const CPLStringList members(VSIReadDirRecursive(root.c_str()));
  std::vector<MeshFile> files;
  for (int i = 0; i < members.size() && files.size() < most_members; ++i) {
    const std::string member = members[i], lower = toLower(member);
    const std::size_t slash = lower.rfind('/');
    const std::string last = slash == std::string::npos ? lower : lower.substr(slash + 1);
    if (last.starts_with("fg-gml-") && last.find("dem") != std::string::npos && last.ends_with(".xml"))
      files.push_back({root + "/" + member, name + "/" + member});
  }
  std::sort(files.begin(), files.end(), [](const MeshFile& a, const MeshFile& b) { return a.shown < b.shown; });
  return files;
}

Result<FgdDem> readMesh(const MeshFile& mesh, FgdDemParser::Wish wish, Problems& problems) {
  const GdalMessages messages;
  const std::unique_ptr<VSILFILE, FileCloser> file(VSIFOpenL(mesh.opened.c_str(), "rb"));
  if (!file) return Error{ErrorCode::unreadable, mesh.shown, "The file cannot be opened.", "Check its permissions."};
  FgdDemParser parser(wish);
  std::vector<char> piece(piece_bytes);
  std::uint64_t fed = 0;
  for (bool more = true; more && fed < most_bytes;) {
    const std::size_t got = VSIFReadL(piece.data(), 1, piece.size(), file.get());
    fed += got;
    more = parser.feed({piece.data(), got}, got < piece.size());
  }
  if (fed >= most_bytes)
    return Error{ErrorCode::limit, mesh.shown, "The file is larger than 512 MB, which no mesh is.",
                 "Download it again."};
  return parser.finish(mesh.shown, problems);
}

/// The spacing that the product is known by (1, 5, 10 m) for cells of so many degrees; 0: its own.
double spacingOf(const FgdDem& dem) {
  constexpr double metres_per_degree = 111000;  // of latitude
  const double cell_m = (dem.north_lat_deg - dem.south_lat_deg) / static_cast<double>(dem.rows) * metres_per_degree;
  if (cell_m > 10 && cell_m < 15) return 10;
  if (cell_m > 5 && cell_m < 7.5) return 5;
  return cell_m > 1 && cell_m < 1.5 ? 1 : 0;
}

Result<model::Terrain> terrainOf(FgdDem& dem, const std::string& shown, Context& context) {
  startGdal();
  const GdalMessages messages;
  const int columns = static_cast<int>(dem.columns), rows = static_cast<int>(dem.rows);
  const GDALDatasetUniquePtr grid(
      GetGDALDriverManager()->GetDriverByName("MEM")->Create("", columns, rows, 1, GDT_Float32, nullptr));
  HeightRaster raster{grid.get(), {}, dem.crs, shown, shown.substr(shown.rfind('/') + 1)};
  const double geo[] = {dem.west_lon_deg,
                        (dem.east_lon_deg - dem.west_lon_deg) / columns,
                        0,
                        dem.north_lat_deg,
                        0,
                        (dem.south_lat_deg - dem.north_lat_deg) / rows};
  std::copy(std::begin(geo), std::end(geo), raster.grid.geo);
  raster.grid.bounds.add(raster.grid.at(0, 0));
  raster.grid.bounds.add(raster.grid.at(columns, rows));
  raster.spacing_m = spacingOf(dem);
  if (!grid || grid->SetGeoTransform(raster.grid.geo) != CE_None ||
      grid->GetRasterBand(1)->SetNoDataValue(std::nan("")) != CE_None ||
      grid->GetRasterBand(1)->RasterIO(GF_Write, 0, 0, columns, rows, dem.height_m.data(), columns, rows, GDT_Float32,
                                       0, 0, nullptr) != CE_None)
    return Error{ErrorCode::limit, shown, "There is not enough memory for the mesh.", ""};
  SourcePlace place{dem.crs};
  if (const Status fits = checkPlace(shown, {}, raster.grid.bounds, context, place); !fits) return fits.error();
  return terrainFrom(raster, messages, context);
}

class FgdDemImporter final : public Importer {
 public:
  std::string_view format() const override { return "FGD DEM"; }

  bool accepts(const std::filesystem::path& path, std::string_view head) const override {
    return isFgdDem(head) || (isZip(path, head) && !meshFiles(path, head).empty());
  }

  Result<Peek> peek(const std::filesystem::path& path, const Options&, Problems&) const override {
    const Result<std::string> head = readHead(path, 4096);
    if (!head) return head.error();
    Peek peek;
    peek.format = format();
    std::optional<Error> first_error;
    Problems told_when_read;
    for (const MeshFile& mesh : meshFiles(path, *head)) {
      const Result<FgdDem> dem = readMesh(mesh, FgdDemParser::Wish::place, told_when_read);
      if (!dem && !first_error) first_error = dem.error();
      if (!dem) continue;
      peek.crs = dem->crs;
      peek.bounds.add(Vec3d{dem->west_lon_deg, dem->south_lat_deg, 0});
      peek.bounds.add(Vec3d{dem->east_lon_deg, dem->north_lat_deg, 0});
    }
    if (peek.crs.empty() && first_error) return *first_error;
    return peek;
  }

  Status read(const std::filesystem::path& path, Context& context) const override {
    const Result<std::string> head = readHead(path, 4096);
    if (!head) return head.error();
    const std::vector<MeshFile> meshes = meshFiles(path, *head);
    std::optional<Error> first_error;
    std::size_t read = 0, tried = 0;
    for (const MeshFile& mesh : meshes) {
      context.progress.report(static_cast<double>(tried++) / static_cast<double>(meshes.size()), "terrain");
      if (context.progress.cancelled()) return Error{ErrorCode::cancelled, toUtf8(path), "The import was stopped.", ""};
      const Status status = readOne(mesh, context);
      read += status ? 1 : 0;
      if (status) continue;
      if (!first_error) first_error = status.error();
      if (meshes.size() > 1)
        context.problems.skip(mesh.shown, {}, "fgd.mesh_failed", status.error().what, status.error().advice);
    }
    if (read == 0 && first_error) return *first_error;
    return done();
  }

 private:
  static Status readOne(const MeshFile& mesh, Context& context) {
    Result<FgdDem> dem = readMesh(mesh, FgdDemParser::Wish::everything, context.problems);
    if (!dem) return dem.error();
    Result<model::Terrain> terrain = terrainOf(*dem, mesh.shown, context);
    if (!terrain) return terrain.error();
    context.sink.add(std::move(*terrain));
    return done();
  }
};

}  // namespace

const Importer& fgdDemImporter() {
  static const FgdDemImporter importer;
  return importer;
}

}  // namespace hashimichi::import
