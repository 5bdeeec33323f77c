#include "render/layers/pin_layer.h"

#include <vtkCellArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyDataMapper2D.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <tuple>
#include <utility>

#include "render/pick.h"

namespace hashimichi::render {
namespace {

constexpr double head_px = 7, stem_px = 15;  ///< radius of the head; its middle above the point
constexpr double casing_px = 1.6, hollow_px = 3;
constexpr double apart_px = 12;  ///< of two heads' middles
constexpr std::size_t most_standing = 600;
constexpr int corners = 14;
constexpr int label_priority = 1000;  ///< what a pin says is set like a value
constexpr double label_reach_m = 450;
constexpr exporting::Rgb casing{255, 255, 255}, outline{24, 27, 31};

struct Shapes {
  vtkNew<vtkPoints> points;
  vtkNew<vtkCellArray> cells;
  vtkNew<vtkUnsignedCharArray> rgb;

  Shapes() { rgb->SetNumberOfComponents(3); }

  void corner(double x, double y, exporting::Rgb colour) {
    points->InsertNextPoint(x, y, 0);
    rgb->InsertNextTuple3(colour.r, colour.g, colour.b);
  }
  /// A drop: a round head that runs into a point at (x, y), `grow` px larger all round. The i-th of its corners.
  static std::pair<double, double> dropCorner(double x, double y, double grow, int i) {
    if (i % (corners + 1) == corners) return {x, y - grow};
    // From where the flanks leave the head, round the top, to the other flank.
    constexpr double flank = 0.18 * std::numbers::pi;
    const double turn = -flank + (std::numbers::pi + 2 * flank) * (i % (corners + 1)) / (corners - 1);
    return {x + (head_px + grow) * std::cos(turn), y + stem_px + (head_px + grow) * std::sin(turn)};
  }
  void fill(double x, double y, double grow, exporting::Rgb colour) {
    cells->InsertNextCell(corners + 1);
    for (int i = 0; i <= corners; ++i) {
      const auto [px, py] = dropCorner(x, y, grow, i);
      cells->InsertCellPoint(points->GetNumberOfPoints());
      corner(px, py, colour);
    }
  }
  /// Between two drops. Nothing of a pin lies upon another part of it: in the picture's plane all have one depth.
  void ring(double x, double y, double outer, double inner, exporting::Rgb colour) {
    for (int i = 0; i <= corners; ++i) {
      cells->InsertNextCell(4);
      for (const auto& [grow, k] : {std::pair{outer, i}, {outer, i + 1}, {inner, i + 1}, {inner, i}}) {
        const auto [px, py] = dropCorner(x, y, grow, k);
        cells->InsertCellPoint(points->GetNumberOfPoints());
        corner(px, py, colour);
      }
    }
  }
};

bool inside(const std::optional<Bounds>& box, Vec3d p) {
  return !box || (p.x >= box->low.x && p.x <= box->high.x && p.y >= box->low.y && p.y <= box->high.y &&
                  p.z >= box->low.z && p.z <= box->high.z);
}

}  // namespace

PinLayer::PinLayer(vtkRenderer& renderer)
    : shapes_(vtkSmartPointer<vtkPolyData>::New()), actor_(vtkSmartPointer<vtkActor2D>::New()) {
  vtkNew<vtkPolyDataMapper2D> mapper;
  mapper->SetInputData(shapes_);
  mapper->SetColorModeToDirectScalars();
  mapper->SetScalarModeToUsePointData();
  actor_->SetMapper(mapper);
  actor_->VisibilityOff();
  renderer.AddActor2D(actor_);
}

std::vector<PinLayer::Standing> PinLayer::standing(const CameraPose& pose, int width_px, int height_px) const {
  std::vector<std::pair<Standing, double>> seen;
  for (const Pin& pin : pins_) {
    const auto at = inside(clip_, pin.place) ? onScreen(pose, pin.place, width_px, height_px) : std::nullopt;
    if (!at || at->x_px < 0 || at->y_px < 0 || at->x_px > width_px || at->y_px > height_px) continue;
    seen.push_back({{&pin, at->x_px, at->y_px}, at->depth_m});
  }
  // Not by distance: which of two neighbours stands is not to change while the camera moves.
  std::ranges::sort(seen, [](const auto& a, const auto& b) {
    const auto order = [](const Pin& pin) { return std::make_tuple(-pin.priority, !pin.open, std::cref(pin.id)); };
    return order(*a.first.pin) < order(*b.first.pin);
  });
  std::vector<Standing> stands;
  for (const auto& [one, depth_m] : seen) {
    if (stands.size() >= most_standing) break;
    const bool free = std::ranges::none_of(stands, [&](const Standing& other) {
      return std::abs(other.x_px - one.x_px) < apart_px && std::abs(other.y_px - one.y_px) < apart_px;
    });
    if (free) stands.push_back(one);
  }
  return stands;
}

void PinLayer::place(const CameraPose& pose, int width_px, int height_px) {
  std::vector<Standing> stands;
  if (!pins_.empty()) stands = standing(pose, width_px, height_px);
  actor_->SetVisibility(!stands.empty());
  if (stands.empty()) return;
  Shapes shapes;
  for (const Standing& one : stands) {
    const double x = one.x_px, y = height_px - one.y_px;
    const exporting::Rgb colour = pinColour(one.pin->kind, one.pin->grade);
    shapes.ring(x, y, casing_px + 1, casing_px, outline);
    shapes.ring(x, y, casing_px, 0, casing);
    if (one.pin->open) {
      shapes.fill(x, y, 0, colour);
    } else {
      shapes.ring(x, y, 0, -hollow_px, colour);
      shapes.fill(x, y, -hollow_px, casing);
    }
  }
  shapes_->SetPoints(shapes.points);
  shapes_->SetPolys(shapes.cells);
  shapes_->GetPointData()->SetScalars(shapes.rgb);
  shapes_->Modified();
}

void PinLayer::moveTo(int x_px, int y_px) {
  actor_->SetPosition(x_px, y_px);
}

std::vector<Label> PinLayer::labels() const {
  std::vector<Label> labels;
  for (const Pin& pin : pins_)
    if (!pin.text.empty()) labels.push_back({pin.place, pin.text, label_priority + pin.priority, label_reach_m});
  return labels;
}

const Pin* PinLayer::at(const CameraPose& pose, double x_px, double y_px, int width_px, int height_px) const {
  const Pin* met = nullptr;
  double lowest = -1;
  if (pins_.empty()) return nullptr;
  for (const Standing& one : standing(pose, width_px, height_px)) {
    const double away = std::hypot(x_px - one.x_px, y_px - (one.y_px - stem_px));
    const bool on_stem = std::abs(x_px - one.x_px) < 3 && y_px <= one.y_px && y_px > one.y_px - stem_px;
    if ((away <= head_px + casing_px || on_stem) && one.y_px > lowest) met = one.pin, lowest = one.y_px;
  }
  return met;
}

}  // namespace hashimichi::render
