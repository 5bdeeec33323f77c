#include "app/cli/measure_inputs.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/session/workflow.h"
#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/crs/transform.h"
#include "geo/import/points/las_header.h"
#include "geo/import/points/las_reader.h"
#include "geo/points/query.h"
#include "geo/project/project.h"

namespace hashimichi::app::cli {
namespace {

constexpr std::size_t block_points = 1 << 16;

/// Keeps points up to the limit: when it is full, every second one goes and half as many come in.
class Kept {
 public:
  Kept(const Bounds& box, const std::vector<int>& classes) : box_(box) {
    for (const int c : classes)
      if (c >= 0 && c < 256) wanted_[static_cast<std::size_t>(c)] = true;
    all_classes_ = classes.empty();
  }
  void offer(Vec3d p, std::uint8_t classification) {
    if (!all_classes_ && !wanted_[classification]) return;
    if (!box_.empty() && !(p.x >= box_.low.x && p.x <= box_.high.x && p.y >= box_.low.y && p.y <= box_.high.y)) return;
    if (!isFinite(p) || seen_++ % step_ != 0) return;
    store.places.push_back(p), store.classification.push_back(classification);
    if (store.size() < measured_points_limit) return;
    for (std::size_t i = 0; 2 * i < store.size(); ++i)
      store.places[i] = store.places[2 * i], store.classification[i] = store.classification[2 * i];
    store.places.resize(store.size() / 2), store.classification.resize(store.places.size());
    step_ *= 2, store.unrefined = true;
  }
  measure::PointStore store;

 private:
  Bounds box_;
  bool wanted_[256] = {}, all_classes_ = true;
  std::size_t seen_ = 0, step_ = 1;
};

Result<measure::PointStore> readFilePoints(const std::filesystem::path& path, const crs::LocalFrame& frame, Kept kept,
                                           Problems& problems, Progress& progress) {
  const std::string file = toUtf8(path);
  const auto header = import::readLasHeader(path, problems);
  if (!header) return header.error();
  std::string crs = header->crs;
  if (crs.empty()) {
    crs = fmt::format("EPSG:{}", frame.epsg());
    problems.assume(file, {}, "crs.assumed",
                    "The file names no coordinate reference system: it was read in " + frame.name() + ".",
                    "Name it with --crs EPSG:code if that is wrong.");
  }
  const auto transform = crs::ToLocal::create(crs, crs::AxisOrder::east_first, frame);
  if (!transform) return transform.error();
  auto reader = import::LasReader::open(path, header->point_format);
  if (!reader) return reader.error();
  std::vector<Vec3d> block;
  std::vector<std::uint8_t> classes;
  std::uint64_t seen = 0;
  const auto pour = [&] {
    transform->apply(block);
    for (std::size_t i = 0; i < block.size(); ++i) kept.offer(block[i], classes[i]);
    block.clear(), classes.clear();
  };
  import::LasPoint point;
  while (seen < header->stated_points && reader->next(point)) {
    ++seen;
    block.push_back(point.position), classes.push_back(point.classification);
    if (block.size() < block_points) continue;
    pour();
    if (progress.cancelled()) return Error{ErrorCode::cancelled, file, "Reading the points was cancelled.", ""};
    progress.report(
        static_cast<double>(seen) / static_cast<double>(std::max<std::uint64_t>(1, header->plausible_points)),
        "points");
  }
  pour();
  if (seen < header->stated_points)
    problems.skip(file, fmt::format("point {}", seen + 1), "las.truncated",
                  fmt::format("The header promises {} points, {} could be read: {}.", header->stated_points, seen,
                              reader->damage()),
                  "Copy the file again.");
  return std::move(kept.store);
}

Result<measure::PointStore> readCloudPoints(const model::PointCloud& cloud, const crs::LocalFrame& frame,
                                            const Bounds& box, Kept kept, Problems& problems, Progress& progress) {
  points::Region region;
  region.box = box;
  if (cloud.octree.empty()) {
    kept.store.unrefined = cloud.sample.size() < cloud.point_count;
    points::visitPoints(cloud.sample, region, [&](const points::QueryPoints& q) {
      for (std::size_t i = 0; i < q.local.size(); ++i)
        kept.offer(q.local[i],
                   cloud.sample.classification.empty() ? std::uint8_t{0} : cloud.sample.classification[q.index[i]]);
      return true;
    });
    return std::move(kept.store);
  }
  const auto octree = points::openOctree(cloud.octree, problems);
  if (!octree) return octree.error();
  const auto place = points::placeOctree((*octree)->info(), cloud, frame);
  if (!place) return place.error();
  const auto report = points::visitPoints(
      **octree, *place, region,
      [&](const points::QueryPoints& q) {
        const auto& classes = q.batch->classification;
        for (std::size_t i = 0; i < q.local.size(); ++i)
          kept.offer(q.local[i], classes.empty() ? std::uint8_t{0} : classes[q.index[i]]);
        return true;
      },
      progress);
  if (!report) return report.error();
  kept.store.unrefined = kept.store.unrefined || !report->full_detail;
  return std::move(kept.store);
}

/// The frame of files without a project: the CRS of the first, its origin near the points.
Result<crs::LocalFrame> frameOf(const std::vector<std::filesystem::path>& files, const std::string& named) {
  std::string crs = named;
  Vec3d origin;
  if (!files.empty()) {
    Problems told_when_read;
    const auto header = import::readLasHeader(files.front(), told_when_read);
    if (!header) return header.error();
    if (crs.empty()) crs = header->crs;
    const Vec3d centre = header->bounds.empty() ? Vec3d{} : header->bounds.centre();
    if (named.empty() || named == header->crs)
      origin = {100 * std::round(centre.x / 100), 100 * std::round(centre.y / 100), 0};
  }
  const std::string where = files.empty() ? "--crs" : toUtf8(files.front());
  if (crs.empty())
    return Error{ErrorCode::bad_crs, where, "Nothing names a coordinate reference system.",
                 "Name it with --crs EPSG:code."};
  const auto info = crs::describeCrs(crs);
  if (!info) return info.error();
  const int epsg = info->horizontal_epsg != 0 ? info->horizontal_epsg : info->epsg;
  if (info->geographic || epsg == 0)
    return Error{ErrorCode::bad_crs, where, "Measuring needs a projected system in metres, this is " + info->name + ".",
                 "Name one with --crs EPSG:code."};
  return crs::LocalFrame::create(epsg, origin);
}

}  // namespace

Result<MeasureInputs> openInputs(const std::vector<std::string>& inputs, const std::vector<std::string>& clouds,
                                 const std::string& crs, std::size_t surveys, Progress& progress) {
  MeasureInputs opened;
  for (const std::string& input : inputs) {
    const std::filesystem::path folder = projectFolderFrom(input);
    if (!project::isProjectFolder(folder)) {
      if (!std::filesystem::exists(input))
        return Error{ErrorCode::not_found, input, "There is no such file or project.", "Check the path."};
      opened.files.push_back(input);
      continue;
    }
    const auto project = project::open(folder, progress);
    if (!project) return project.error();
    opened.model = project->model;
  }
  if (opened.model) {
    opened.frame = opened.model->frame;
  } else {
    const auto frame = frameOf(opened.files, crs);
    if (!frame) return frame.error();
    opened.frame = *frame;
  }
  opened.clouds = clouds;
  if (opened.model && opened.clouds.empty() && opened.files.empty())
    for (const model::PointCloud& cloud : opened.model->clouds) opened.clouds.push_back(cloud.id);
  if (opened.files.size() + opened.clouds.size() < surveys)
    return Error{ErrorCode::bad_input, "measure",
                 fmt::format("This measure needs {} survey{}, {} given.", surveys,
                             surveys == 1 ? "" : "s (before, after)", opened.files.size() + opened.clouds.size()),
                 "Name LAS or LAZ files, or a project and its clouds with --cloud ID."};
  return opened;
}

Result<measure::PointStore> pointsOf(const MeasureInputs& inputs, std::size_t survey, const Bounds& box,
                                     const std::vector<int>& classes, Problems& problems, Progress& progress) {
  // Clouds of the project come before files that were surveyed later.
  if (survey >= inputs.clouds.size())
    return readFilePoints(inputs.files[survey - inputs.clouds.size()], inputs.frame, Kept(box, classes), problems,
                          progress);
  const std::string& id = inputs.clouds[survey];
  if (inputs.model)
    for (const model::PointCloud& cloud : inputs.model->clouds)
      if (cloud.id == id) return readCloudPoints(cloud, inputs.frame, box, Kept(box, classes), problems, progress);
  return Error{ErrorCode::not_found, "--cloud " + id, "The project has no such point cloud.",
               "See hashimichi info PROJECT."};
}

Result<model::Polyline> lineFrom(const std::string& words, const crs::LocalFrame& frame) {
  const Error bad{ErrorCode::bad_input, "--line " + words.substr(0, 80),
                  "This is not a line: each point is easting,northing or easting,northing,height.",
                  "Write \"31000,160500 31020.5,160540\", or name a CSV file."};
  std::string text = words;
  if (words.find('\n') == std::string::npos && std::filesystem::exists(words)) {
    const auto content = readFile(words);
    if (!content) return content.error();
    text = *content;
    if (const std::size_t end = text.find('\n'); text.starts_with("easting") && end != std::string::npos)
      text.erase(0, end + 1);
  }
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == ';' || c == '\t'; }, ' ');
  model::Polyline line;
  for (const std::string_view word : split(text, ' ')) {
    if (trim(word).empty()) continue;
    const auto parts = split(trim(word), ',');
    if (parts.size() < 2 || parts.size() > 3) return bad;
    Vec3d p;
    const auto x = parseNumber(parts[0]), y = parseNumber(parts[1]), z = parts.size() == 3 ? parseNumber(parts[2]) : 0;
    if (!x || !y || !z) return bad;
    line.push_back(frame.toLocal({*x, *y, *z}));
  }
  return line.empty() ? Result<model::Polyline>(bad) : Result<model::Polyline>(std::move(line));
}

}  // namespace hashimichi::app::cli
