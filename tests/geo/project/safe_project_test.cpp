// A project is never lost: two writers, a full disk, damage, newer versions, moving and packing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "geo/core/file.h"
#include "geo/import/zip_archive.h"
#include "geo/project/generations.h"
#include "geo/project/layout.h"
#include "geo/project/links.h"
#include "geo/project/lock.h"
#include "geo/project/pack.h"
#include "geo/project/project.h"
#include "geo/project/salvage.h"
#include "tests/geo/project/same_city.h"
#include "tests/support/full_disk.h"
#include "tests/support/made_town.h"
#include "tests/support/shared_data.h"

namespace hashimichi::project {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;

SilentProgress silent;

Project townAt(const fs::path& folder, std::size_t buildings = 5) {
  Project project;
  project.folder = folder, project.name = "橋道町";
  project.model =
      tests::madeTown({.streets = 3, .buildings = buildings, .bridges = 2, .points = 50, .terrain_side = 10});
  return project;
}

std::set<std::string> namesIn(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(toUtf8(entry.path().filename()));
  return names;
}

/// Runs `act` in a process of its own, which holds what it took until `act` says so; its exit code.
template <typename Act>
int inAnotherProcess(Act act) {
  const pid_t pid = fork();
  if (pid == 0) _exit(act());
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// A program that holds the lock of a folder until it is told to go, or is killed.
class OtherProgram {
 public:
  explicit OtherProgram(const fs::path& folder) {
    int ready[2], leave[2];
    if (pipe(ready) != 0 || pipe(leave) != 0) return;
    pid_ = fork();
    if (pid_ == 0) {
      {
        const LockOutcome outcome = takeLock(folder);
        char byte = outcome.lock ? 'y' : 'n';
        if (write(ready[1], &byte, 1) != 1 || read(leave[0], &byte, 1) != 1) _exit(1);
      }
      _exit(0);
    }
    leave_ = leave[1];
    char byte = 0;
    held_ = read(ready[0], &byte, 1) == 1 && byte == 'y';
  }
  bool held() const { return held_; }
  pid_t pid() const { return pid_; }
  void end() {
    const char byte = 'x';
    if (write(leave_, &byte, 1) == 1) waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }
  void die() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }
  ~OtherProgram() {
    if (pid_ > 0) die();
  }

 private:
  pid_t pid_ = 0;
  int leave_ = -1;
  bool held_ = false;
};

TEST(SharedFolder, TheSecondProgramIsToldWhoWritesAndSinceWhen) {
  const tests::TempFolder folder;
  OtherProgram other(folder.path());
  ASSERT_TRUE(other.held());
  const LockOutcome outcome = takeLock(folder.path());
  ASSERT_FALSE(outcome.lock);
  ASSERT_TRUE(outcome.holder);
  EXPECT_EQ(outcome.holder->process.pid, other.pid());
  EXPECT_EQ(outcome.holder->process.host, thisProcess().host);
  EXPECT_NE(outcome.holder->since.unix_s, 0);
  const std::string sentence = outcome.refusal(folder.path()).text();
  EXPECT_THAT(sentence, HasSubstr(thisProcess().host));
  EXPECT_THAT(sentence, HasSubstr("JST"));
  other.end();
  EXPECT_THAT(namesIn(folder.path()), IsEmpty()) << "given back, nothing is left";
  EXPECT_TRUE(takeLock(folder.path()).lock);
}

TEST(SharedFolder, TheLockOfAProgramThatWasKilledIsTakenOverAndSaid) {
  const tests::TempFolder folder;
  OtherProgram other(folder.path());
  ASSERT_TRUE(other.held());
  const pid_t pid = other.pid();
  other.die();
  const LockOutcome outcome = takeLock(folder.path());
  ASSERT_TRUE(outcome.lock);
  ASSERT_TRUE(outcome.taken_over);
  EXPECT_EQ(outcome.taken_over->process.pid, pid);
}

TEST(SharedFolder, AnotherMachineKeepsItsLockForTenMinutesOfSilence) {
  const tests::TempFolder folder;
  const fs::path lock = folder / "project.lock";
  ASSERT_TRUE(writeFile(lock, R"({"host":"office-2","pid":77,"started":5,"since":"2026-01-15T04:00+09:00"})"));
  const auto silentFor = [&](int minutes) {
    fs::last_write_time(lock, fs::file_time_type::clock::now() - std::chrono::minutes(minutes));
  };
  silentFor(9);
  const LockOutcome refused = takeLock(folder.path());
  ASSERT_TRUE(refused.holder);
  EXPECT_EQ(refused.refusal(folder.path()).what,
            "The project is open for writing on office-2 since 2026-01-15 04:00 JST.");
  silentFor(11);
  const LockOutcome taken = takeLock(folder.path());
  ASSERT_TRUE(taken.lock);
  EXPECT_EQ(taken.taken_over->process.host, "office-2");
}

TEST(SharedFolder, WhoeverLostItsLockWhileItSleptSavesNothing) {
  const tests::TempFolder parent;
  Project project = townAt(parent / "town.hashimichi");
  ASSERT_TRUE(save(project, silent));
  const LockOutcome mine = takeLock(project.folder);
  ASSERT_TRUE(mine.lock);
  ASSERT_TRUE(writeFile(project.folder / "project.lock", R"({"host":"office-2","pid":77,"started":5,"since":""})"));
  const std::string before = *readFile(gpkgOf(project.folder));
  const Status status = save(project, silent);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::write_failed);
  EXPECT_THAT(status.error().what, HasSubstr("office-2"));
  EXPECT_TRUE(*readFile(gpkgOf(project.folder)) == before);
}

TEST(SharedFolder, SavingWhileAnotherProgramWritesIsRefusedAndReadingIsNot) {
  const tests::TempFolder parent;
  const Project project = townAt(parent / "town.hashimichi");
  ASSERT_TRUE(save(project, silent));
  OtherProgram other(project.folder);
  ASSERT_TRUE(other.held());
  const Status status = save(project, silent);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::write_failed);
  EXPECT_TRUE(open(project.folder, silent));
  other.end();
  EXPECT_TRUE(save(project, silent));
}

TEST(SharedFolder, OfTwentyProgramsThatComeAtOnceExactlyOneWrites) {
  const tests::TempFolder folder;
  // A stale lock makes it hard: all of them find it.
  ASSERT_TRUE(writeFile(folder / "project.lock",
                        R"({"host":")" + thisProcess().host + R"(","pid":999999999,"started":5,"since":""})"));
  int winners[2];
  ASSERT_EQ(pipe(winners), 0);
  std::vector<pid_t> programs;
  for (int i = 0; i < 20; ++i) {
    const pid_t pid = fork();
    if (pid == 0) {
      const LockOutcome outcome = takeLock(folder.path());
      const char byte = outcome.lock ? 'y' : 'n';
      if (write(winners[1], &byte, 1) != 1) _exit(1);
      pause();
      _exit(0);
    }
    programs.push_back(pid);
  }
  int count = 0;
  for (int i = 0; i < 20; ++i) {
    char byte = 0;
    ASSERT_EQ(read(winners[0], &byte, 1), 1);
    count += byte == 'y';
  }
  for (const pid_t pid : programs) {
    kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
  }
  EXPECT_EQ(count, 1);
}

TEST(SavesAtOnce, InOneProcessComeOneAfterTheOtherAndTheProjectIsOneOfThem) {
  const tests::TempFolder parent;
  std::vector<std::thread> savers;
  std::atomic<int> saved{0};
  for (std::size_t n = 1; n <= 6; ++n)
    savers.emplace_back([&, n] {
      SilentProgress quiet;
      saved += save(townAt(parent / "town.hashimichi", n), quiet).ok();
    });
  for (std::thread& saver : savers) saver.join();
  EXPECT_EQ(saved, 6);
  const Result<Project> opened = open(parent / "town.hashimichi", silent);
  ASSERT_TRUE(opened) << opened.error().text();
  EXPECT_GE(opened->model->buildings.size(), 1u);
  EXPECT_LE(opened->model->buildings.size(), 6u);
  EXPECT_EQ(namesIn(parent / "town.hashimichi"), (std::set<std::string>{"caches", "project.gpkg", "project.gpkg.bak"}));
}

TEST(ReadOnlyFolder, IsReadAndSavingSaysWhyItCannot) {
  const tests::TempFolder parent;
  const Project project = townAt(parent / "town.hashimichi");
  ASSERT_TRUE(save(project, silent));
  const fs::perms before = fs::status(project.folder).permissions();
  fs::permissions(parent.path(), static_cast<fs::perms>(0755));
  fs::permissions(project.folder, static_cast<fs::perms>(0555));
  // Who may write everywhere becomes nobody for the attempt.
  const int code = inAnotherProcess([&] {
    constexpr uid_t nobody = 65534;
    if (geteuid() == 0 && seteuid(nobody) != 0) return 9;
    const LockOutcome outcome = takeLock(project.folder);
    if (outcome.lock || !outcome.error) return 1;
    if (outcome.error->what.find("cannot be written: Permission denied") == std::string::npos) return 2;
    if (outcome.error->advice.find("copy it to a folder") == std::string::npos) return 3;
    SilentProgress quiet;
    if (const Status status = save(project, quiet); status || status.error().code != ErrorCode::write_failed) return 4;
    const Result<Project> opened = open(project.folder, quiet);
    if (!opened) std::cerr << opened.error().text() << "\n";
    return opened ? 0 : 5;
  });
  fs::permissions(project.folder, before);
  EXPECT_EQ(code, 0);
}

TEST(PreviousGeneration, IsKeptWithTheSamplesItNeeds) {
  const tests::TempFolder parent;
  Project project = townAt(parent / "town.hashimichi");
  ASSERT_TRUE(save(project, silent));
  const model::CityModelPtr first = project.model;
  auto changed = std::make_shared<model::CityModel>(*first);
  changed->clouds[0].sample.xyz[0] += 1;
  changed->buildings.pop_back();
  project.model = changed;
  ASSERT_TRUE(save(project, silent));
  ASSERT_TRUE(writeFile(gpkgOf(project.folder), "half a letter"));
  ASSERT_TRUE(restorePrevious(project.folder));
  const Result<Project> opened = open(project.folder, silent);
  ASSERT_TRUE(opened) << opened.error().text();
  EXPECT_THAT(tests::differences(*first, *opened->model), IsEmpty());
  EXPECT_EQ(*readFile(damagedOf(project.folder)), "half a letter") << "set aside, not thrown away";
}

TEST(PreviousGeneration, IsNotReplacedByADamagedOne) {
  const tests::TempFolder parent;
  Project project = townAt(parent / "town.hashimichi", 3);
  ASSERT_TRUE(save(project, silent));
  project.model = townAt(project.folder, 4).model;
  ASSERT_TRUE(save(project, silent));  // the previous one has three buildings now
  ASSERT_TRUE(writeFile(gpkgOf(project.folder), "half a letter"));
  project.model = townAt(project.folder, 5).model;
  ASSERT_TRUE(save(project, silent));
  EXPECT_EQ(*readFile(damagedOf(project.folder)), "half a letter");
  EXPECT_EQ(open(project.folder, silent)->model->buildings.size(), 5u);
  ASSERT_TRUE(restorePrevious(project.folder));
  EXPECT_EQ(open(project.folder, silent)->model->buildings.size(), 3u);
}

TEST(DamagedProject, NamesThePlaceOfThePreviousStateAndShowsItForReading) {
  const tests::TempFolder parent;
  Project project = townAt(parent / "town.hashimichi", 3);
  ASSERT_TRUE(save(project, silent));
  project.model = townAt(project.folder, 4).model;
  ASSERT_TRUE(save(project, silent));
  const std::string whole = *readFile(gpkgOf(project.folder));
  for (const std::string& damage : {std::string("a letter, not a database"), whole.substr(0, whole.size() / 2),
                                    std::string(), std::string(whole.size(), '\xff')}) {
    ASSERT_TRUE(writeFile(gpkgOf(project.folder), damage));
    const Result<Project> refused = open(project.folder, silent);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::unreadable);
    EXPECT_THAT(refused.error().advice, HasSubstr(toUtf8(backupOf(project.folder))));
    const Result<Project> shown = openAsFarAsPossible(project.folder, silent);
    ASSERT_TRUE(shown) << shown.error().text();
    EXPECT_EQ(salvageOf(*shown), Salvage::previous);
    EXPECT_EQ(shown->model->buildings.size(), 3u);
    EXPECT_EQ(save(*shown, silent).error().code, ErrorCode::write_failed) << "what is shown is not saved over it";
  }
}

TEST(DamagedProject, WithoutAPreviousStateShowsTheTablesThatAreWhole) {
  const tests::TempFolder parent;
  const Project project = townAt(parent / "town.hashimichi");
  ASSERT_TRUE(save(project, silent));
  const std::string sql =
      "ogrinfo -q " + toUtf8(gpkgOf(project.folder)) + " -sql \"DROP TABLE buildings\" > /dev/null 2>&1";
  if (std::system(sql.c_str()) != 0) GTEST_SKIP() << "needs ogrinfo (gdal-bin)";
  ASSERT_FALSE(open(project.folder, silent));
  const Result<Project> shown = openAsFarAsPossible(project.folder, silent);
  ASSERT_TRUE(shown) << shown.error().text();
  EXPECT_EQ(salvageOf(*shown), Salvage::parts);
  EXPECT_TRUE(shown->model->buildings.empty());
  EXPECT_EQ(shown->model->roads.size(), project.model->roads.size());
  EXPECT_EQ(shown->model->bridges.size(), project.model->bridges.size());
  EXPECT_GE(shown->report.count(ProblemKind::skipped, part_damaged_code), 1u);
  EXPECT_FALSE(save(*shown, silent));
}

TEST(NewerProject, IsShownForReadingAndNeverOverwritten) {
  const tests::TempFolder parent;
  const Project project = townAt(parent / "town.hashimichi");
  ASSERT_TRUE(save(project, silent));
  const std::string sql = "ogrinfo -q " + toUtf8(gpkgOf(project.folder)) +
                          " -sql \"UPDATE metadata SET value='7' WHERE key='schema_version'\" > /dev/null 2>&1";
  if (std::system(sql.c_str()) != 0) GTEST_SKIP() << "needs ogrinfo (gdal-bin)";
  const Result<Project> shown = openAsFarAsPossible(project.folder, silent);
  ASSERT_TRUE(shown) << shown.error().text();
  EXPECT_EQ(salvageOf(*shown), Salvage::newer);
  EXPECT_EQ(shown->model->buildings.size(), project.model->buildings.size());
  EXPECT_FALSE(save(*shown, silent));
  // Not even by a project that was opened before the other office updated its program.
  const std::string before = *readFile(gpkgOf(project.folder));
  const Status status = save(project, silent);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::unsupported);
  EXPECT_THAT(status.error().what, HasSubstr("layout 7"));
  EXPECT_TRUE(*readFile(gpkgOf(project.folder)) == before);
}

TEST(KilledSave, LeavesFilesThatTheNextSaveClearsAway) {
  const tests::TempFolder parent;
  const Project project = townAt(parent / "town.hashimichi");
  ASSERT_TRUE(save(project, silent));
  for (const char* name : {".project.99999.gpkg", ".project.99999.gpkg-journal", ".measurements.99999.json",
                           ".project.lock.99999", "caches/.points_0123.99999.bin", "caches/.session.99999.json"})
    std::ofstream(project.folder / name) << "half";
  std::ofstream(project.folder / ".mine") << "a person's own";
  ASSERT_TRUE(save(project, silent));
  EXPECT_EQ(namesIn(project.folder), (std::set<std::string>{".mine", "caches", "project.gpkg", "project.gpkg.bak"}));
  EXPECT_EQ(namesIn(project.folder / "caches").size(), 1u);
}

TEST(Links, SourcesMoveWithTheProjectWhenTheyLieBesideOrInsideIt) {
  const tests::TempFolder parent;
  fs::create_directories(parent / "before/データ");
  Project project = townAt(parent / "before/town.hashimichi");
  std::ofstream(parent / "before/データ/道路.shp") << "roads";
  std::ofstream(parent / "elsewhere.csv") << "far";
  project.sources = {{toUtf8(parent / "before/データ/道路.shp"), "Shapefile", "", {}, {}, 0, ""},
                     {toUtf8(parent / "elsewhere.csv"), "CSV", "", {}, {}, 0, ""},
                     {"named/from/somewhere.gml", "CityGML", "", {}, {}, 0, ""}};
  ASSERT_TRUE(save(project, silent));
  fs::rename(parent / "before", parent / "after");
  const Result<Project> opened = open(parent / "after/town.hashimichi", silent);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->sources[0].path, toUtf8(parent / "after/データ/道路.shp"));
  EXPECT_EQ(opened->sources[1].path, toUtf8(parent / "elsewhere.csv"));
  EXPECT_EQ(opened->sources[2].path, "named/from/somewhere.gml");
}

Project linkedTown(const fs::path& parent) {
  Project project = townAt(parent / "office/town.hashimichi");
  fs::create_directories(parent / "data/a"), fs::create_directories(parent / "data/b");
  for (const char* name : {"data/a/ortho.jpg", "data/a/ortho.jgw", "data/a/wall.jpg", "data/b/wall.jpg",
                           "data/roads.shp", "data/roads.dbf", "data/unrelated.txt"})
    std::ofstream(parent / name) << "content of " << name;
  auto city = std::make_shared<model::CityModel>(*project.model);
  city->clouds.clear();
  city->imagery = {{toUtf8(parent / "data/a/ortho.jpg"), "ortho", {}}};
  city->materials.resize(2);
  city->materials[0].texture_path = toUtf8(parent / "data/a/wall.jpg");
  city->materials[1].texture_path = toUtf8(parent / "data/b/wall.jpg");
  project.model = city;
  project.sources = {{toUtf8(parent / "data/roads.shp"), "Shapefile", "", {}, {}, 0, ""}};
  return project;
}

TEST(Links, ThatAreGoneAreNamedAndOneAnswerFindsAllOfAFolder) {
  const tests::TempFolder parent;
  const Project project = linkedTown(parent.path());
  ASSERT_TRUE(save(project, silent));
  EXPECT_THAT(missingLinks(*open(project.folder, silent)), IsEmpty());
  fs::rename(parent / "data", parent / "archive");
  const Result<Project> opened = open(project.folder, silent);
  ASSERT_TRUE(opened);
  const std::vector<fs::path> missing = missingLinks(*opened);
  EXPECT_EQ(missing.size(), 4u);
  const fs::path one = parent / "data/a/ortho.jpg";
  // The folder: all four, and each wall.jpg from its own subfolder.
  auto places = repairedBy(missing, one, parent / "archive");
  EXPECT_EQ(places.size(), 4u);
  EXPECT_EQ(places[parent / "data/b/wall.jpg"], parent / "archive/b/wall.jpg");
  // The file itself: what lies in its folder, too.
  places = repairedBy(missing, one, parent / "archive/a/ortho.jpg");
  EXPECT_EQ(places.size(), 3u);
  EXPECT_EQ(places[one], parent / "archive/a/ortho.jpg");
  EXPECT_THAT(repairedBy(missing, one, parent / "nowhere"), IsEmpty());
  Project mended = relinked(*opened, repairedBy(missing, one, parent / "archive"));
  ASSERT_TRUE(save(mended, silent));
  EXPECT_THAT(missingLinks(*open(project.folder, silent)), IsEmpty());
}

TEST(PackedProject, OpensElsewhereWithAllItsFilesWhenEverythingElseIsGone) {
  const tests::TempFolder parent;
  Project project = linkedTown(parent.path());
  std::ofstream(parent / "data/survey.laz") << "points";
  auto city = std::make_shared<model::CityModel>(*project.model);
  city->clouds = townAt(project.folder).model->clouds;
  city->clouds[0].path = toUtf8(parent / "data/survey.laz");
  city->clouds[0].octree = toUtf8(project.folder / "clouds/survey");
  project.model = city;
  ASSERT_TRUE(save(project, silent));
  fs::create_directories(project.folder / "clouds/survey");
  std::ofstream(project.folder / "clouds/survey/octree.bin") << "tree";
  std::ofstream(project.folder / "notebook.json") << "{\"notes\":[]}";
  const std::string before = *readFile(gpkgOf(project.folder));
  const Result<PackReport> report = pack(project.folder, parent / "橋道町.zip", silent);
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_THAT(report->missing, IsEmpty());
  EXPECT_TRUE(*readFile(gpkgOf(project.folder)) == before) << "packing only looks";
  EXPECT_EQ(namesIn(parent.path()), (std::set<std::string>{"data", "office", "橋道町.zip"})) << "nothing temporary";
  fs::remove_all(parent / "data"), fs::remove_all(parent / "office");

  const Result<fs::path> there = unpack(parent / "橋道町.zip", parent / "other office", silent);
  ASSERT_TRUE(there) << there.error().text();
  EXPECT_EQ(*there, parent / "other office/town.hashimichi");
  const Result<Project> opened = open(*there, silent);
  ASSERT_TRUE(opened) << opened.error().text();
  EXPECT_THAT(missingLinks(*opened), IsEmpty());
  EXPECT_EQ(*readFile(opened->model->imagery[0].path), "content of data/a/ortho.jpg");
  EXPECT_EQ(*readFile(opened->model->materials[1].texture_path), "content of data/b/wall.jpg");
  EXPECT_TRUE(fs::exists(fs::path(opened->model->imagery[0].path).replace_extension(".jgw"))) << "its world file";
  EXPECT_EQ(*readFile(opened->sources[0].path), "content of data/roads.shp");
  EXPECT_EQ(*readFile(opened->model->clouds[0].octree + "/octree.bin"), "tree");
  EXPECT_EQ(*readFile(*there / "notebook.json"), "{\"notes\":[]}");
  EXPECT_EQ(opened->model->clouds[0].sample.size(), 50u);
  // Packed and unpacked again: the same, under a second name.
  ASSERT_TRUE(pack(*there, parent / "again.zip", silent));
  const Result<fs::path> second = unpack(parent / "again.zip", parent / "other office", silent);
  ASSERT_TRUE(second);
  EXPECT_EQ(*second, parent / "other office/town-2.hashimichi");
  EXPECT_THAT(missingLinks(*open(*second, silent)), IsEmpty());
}

TEST(PackedProject, WhoseFilesAreGoneIsPackedWithoutThemAndNamesThem) {
  const tests::TempFolder parent;
  const Project project = linkedTown(parent.path());
  ASSERT_TRUE(save(project, silent));
  fs::remove(parent / "data/roads.shp");
  const Result<PackReport> report = pack(project.folder, parent / "town.zip", silent);
  ASSERT_TRUE(report);
  EXPECT_THAT(report->missing, testing::ElementsAre(toUtf8(parent / "data/roads.shp")));
}

TEST(PackedProject, OnAFullDiskIsRefusedAndLeavesNothing) {
  const tests::TempFolder parent;
  const Project project = linkedTown(parent.path());
  ASSERT_TRUE(save(project, silent));
  ASSERT_TRUE(pack(project.folder, parent / "whole.zip", silent));
  for (const rlim_t bytes : {1'000u, 20'000u, 100'000u}) {
    {
      const tests::FullDisk full(bytes);
      const Result<PackReport> report = pack(project.folder, parent / "town.zip", silent);
      ASSERT_FALSE(report) << bytes;
      EXPECT_EQ(report.error().code, ErrorCode::write_failed) << report.error().text();
      const Result<fs::path> out = unpack(parent / "whole.zip", parent / "out", silent);
      ASSERT_FALSE(out) << bytes;
      EXPECT_EQ(out.error().code, ErrorCode::write_failed) << out.error().text();
    }
    EXPECT_EQ(namesIn(parent.path()), (std::set<std::string>{"data", "office", "out", "whole.zip"}));
    EXPECT_THAT(namesIn(parent / "out"), IsEmpty());
  }
}

TEST(SharedFolder, AFullDiskIsNoReasonNotToRead) {
  const tests::TempFolder parent;
  const Project project = townAt(parent / "town.hashimichi");
  ASSERT_TRUE(save(project, silent));
  const tests::FullDisk full(0);
  const LockOutcome outcome = takeLock(project.folder);
  ASSERT_TRUE(outcome.error);
  EXPECT_THAT(outcome.error->advice, HasSubstr("Make room"));
  EXPECT_TRUE(open(project.folder, silent));
}

TEST(PackedProject, ThatLeadsOutOfItsFolderIsRefusedWhole) {
  if (std::system("command -v python3 > /dev/null") != 0) GTEST_SKIP() << "needs python3";
  const tests::TempFolder parent;
  const std::string zip = toUtf8(parent / "bad.zip");
  const auto make = [&](const std::string& entry) {
    return std::system(("python3 -c \"import zipfile; z = zipfile.ZipFile('" + zip +
                        "', 'w'); z.writestr('t.hashimichi/project.gpkg', 'x'); z.writestr('" + entry + "', 'x')\"")
                           .c_str()) == 0;
  };
  for (const char* entry : {"../evil", "t.hashimichi/../../evil", "/tmp/evil"}) {
    ASSERT_TRUE(make(entry));
    const Result<fs::path> out = unpack(zip, parent / "out", silent);
    ASSERT_FALSE(out) << entry;
    EXPECT_THAT(out.error().what, HasSubstr("leads out of its folder"));
    EXPECT_FALSE(fs::exists(parent / "out"));
    EXPECT_FALSE(fs::exists(parent / "evil"));
  }
  ASSERT_TRUE(make("second/project.gpkg"));
  EXPECT_THAT(unpack(zip, parent / "out", silent).error().what, HasSubstr("more than one"));
  // A cut download: no archive at any length, and nothing is left behind.
  const std::string whole = *readFile(zip);
  for (std::size_t tenth = 0; tenth < 10; ++tenth) {
    ASSERT_TRUE(writeFile(zip, whole.substr(0, whole.size() * tenth / 10)));
    EXPECT_FALSE(unpack(zip, parent / "out", silent)) << tenth;
  }
  EXPECT_EQ(namesIn(parent.path()), std::set<std::string>{"bad.zip"});
}

}  // namespace
}  // namespace hashimichi::project
