#include "geo/crs/geoid.h"

#include <cmath>

#include "geo/core/file.h"
#include "geo/crs/proj_support.h"

namespace hashimichi::crs {
namespace {

/// The name under which the pipeline asks for its grid; the finder answers with the real path, so that a path with
/// blanks, commas or Japanese needs no quoting.
constexpr const char* grid_name = "hashimichi_geoid";

const char* findGrid(PJ_CONTEXT*, const char* name, void* path) {
  return std::string(name) == grid_name ? static_cast<const std::string*>(path)->c_str() : nullptr;
}

/// What PROJ says of a grid file; its complaints do not reach the terminal.
PJ_GRID_INFO gridInfo(const std::string& name) {
  const PJ_LOG_LEVEL before = proj_log_level(nullptr, PJ_LOG_NONE);
  const PJ_GRID_INFO info = proj_grid_info(name.c_str());
  proj_log_level(nullptr, before);
  return info;
}

}  // namespace

struct Geoid::Impl {
  std::filesystem::path file;
  std::string path_text;
  Context context;
  Pj shift;
};

Geoid::Geoid(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Geoid::~Geoid() = default;
Geoid::Geoid(Geoid&&) noexcept = default;
Geoid& Geoid::operator=(Geoid&&) noexcept = default;

Result<Geoid> Geoid::open(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error))
    return Error{ErrorCode::not_found, toUtf8(file), "There is no geoid file here.", "Check the path after --geoid."};
  auto impl = std::make_unique<Impl>();
  impl->file = file;
  impl->path_text = toUtf8(file);
  impl->context = makeContext();
  proj_context_set_file_finder(impl->context.get(), findGrid, &impl->path_text);
  const std::string pipeline = std::string("+proj=vgridshift +multiplier=1 +grids=") + grid_name;
  impl->shift.reset(proj_create(impl->context.get(), pipeline.c_str()));
  // A grid is opened at its first use; only this tells beforehand whether it is one.
  if (!impl->shift || std::string_view(gridInfo(impl->path_text).format) == "missing")
    return Error{ErrorCode::unreadable, impl->path_text, "The file is no geoid grid that can be read.",
                 "Use the PROJ grid jp_gsi_gsigeo2011.tif (GeoTIFF) or a .gtx file."};
  return Geoid(std::move(impl));
}

std::optional<double> Geoid::undulationAt(double lat_deg, double lon_deg) const {
  if (!std::isfinite(lat_deg) || !std::isfinite(lon_deg)) return std::nullopt;
  const PJ_COORD at = proj_coord(proj_torad(lon_deg), proj_torad(lat_deg), 0, 0);
  proj_errno_reset(impl_->shift.get());
  const PJ_COORD shifted = proj_trans(impl_->shift.get(), PJ_FWD, at);
  // No place on Earth has its sea level further from the ellipsoid than 110 m.
  constexpr double furthest_m = 120;
  if (!std::isfinite(shifted.lpz.z) || std::fabs(shifted.lpz.z) > furthest_m) return std::nullopt;
  return shifted.lpz.z;
}

const std::filesystem::path& Geoid::file() const {
  return impl_->file;
}

std::optional<std::filesystem::path> installedGeoid() {
  const PJ_GRID_INFO info = gridInfo("jp_gsi_gsigeo2011.tif");
  std::error_code error;
  const std::filesystem::path file(info.filename);
  if (info.filename[0] == '\0' || !std::filesystem::is_regular_file(file, error)) return std::nullopt;
  return file;
}

}  // namespace hashimichi::crs
