// The arrows of the house: app → render → geo, and nothing points back.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;

struct Include {
  std::string file, target;
};

/// Every include of the .h and .cpp files below a folder of the repository.
std::vector<Include> includesBelow(const std::string& folder) {
  static const std::regex pattern(R"(^\s*#\s*include\s*["<]([^">]+)[">])");
  std::vector<Include> includes;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(HASHIMICHI_SOURCE_DIR) / folder)) {
    const fs::path& path = entry.path();
    if (path.extension() != ".h" && path.extension() != ".cpp") continue;
    std::ifstream stream(path);
    for (std::string line; std::getline(stream, line);) {
      std::smatch match;
      if (std::regex_search(line, match, pattern)) includes.push_back({path.string(), match[1]});
    }
  }
  return includes;
}

void expectNone(const std::string& folder, const std::string& forbidden, const std::string& reason) {
  const std::regex pattern(forbidden);
  const std::vector<Include> includes = includesBelow(folder);
  ASSERT_FALSE(includes.empty()) << folder << " has no sources: is the test looking at the right place?";
  for (const Include& include : includes)
    EXPECT_FALSE(std::regex_search(include.target, pattern))
        << include.file << " includes " << include.target << ": " << reason;
}

TEST(Layering, GeoKnowsNeitherPictureNorWindow) {
  expectNone("geo", "^(render|app|datasets)/|^vtk|^imgui|^GLFW|^GL/", "geo computes without a picture");
}

TEST(Layering, InsideGeoTheModelKnowsNeitherFilesNorDecisions) {
  expectNone("geo/core", "^geo/(?!core/)", "core is what every room uses");
  for (const std::string room : {"geo/crs", "geo/assets", "geo/sensors", "geo/model"})
    expectNone(room, "^geo/(import|assess|export|project)/", "the town does not know who fills it or who judges it");
  expectNone("geo/assess", "^geo/(import|export|project)/", "assessing is pure");
}

TEST(Layering, RenderKnowsNoWindow) {
  expectNone("render", "^app/|^datasets/|^imgui|^GLFW", "render shows, app decides");
}

TEST(Layering, VtkStaysInRender) {
  expectNone("app", "^vtk", "VTK lives in render alone");
  expectNone("datasets", "^vtk|^render/|^app/", "the generator needs no picture");
}

TEST(Layering, ImGuiStaysInTheWindow) {
  for (const std::string folder : {"app/session", "app/cli", "app/jobs", "app/i18n"})
    expectNone(folder, "^imgui|^GLFW", "only desktop, panels and widgets draw");
}

/// Headers below a folder that include something foreign may be adapters' own headers; then nobody else includes them.
/// `home` is how much of the house counts as their own: the folder itself, or the header's room.
enum class Home { layer, room };
void expectForeignTypesStayAtHome(const std::string& folder, const std::string& foreign, Home home) {
  const std::regex pattern(foreign);
  std::set<std::string> foreign_headers;
  for (const Include& include : includesBelow(folder))
    if (fs::path(include.file).extension() == ".h" && std::regex_search(include.target, pattern))
      foreign_headers.insert(fs::relative(include.file, HASHIMICHI_SOURCE_DIR).string());
  for (const std::string top : {"geo", "render", "app", "datasets"})
    for (const Include& include : includesBelow(top)) {
      if (!foreign_headers.contains(include.target)) continue;
      const std::string own = home == Home::layer ? folder : fs::path(include.target).parent_path().string();
      const std::string user = fs::relative(include.file, HASHIMICHI_SOURCE_DIR).string();
      EXPECT_TRUE(user.starts_with(own + "/"))
          << user << " includes " << include.target << ", which shows foreign types";
    }
}

TEST(Layering, VtkTypesReachNobodyOutsideRender) {
  expectForeignTypesStayAtHome("render", "^vtk", Home::layer);
}

TEST(Layering, ThirdPartyTypesStayWithTheirAdapters) {
  expectForeignTypesStayAtHome("geo", "^(gdal|ogr|cpl_|proj|expat|laszip|sqlite3|cairo|pango)", Home::room);
}

}  // namespace
