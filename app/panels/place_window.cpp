#include "app/panels/place_window.h"

#include <imgui.h>

#include <optional>

#include "app/desktop/icons.h"
#include "app/desktop/theme.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"
#include "app/widgets/tool_window.h"

namespace hashimichi::app {
namespace {

constexpr double look_from_m = 250, look_down_deg = 45;

void buttons(const ViewModel& view, CommandQueue& out, Vec3d place) {
  if (ImGui::SmallButton((std::string(icon::fit) + " " + say(view, "place.fly")).c_str())) {
    FlyTo there{Viewpoint::pose, view.camera};
    there.pose.target = place;
    there.pose.distance_m = look_from_m, there.pose.elevation_deg = look_down_deg;
    out.push(there);
  }
  ImGui::SameLine();
  if (ImGui::SmallButton(say(view, "place.copy"))) ImGui::SetClipboardText(placeAsText(view.find.place_facts).c_str());
  ImGui::SameLine();
  if (ImGui::SmallButton((std::string(icon::close) + " " + say(view, "place.clear")).c_str()))
    out.push(FindCommand{AskPlace{}});
}

void facts(const ViewModel& view, CommandQueue& out) {
  const Palette& colours = paletteOf(view.theme);
  const std::vector<PlaceFact>& all = view.find.place_facts;
  for (std::size_t i = 0; i < all.size();) {
    const std::string& under = all[i].heading;
    heading(under.c_str(), colours);
    Facts table(under.c_str(), colours);
    for (; i < all.size() && all[i].heading == under; ++i) {
      const PlaceFact& fact = all[i];
      if (!fact.asset) {
        table.text(fact.name.c_str(), fact.value);
      } else if (table.link(fact.name.c_str(), fact.value, i)) {
        out.push(SelectAsset{fact.asset});
        out.push(FlyTo{Viewpoint::selection, {}});
      }
    }
  }
}

}  // namespace

std::string placeAsText(const std::vector<PlaceFact>& facts) {
  std::string text;
  for (const PlaceFact& fact : facts) text += fact.heading + "\t" + fact.name + "\t" + fact.value + "\n";
  return text;
}

void PlaceWindow::draw(const ViewModel& view, CommandQueue& out, float scale) {
  toolWindow(view, out, WindowId::place, "place.title", {460, 560}, {0.72F, 0.25F}, scale, [&] {
    if (!view.find.asked_place) return quiet(say(view, "place.nothing"), paletteOf(view.theme));
    buttons(view, out, *view.find.asked_place);
    if (view.find.place_facts.empty()) return quiet(say(view, "search.preparing"), paletteOf(view.theme));
    ImGui::BeginChild("facts");
    facts(view, out);
    ImGui::EndChild();
  });
}

}  // namespace hashimichi::app
