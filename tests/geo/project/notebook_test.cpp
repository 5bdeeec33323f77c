// What people write into a project: it comes back as it was, and damage costs only what is damaged.
#include "geo/project/notebook.h"

#include <gtest/gtest.h>

#include "geo/core/file.h"
#include "tests/support/shared_data.h"

namespace hashimichi::project {
namespace {

Notebook written() {
  Notebook book;
  book.viewpoints.push_back(
      {"v1", "髙﨑槗から", {1.25, -2.5, 40}, 320.5, 271.25, 12, true, 45, parseInstant("2026-01-15T04:00+09:00")});
  book.viewpoints.push_back({"v2", "", {0.1, 0.2, 0.3}, 1500, 0, 40, false, 30, std::nullopt});
  book.notes.push_back({"n1",
                        "段差\n\"要確認\"",
                        {10.0 / 3, 1e-9, 44},
                        model::AssetRef{model::AssetKind::bridge, "B103"},
                        *parseInstant("2026-01-15T04:00:07+09:00"),
                        true});
  book.notes.push_back({"n2", "", {0, 0, 0}, std::nullopt, *parseInstant("2026-01-16T00:00+09:00"), false});
  return book;
}

class NotebookFile : public testing::Test {
 protected:
  std::filesystem::path folder() { return folder_ / ""; }
  void put(const std::string& text) { ASSERT_TRUE(writeFile(notebookPath(folder()), text)); }

  tests::TempFolder folder_;
  Problems problems_;
};

TEST_F(NotebookFile, EverythingComesBackAsItWasAndIsWrittenWithTheSameBytes) {
  ASSERT_TRUE(saveNotebook(folder(), written()));
  const std::string first = *readFile(notebookPath(folder()));
  const Result<Notebook> back = loadNotebook(folder(), problems_);
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, written());
  EXPECT_TRUE(problems_.empty());
  ASSERT_TRUE(saveNotebook(folder(), *back));
  EXPECT_EQ(*readFile(notebookPath(folder())), first);
}

TEST_F(NotebookFile, AProjectWithoutOneHasNothingWrittenIntoIt) {
  const Result<Notebook> book = loadNotebook(folder(), problems_);
  ASSERT_TRUE(book);
  EXPECT_EQ(*book, Notebook{});
}

TEST_F(NotebookFile, ADamagedEntryIsLeftOutAndCountedAndTheOthersStay) {
  put(R"({"notes": [
    {"id": "n1", "text": "good", "place": [1, 2, 3], "made_at": "2026-01-15T04:00+09:00", "done": false},
    {"id": "n1", "text": "same id", "place": [1, 2, 3], "made_at": "2026-01-15T04:00+09:00"},
    {"text": "no id", "place": [1, 2, 3], "made_at": "2026-01-15T04:00+09:00"},
    {"id": "n2", "place": [1, 2], "made_at": "2026-01-15T04:00+09:00"},
    {"id": "n3", "place": [1, 2, "3"], "made_at": "2026-01-15T04:00+09:00"},
    {"id": "n4", "place": [1, 2, 3], "made_at": "yesterday"},
    17],
   "viewpoints": [
    {"id": "v1", "name": "no distance", "target": [0, 0, 0]},
    {"id": "v2", "name": "kept", "target": [0, 0, 0], "distance_m": 10, "azimuth_deg": 0, "elevation_deg": 5,
     "view_angle_deg": 30}]})");
  const Result<Notebook> book = loadNotebook(folder(), problems_);
  ASSERT_TRUE(book);
  ASSERT_EQ(book->notes.size(), 1u);
  EXPECT_EQ(book->notes[0].text, "good");
  ASSERT_EQ(book->viewpoints.size(), 1u);
  EXPECT_EQ(book->viewpoints[0].name, "kept");
  EXPECT_EQ(problems_.count(ProblemKind::skipped), 7u);
}

TEST_F(NotebookFile, AFileThatIsNoJsonIsRefusedAndNotTakenForAnEmptyOne) {
  ASSERT_TRUE(saveNotebook(folder(), written()));
  const std::string whole = *readFile(notebookPath(folder()));
  for (std::size_t tenth = 1; tenth < 10; ++tenth) {
    put(whole.substr(0, whole.size() * tenth / 10));
    const Result<Notebook> book = loadNotebook(folder(), problems_);
    ASSERT_FALSE(book) << "cut at " << tenth << "/10";
    EXPECT_EQ(book.error().code, ErrorCode::unreadable);
    EXPECT_FALSE(book.error().advice.empty());
  }
  for (const char* text : {"", "[]", "{\"notes\": 3}", "\xFF\xFE\x00"}) {
    put(text);
    EXPECT_FALSE(loadNotebook(folder(), problems_)) << text;
  }
}

TEST_F(NotebookFile, AnEmptyFileHasNothingWrittenButTheNamesOfItsLists) {
  ASSERT_TRUE(saveNotebook(folder(), {}));
  const Result<Notebook> book = loadNotebook(folder(), problems_);
  ASSERT_TRUE(book);
  EXPECT_EQ(*book, Notebook{});
}

}  // namespace
}  // namespace hashimichi::project
