#include "render/layers/label_layer.h"

#include <fmt/core.h>
#include <vtkStdString.h>
#include <vtkTextRenderer.h>

#include <algorithm>
#include <array>
#include <utility>

#include "geo/core/file.h"
#include "geo/core/font_file.h"
#include "render/pick.h"

namespace hashimichi::render {
namespace {

constexpr int name_px = 13, value_px = 15;
constexpr int dots_per_inch = 72;  // one point is one pixel
constexpr double pin_px = 22;      // a note stands above its pin
constexpr double gap_px = 6;       // to the place
/// Between two texts: for one that comes, for one that stands already, and where many are wanted.
constexpr double clear_px = 16, standing_clear_px = 6, dense_clear_px = 4;
constexpr int value_from = 1000;  ///< labels of at least this priority are values
/// Texts that are not in the picture are kept so long: making one costs more than a hundred times drawing it.
constexpr std::size_t most_kept = 400;
/// More than these cannot be placed anyway; measuring a text costs FreeType work.
constexpr std::size_t most_tried = 400;

bool holds(const Bounds& box, Vec3d p) {
  return p.x >= box.low.x && p.x <= box.high.x && p.y >= box.low.y && p.y <= box.high.y && p.z >= box.low.z &&
         p.z <= box.high.z;
}

vtkSmartPointer<vtkTextProperty> style(int size_px, double background_opacity) {
  const auto text = vtkSmartPointer<vtkTextProperty>::New();
  if (const auto font = japaneseFontFile()) {
    text->SetFontFamily(VTK_FONT_FILE);
    text->SetFontFile(toUtf8(*font).c_str());
  }
  text->SetFontSize(size_px);
  text->SetColor(0.96, 0.97, 0.98);
  text->SetBackgroundColor(24 / 255.0, 27 / 255.0, 31 / 255.0);
  text->SetBackgroundOpacity(background_opacity);
  text->SetJustificationToCentered();
  text->SetVerticalJustificationToBottom();
  return text;
}

}  // namespace

LabelLayer::LabelLayer(vtkRenderer& renderer)
    : renderer_(renderer), name_style_(style(name_px, 0.55)), value_style_(style(value_px, 0.85)) {}

void LabelLayer::setVisible(bool names, bool values) {
  show_names_ = names, show_values_ = values;
}

std::vector<LabelLayer::Candidate> LabelLayer::candidates(const CameraPose& pose, int width_px, int height_px) const {
  std::vector<Candidate> found;
  const auto collect = [&](const std::vector<Label>& labels, double rise_px) {
    for (const Label& label : labels) {
      if (clip_ && !holds(*clip_, label.anchor)) continue;
      const auto at = onScreen(pose, label.anchor, width_px, height_px);
      if (!at || at->x_px < 0 || at->y_px < 0 || at->x_px > width_px || at->y_px > height_px) continue;
      const double away_m = pose.orthographic ? pose.distance_m : at->depth_m;
      const auto known = drawn_.find(keyOf(label));
      const bool stood = known != drawn_.end() && known->second.stood;
      // A name at the edge of its reach would come and go with every breath of the camera.
      if (away_m <= label.reach_m * (stood ? 1.08 : 1))
        found.push_back({&label, at->x_px, at->y_px - rise_px, away_m, stood});
    }
  };
  collect(notes_, pin_px);
  if (show_values_) collect(values_, 0);
  if (show_names_) collect(names_, 0);
  const auto before = [](const Candidate& a, const Candidate& b) {
    if (a.label->priority != b.label->priority) return a.label->priority > b.label->priority;
    if (a.stood != b.stood) return a.stood;
    if (a.depth_m != b.depth_m) return a.depth_m < b.depth_m;
    return a.label->text < b.label->text;
  };
  const std::size_t tried = std::min(found.size(), most_tried);
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(tried), found.end(), before);
  found.resize(tried);
  return found;
}

/// A name stands once in a picture; values that read the same stand at each of their places.
std::string LabelLayer::keyOf(const Label& label) {
  if (label.priority < value_from) return "n" + label.text;
  return fmt::format("v{:.1f},{:.1f} {}", label.anchor.x, label.anchor.y, label.text);
}

LabelLayer::Drawn& LabelLayer::drawn(const Label& label) {
  const bool value = label.priority >= value_from;
  Drawn& text = drawn_[keyOf(label)];
  if (text.actor) return text;
  vtkTextProperty* wanted = value ? value_style_ : name_style_;
  text.actor = vtkSmartPointer<vtkTextActor>::New();
  text.actor->SetTextProperty(wanted);
  const std::string padded = " " + label.text + " ";
  text.actor->SetInput(padded.c_str());
  text.actor->GetPositionCoordinate()->SetCoordinateSystemToDisplay();
  text.actor->VisibilityOff();
  std::array<int, 4> box{};
  if (vtkTextRenderer::GetInstance()->GetBoundingBox(wanted, vtkStdString(padded), box.data(), dots_per_inch)) {
    text.width_px = box[1] - box[0] + 1;
    text.height_px = box[3] - box[2] + 1;
  }
  renderer_.AddActor2D(text.actor);
  return text;
}

void LabelLayer::begin() {
  taken_.clear();
  if (drawn_.size() > most_kept)
    std::erase_if(drawn_, [&](const auto& entry) {
      if (!entry.second.used) renderer_.RemoveActor2D(entry.second.actor);
      return !entry.second.used;
    });
  for (auto& [key, text] : drawn_) text.stood = std::exchange(text.used, false);
}

bool LabelLayer::fits(const Candidate& candidate, const Drawn& text, int width_px, int height_px) {
  if (text.used || text.width_px == 0) return false;  // the same name stands elsewhere already
  const double bottom = height_px - candidate.y_px + gap_px;
  const Taken box{candidate.x_px - text.width_px / 2.0, bottom, candidate.x_px + text.width_px / 2.0,
                  bottom + text.height_px};
  if (box.left < 0 || box.right > width_px || box.top > height_px) return false;
  const double clear = text.stood ? std::min(standing_clear_px, dense_ ? dense_clear_px / 2 : standing_clear_px)
                                  : (dense_ ? dense_clear_px : clear_px);
  for (const Taken& other : taken_)
    if (box.left < other.right + clear && other.left < box.right + clear && box.bottom < other.top + gap_px &&
        other.bottom < box.top + gap_px)
      return false;
  taken_.push_back(box);
  // Whole pixels: between them the letters would be blurred.
  text.actor->SetPosition(static_cast<int>(candidate.x_px), static_cast<int>(bottom));
  return true;
}

void LabelLayer::moveBy(int x_px, int y_px) {
  for (auto& [key, text] : drawn_) {
    if (!text.used) continue;
    const double* at = text.actor->GetPosition();
    text.actor->SetPosition(at[0] + x_px, at[1] + y_px);
  }
}

void LabelLayer::end() {
  for (auto& [key, text] : drawn_) text.actor->SetVisibility(text.used);
}

}  // namespace hashimichi::render
