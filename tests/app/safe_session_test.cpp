// What a person has chosen, begun and seen outlives the program: preferences, journal, recovery, shared folders.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "app/session/session.h"
#include "app/session/session_journal.h"
#include "app/session/workflow.h"
#include "geo/core/file.h"
#include "geo/project/generations.h"
#include "geo/project/layout.h"
#include "geo/project/lock.h"
#include "tests/support/made_town.h"
#include "tests/support/shared_data.h"

namespace hashimichi::app {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class SafeSession : public testing::Test {
 protected:
  SafeSession() { setenv("HASHIMICHI_CONFIG_DIR", (temp_ / "config").c_str(), 1); }
  ~SafeSession() override { unsetenv("HASHIMICHI_CONFIG_DIR"); }

  fs::path savedTown(const std::string& name = "town", std::size_t buildings = 4) {
    project::Project project;
    project.folder = temp_ / (name + ".hashimichi"), project.name = name;
    const auto town =
        tests::madeTown({.streets = 3, .buildings = buildings, .bridges = 2, .points = 50, .terrain_side = 10});
    town->clouds.clear();
    town->imagery.clear();
    project.model = town;
    SilentProgress silent;
    EXPECT_TRUE(project::save(project, silent));
    return project.folder;
  }
  static void open(Session& session, const fs::path& folder) {
    session.apply(OpenProject{folder});
    session.finishJobs();
    session.finishJobs();
    ASSERT_TRUE(session.view().project);
  }
  static void measure(Session& session) {
    session.apply(PointCommand{SetPointTool{PointTool::distance}});
    session.apply(PointCommand{AddPick{{0, 0, 0}}});
    session.apply(PointCommand{AddPick{{3, 4, 0}}});
  }
  /// What a program did that was killed: it ends without a word.
  template <typename Act>
  static void killedWhile(Act act) {
    const pid_t pid = fork();
    if (pid == 0) {
      Session session;  // not ended: the kill comes first
      act(session);
      kill(getpid(), SIGKILL);
    }
    waitpid(pid, nullptr, 0);
  }
  static bool told(const Session& session, const std::string& words) {
    for (const Notice& notice : session.view().notices)
      if (notice.text.find(words) != std::string::npos) return true;
    return false;
  }

  tests::TempFolder temp_;
};

TEST_F(SafeSession, PreferencesComeBackAndDamagedOnesAreSetAside) {
  Preferences chosen;
  chosen.language = Language::en, chosen.theme = ThemeId::high_contrast, chosen.text_scale = 1.25;
  chosen.mouse = MousePreset::plateau, chosen.toured = true;
  chosen.recent = {"/office/橋道町.hashimichi", "/b.hashimichi"};
  chosen.layouts["/b.hashimichi"] = {{"left", 220.5F}, {"bottom", 90}};
  ASSERT_TRUE(savePreferences(chosen));
  EXPECT_EQ(preferencesPath(), temp_ / "config/preferences.json");
  EXPECT_EQ(loadPreferences(), chosen);
  ASSERT_TRUE(writeFile(preferencesPath(), "{\"theme\": \"light\", \"text_sc"));
  EXPECT_EQ(loadPreferences(), Preferences{});
  EXPECT_EQ(*readFile(temp_ / "config/preferences.json.damaged"), "{\"theme\": \"light\", \"text_sc");
  ASSERT_TRUE(
      writeFile(preferencesPath(), R"({"theme": "sepia", "text_scale": 900, "mouse": 7, "recent": [1, "/c"]})"));
  const Preferences lenient = loadPreferences();
  EXPECT_EQ(lenient.theme, ThemeId::dark);
  EXPECT_EQ(lenient.text_scale, 2.0);
  EXPECT_EQ(lenient.recent, std::vector<fs::path>{"/c"});
}

TEST_F(SafeSession, WhatIsChosenInTheWindowIsThereAtTheNextStart) {
  const fs::path folder = savedTown();
  {
    Session session;
    session.begin(true);
    session.apply(SetLanguage{Language::en});
    session.apply(SetTheme{ThemeId::light});
    session.apply(SetTextScale{1.5});
    session.keepLayout(folder, {{"left", 300}});
    open(session, folder);
  }
  Session next;
  next.begin(false);
  EXPECT_EQ(next.view().language, Language::en);
  EXPECT_EQ(next.view().theme, ThemeId::light);
  EXPECT_EQ(next.view().text_scale, 1.5);
  EXPECT_EQ(next.view().files.recent, std::vector<fs::path>{folder});
  EXPECT_EQ(next.preferences().layouts.at(folder.string()).at("left"), 300);
  EXPECT_FALSE(next.view().files.recovery_offered) << "the run before ended properly";
  {
    Session once;
    once.begin(false, Language::ja);
    EXPECT_EQ(once.view().language, Language::ja);
    once.update(10);
  }
  EXPECT_EQ(loadPreferences().language, Language::en) << "what a command line asked for is for that run";
  next.apply(FileCommand{ForgetRecent{folder}});
  EXPECT_TRUE(next.view().files.recent.empty());
}

TEST_F(SafeSession, AFolderForSettingsThatCannotBeMadeStopsNobody) {
  std::ofstream(temp_ / "config") << "a file stands where the folder should be";
  Session session;
  session.begin(false);
  session.apply(SetTheme{ThemeId::light});
  session.update(10);
  EXPECT_EQ(session.view().theme, ThemeId::light);
  EXPECT_FALSE(savePreferences({}));
}

TEST_F(SafeSession, TheSecondProgramReadsAndWritesNothing) {
  const fs::path folder = savedTown();
  int ready[2], leave[2];
  ASSERT_TRUE(pipe(ready) == 0 && pipe(leave) == 0);
  const pid_t other = fork();
  if (other == 0) {
    Session session;
    open(session, folder);
    measure(session);
    char byte = 'x';
    if (write(ready[1], &byte, 1) != 1 || read(leave[0], &byte, 1) != 1) _exit(1);
    kill(getpid(), SIGKILL);
  }
  char byte = 0;
  ASSERT_EQ(read(ready[0], &byte, 1), 1);
  const std::string kept = *readFile(folder / "measurements.json");
  {
    Session session;
    session.begin(true);
    session.apply(SetLanguage{Language::en});
    open(session, folder);
    EXPECT_TRUE(session.view().files.read_only);
    EXPECT_THAT(session.view().files.why_read_only, HasSubstr(project::thisProcess().host));
    EXPECT_EQ(session.view().points.saved.all().size(), 1u) << "what the other one measured is seen";
    measure(session);
    EXPECT_TRUE(told(session, "read-only"));
    session.apply(ImportFiles{{"anything.gml"}, {}, {}});
    EXPECT_TRUE(session.view().jobs.empty());
    session.update(10);
  }
  EXPECT_EQ(*readFile(folder / "measurements.json"), kept);
  EXPECT_FALSE(fs::exists(journalPath(folder)));
  ASSERT_EQ(write(leave[1], &byte, 1), 1);
  waitpid(other, nullptr, 0);
  Session session;
  session.apply(SetLanguage{Language::en});
  open(session, folder);
  EXPECT_FALSE(session.view().files.read_only);
  EXPECT_TRUE(told(session, "was taken over"));
}

TEST_F(SafeSession, AnUncleanEndOffersToGoOnWithCameraSelectionLayersAndWindows) {
  const fs::path folder = savedTown();
  killedWhile([&](Session& session) {
    session.begin(true);
    open(session, folder);
    session.apply(SelectAsset{model::AssetRef{model::AssetKind::building, "bldg_2"}});
    session.apply(SetLayerVisible{model::ObjectKind::railway, false});
    session.apply(SetLayerVisible{render::Layer::labels, false});
    session.apply(ShowWindow{WindowId::measure, true});
    session.apply(SetSubject{assess::Subject::ageing});
    session.cameraMoved({{10, 20, 30}, 777, 45, 60, false, 30});
    session.update(1);
  });
  Session session;
  session.begin(false);
  session.apply(SetLanguage{Language::en});
  ASSERT_TRUE(session.view().files.recovery_offered) << "at a start without a project, too";
  EXPECT_THAT(session.view().files.recovery_text, HasSubstr("town"));
  session.apply(FileCommand{RecoverProject{true}});
  session.finishJobs();
  session.finishJobs();
  ASSERT_TRUE(session.view().project);
  EXPECT_EQ(session.view().project->folder, folder);
  EXPECT_EQ(session.view().selection, (model::AssetRef{model::AssetKind::building, "bldg_2"}));
  EXPECT_EQ(session.view().hidden_layers,
            (std::set<render::LayerId>{model::ObjectKind::railway, render::Layer::labels}));
  EXPECT_TRUE(session.view().open_windows.contains(WindowId::measure));
  EXPECT_EQ(session.view().subject, assess::Subject::ageing);
  ASSERT_TRUE(session.view().flight);
  EXPECT_EQ(session.view().flight->pose.distance_m, 777);
  EXPECT_FALSE(session.view().files.recovery_offered);
  EXPECT_TRUE(leftBehind().empty());
}

TEST_F(SafeSession, TheOfferWaitsForItsProjectAndCanBePutAway) {
  const fs::path folder = savedTown(), second = savedTown("second");
  killedWhile([&](Session& session) {
    open(session, folder);
    session.update(1);
  });
  Session session;
  session.begin(true);
  open(session, second);
  EXPECT_FALSE(session.view().files.recovery_offered);
  open(session, folder);
  EXPECT_TRUE(session.view().files.recovery_offered);
  session.update(10);
  EXPECT_NE(loadJournal(journalPath(folder))->process, project::thisProcess()) << "not overwritten before the answer";
  session.apply(FileCommand{RecoverProject{false}});
  EXPECT_FALSE(session.view().files.recovery_offered);
  EXPECT_TRUE(fs::exists(folder / "caches/session.put_away.json"));
  session.update(10);
  EXPECT_EQ(loadJournal(journalPath(folder))->process, project::thisProcess());
}

TEST_F(SafeSession, AnImportThatWasRunningIsOfferedAgain) {
  const fs::path folder = savedTown();
  const fs::path roads = fs::path(HASHIMICHI_SOURCE_DIR) / "tests/fixtures/good/citygml/udx/tran/roads.gml";
  killedWhile([&](Session& session) {
    session.begin(false);
    session.apply(ImportFiles{{roads}, {}, temp_ / "new.hashimichi"});
    session.update(1);
  });
  Session session;
  session.begin(false);
  session.apply(SetLanguage{Language::en});
  ASSERT_TRUE(session.view().files.recovery_offered);
  EXPECT_THAT(session.view().files.recovery_text, HasSubstr("roads.gml"));
  session.apply(FileCommand{RecoverProject{true}});
  session.finishJobs();
  ASSERT_TRUE(session.view().pending_import) << "shown as a choice, as the first time";
  EXPECT_EQ(session.view().pending_import->paths, std::vector<fs::path>{roads});
}

TEST_F(SafeSession, AWhatIfIsNamedAsSuchAndLeavesNothingBehind) {
  const fs::path folder = savedTown();
  Session session;
  open(session, folder);
  ASSERT_TRUE(session.view().snow);
  const auto plain = session.view().snow;
  EXPECT_EQ(session.view().snow_as_it_is, plain);
  SetWhatIf more;
  more.what_if.snowfall_factor = 2, more.what_if.air_offset_c = -400;  // beyond what a slider can say: kept in bounds
  session.apply(more);
  EXPECT_EQ(session.view().what_if.air_offset_c, -30);
  EXPECT_TRUE(session.view().snow->method_en.starts_with("[What if: snowfall ×2"));
  EXPECT_FALSE(session.view().snow_as_it_is->method_en.starts_with("["));
  session.apply(SetWhatIf{});
  EXPECT_EQ(session.view().snow_as_it_is, session.view().snow);
  EXPECT_EQ(session.view().snow->method_en, plain->method_en);
  ASSERT_EQ(session.view().snow->rows.size(), plain->rows.size());
  for (std::size_t i = 0; i < plain->rows.size(); ++i)
    EXPECT_EQ(session.view().snow->rows[i].score, plain->rows[i].score);
}

TEST_F(SafeSession, AProfileThatIsNotThereIsToldAndTheFormerOneStays) {
  const fs::path folder = savedTown();
  killedWhile([&](Session& session) {
    open(session, folder);
    session.update(1);
  });
  std::string text = *readFile(journalPath(folder));
  text.replace(text.find("\"generic\""), 9, "\"vanished\"");
  ASSERT_TRUE(writeFile(journalPath(folder), text));
  Session session;
  session.begin(true);
  session.apply(SetLanguage{Language::en});
  open(session, folder);
  session.apply(FileCommand{RecoverProject{true}});
  EXPECT_TRUE(told(session, "vanished"));
  EXPECT_EQ(session.view().profile, "generic");
  EXPECT_TRUE(session.view().snow);
  session.apply(SetProfile{"nowhere"});
  EXPECT_EQ(session.view().profile, "generic");
  EXPECT_TRUE(told(session, "nowhere"));
}

TEST_F(SafeSession, ADamagedProjectShowsItsPreviousStateAndOneAnswerBringsItBack) {
  const fs::path folder = savedTown("town", 3);
  savedTown("town", 4);
  ASSERT_TRUE(writeFile(project::gpkgOf(folder), "half a letter"));
  Session session;
  session.begin(true);
  session.apply(SetLanguage{Language::en});
  open(session, folder);
  EXPECT_EQ(session.view().project->model->buildings.size(), 3u);
  EXPECT_TRUE(session.view().files.read_only);
  EXPECT_TRUE(session.view().files.recovery_offered);
  session.apply(FileCommand{RecoverProject{true}});
  session.finishJobs();
  session.finishJobs();
  EXPECT_FALSE(session.view().files.read_only);
  EXPECT_FALSE(session.view().files.recovery_offered);
  EXPECT_EQ(session.view().project->model->buildings.size(), 3u);
  EXPECT_EQ(*readFile(project::damagedOf(folder)), "half a letter");
}

TEST_F(SafeSession, APackedProjectOpensFromItsZip) {
  const fs::path folder = savedTown();
  Session session;
  session.apply(SetLanguage{Language::en});
  open(session, folder);
  measure(session);
  session.apply(FileCommand{PackProject{temp_ / "sent/packed"}});
  session.finishJobs();
  EXPECT_FALSE(fs::exists(temp_ / "sent/packed.zip"));
  EXPECT_TRUE(told(session, "cannot be written")) << "there is no such folder";
  session.apply(FileCommand{PackProject{temp_ / "packed"}});
  session.finishJobs();
  ASSERT_TRUE(fs::exists(temp_ / "packed.zip"));
  session.apply(FileCommand{UnpackProject{temp_ / "packed.zip"}});
  session.finishJobs();
  session.finishJobs();
  EXPECT_EQ(session.view().project->folder, temp_ / "town-2.hashimichi");
  EXPECT_EQ(session.view().points.saved.all().size(), 1u);
  EXPECT_FALSE(fs::exists(temp_ / "town-2.hashimichi/project.gpkg.bak"));
  EXPECT_FALSE(fs::exists(folder / "project.lock")) << "given back";
}

// --- Killed at any moment ---

/// The program that is killed: measures, imports, looks round; a second of its time passes at each step. Says what it
/// does in a log before and after: b/e a measurement, v a view and the second of it.
TEST(KilledProgram, DISABLED_Drives) {
  const char* folder = std::getenv("HASHIMICHI_KILLED_FOLDER");
  ASSERT_TRUE(folder);
  const fs::path gml = fs::path(HASHIMICHI_SOURCE_DIR) / "tests/fixtures/good/citygml/udx";
  const int log = ::open((fs::path(folder).parent_path() / "log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  const auto say = [log](const std::string& line) { ASSERT_GT(::write(log, line.data(), line.size()), 0); };
  Session session;
  session.begin(true);
  session.apply(OpenProject{folder});
  session.finishJobs();
  ASSERT_TRUE(session.view().project);
  session.apply(PointCommand{SetPointTool{PointTool::distance}});
  for (int second = 0;; ++second) {
    say("v " + std::to_string(second) + "\n");
    session.cameraMoved({{0, 0, 0}, 1000.0 + second, 0, 45, false, 30});
    session.update(1);
    if (session.view().jobs.empty())
      session.apply(ImportFiles{{gml / (second % 2 == 0 ? "bldg/house.gml" : "brid/bridges.gml")}, {}, {}});
    say("b\n");
    session.apply(PointCommand{AddPick{{0, 0, 0}}});
    session.apply(PointCommand{AddPick{{3, 4, static_cast<double>(second)}}});
    say("e\n");
    if (second == 0) say("ready\n");
    ::usleep(3000);
  }
}

class KilledRun : public SafeSession {
 protected:
  /// The log so far: measurements begun and ended, the last second.
  struct Log {
    std::size_t begun = 0, ended = 0;
    int second = -1;
    bool ready = false;
  };
  Log log() const {
    Log read;
    std::ifstream stream(temp_ / "run/log");
    for (std::string line; std::getline(stream, line);) {
      read.begun += line == "b", read.ended += line == "e";
      if (line.starts_with("v ")) read.second = std::atoi(line.c_str() + 2);
      read.ready |= line == "ready";
    }
    return read;
  }

  void runFor(double milliseconds) {
    const std::string folder = (temp_ / "run/town.hashimichi").string();
    const pid_t pid = fork();
    if (pid == 0) {
      setenv("HASHIMICHI_KILLED_FOLDER", folder.c_str(), 1);
      const int quiet = ::open("/dev/null", O_WRONLY);
      dup2(quiet, 1), dup2(quiet, 2);
      execl("/proc/self/exe", "killed", "--gtest_filter=KilledProgram.DISABLED_Drives",
            "--gtest_also_run_disabled_tests", nullptr);
      _exit(127);
    }
    for (int i = 0; i < 3000 && !log().ready; ++i) usleep(2000);
    usleep(static_cast<useconds_t>(milliseconds * 1000));
    kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
  }

  void expectNothingLost(int moment) {
    const fs::path folder = temp_ / "run/town.hashimichi";
    const Log done = log();
    ASSERT_TRUE(done.ready) << moment;
    SilentProgress silent;
    const Result<project::Project> opened = project::open(folder, silent);
    ASSERT_TRUE(opened) << moment << ": " << opened.error().text();
    EXPECT_EQ(opened->model->roads.size(), roads_);
    EXPECT_THAT(opened->model->buildings.size(), testing::AnyOf(0u, houses_)) << moment;
    EXPECT_THAT(opened->model->bridges.size(), testing::AnyOf(0u, bridges_)) << moment;
    Problems problems;
    const auto saved = measure::loadMeasurements(folder, problems);
    ASSERT_TRUE(saved) << moment;
    EXPECT_TRUE(problems.empty());
    EXPECT_GE(saved->all().size(), done.ended) << moment << ": a measurement that was made is lost";
    EXPECT_LE(saved->all().size(), done.begun) << moment;
    const std::optional<JournalState> journal = loadJournal(journalPath(folder));
    ASSERT_TRUE(journal) << moment;
    EXPECT_GE(journal->camera.distance_m - 1000, done.second - 30) << moment << ": the view is older than 30 s";
    oldest_s_ = std::max(oldest_s_, done.second - (journal->camera.distance_m - 1000));
    Session next;
    next.begin(false);
    EXPECT_TRUE(next.view().files.recovery_offered) << moment;
    next.apply(FileCommand{RecoverProject{true}});
    next.finishJobs();
    ASSERT_TRUE(next.view().project) << moment;
    EXPECT_FALSE(next.view().files.read_only) << moment;
    EXPECT_EQ(next.view().camera.distance_m, journal->camera.distance_m) << moment;
  }

  std::size_t roads_ = 0, houses_ = 0, bridges_ = 0;
  double oldest_s_ = 0;
};

TEST_F(KilledRun, AtFiftyMomentsDuringEditsAndImportsLosesNothingDecidedAndNothingOlderThanHalfAMinute) {
  const fs::path gml = fs::path(HASHIMICHI_SOURCE_DIR) / "tests/fixtures/good/citygml/udx";
  SilentProgress silent;
  const auto base = importIntoProject(temp_ / "base/town.hashimichi", {gml / "tran/roads.gml"}, {}, silent);
  ASSERT_TRUE(base) << base.error().text();
  roads_ = base->model->roads.size();
  const auto all = importIntoProject(temp_ / "all/town.hashimichi", {gml}, {}, silent);
  ASSERT_TRUE(all);
  houses_ = all->model->buildings.size(), bridges_ = all->model->bridges.size();
  ASSERT_TRUE(roads_ > 0 && houses_ > 0 && bridges_ > 0);
  std::uint64_t random = 20260115;
  std::size_t measured = 0;
  for (int moment = 0; moment < 50; ++moment) {
    fs::remove_all(temp_ / "run");
    fs::create_directory(temp_ / "run");
    fs::copy(temp_ / "base/town.hashimichi", temp_ / "run/town.hashimichi", fs::copy_options::recursive);
    random = random * 6364136223846793005u + 1442695040888963407u;
    runFor(static_cast<double>(random >> 33) / static_cast<double>(1u << 31) * 500);
    expectNothingLost(moment);
    measured += log().ended;
    if (HasFatalFailure()) return;
  }
  std::cout << "50 kills, " << measured << " measurements, the oldest view was " << oldest_s_ << " s old\n";
}

}  // namespace
}  // namespace hashimichi::app
