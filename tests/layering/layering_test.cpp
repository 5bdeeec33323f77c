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

TEST(Layering, PublicHeadersOfRenderNameNoVtk) {
  for (const auto& entry : fs::directory_iterator(fs::path(HASHIMICHI_SOURCE_DIR) / "render")) {
    if (entry.path().extension() != ".h") continue;
    std::ifstream stream(entry.path());
    const std::string text((std::istreambuf_iterator<char>(stream)), {});
    EXPECT_EQ(text.find("#include <vtk"), std::string::npos) << entry.path();
  }
}

TEST(Layering, ThirdPartyTypesStayOutOfGeosHeaders) {
  for (const Include& include : includesBelow("geo")) {
    if (fs::path(include.file).extension() != ".h") continue;
    EXPECT_FALSE(
        std::regex_search(include.target, std::regex("^(gdal|ogr|cpl_|proj|expat|laszip|sqlite3|cairo|pango)")))
        << include.file << " includes " << include.target;
  }
}

}  // namespace
