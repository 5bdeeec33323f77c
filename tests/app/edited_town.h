#pragma once
#include <gtest/gtest.h>

#include <string>

#include "app/session/session.h"
#include "geo/core/file.h"
#include "geo/measure/saved.h"
#include "geo/project/notebook.h"
#include "tests/support/made_town.h"
#include "tests/support/shared_data.h"

namespace hashimichi::app {

/// A small town on disk with a note and a viewpoint in it, opened in a session.
class EditedTown : public testing::Test {
 protected:
  void SetUp() override {
    project::Project project;
    project.folder = folder_ / "town.hashimichi";
    project.name = "雪国市";
    project.model = tests::madeTown({.streets = 4, .buildings = 10, .bridges = 4, .points = 0, .terrain_side = 40});
    SilentProgress silent;
    ASSERT_TRUE(project::save(project, silent));
    project::Notebook book;
    book.viewpoints.push_back({"v1", "川から", {0, 0, 40}, 500, 90, 30, false, 30, std::nullopt});
    book.notes.push_back({"n1", "はじめのメモ", {1, 2, 3}, std::nullopt, {1'700'000'000}, false});
    ASSERT_TRUE(project::saveNotebook(project.folder, book));
    measure::SavedMeasurements measured;
    measure::SavedMeasurement one;
    one.name = "径間", one.points = {{0, 0, 0}, {3, 4, 0}}, one.result_json = "{}", one.at = {1'700'000'000};
    measured.add(one);
    ASSERT_TRUE(measure::saveMeasurements(project.folder, measured));
    project_ = project.folder;
  }

  void open(Session& session) {
    session.apply(SetLanguage{Language::en});
    session.apply(OpenProject{project_});
    session.finishJobs();
    ASSERT_TRUE(session.view().project);
  }
  static void say(Session& session, EditCommand command) { session.apply(std::move(command)); }

  /// A file with one more road in the middle of the town, 90 m long.
  std::filesystem::path roadFile(const std::string& name, double shift_deg = 0) {
    const std::filesystem::path path = folder_ / (name + ".geojson");
    const std::string text =
        R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"road_id":")" + name +
        R"(","highway":"residential"},"geometry":{"type":"LineString","coordinates":[[138.850,)" +
        std::to_string(37.446 + shift_deg) + "],[138.851," + std::to_string(37.446 + shift_deg) + "]]}}]}";
    EXPECT_TRUE(writeFile(path, text));
    return path;
  }
  void importRoad(Session& session, const std::string& name, double shift_deg = 0) {
    session.apply(ImportFiles{{roadFile(name, shift_deg)}, {}, {}});
  }
  static std::size_t things(const model::CityModel& model) { return model.roads.size() + model.objects.size(); }

  std::string notebookBytes() const { return *readFile(project::notebookPath(project_)); }
  std::string measurementBytes() const { return *readFile(measure::savedPath(project_)); }
  project::Project onDisk() const {
    SilentProgress silent;
    Result<project::Project> project = project::open(project_, silent);
    EXPECT_TRUE(project);
    return project ? std::move(*project) : project::Project{};
  }

  tests::TempFolder folder_;
  std::filesystem::path project_;
};

}  // namespace hashimichi::app
