// What a person did to a project, taken back and done again.
#include "app/session/history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hashimichi::app {
namespace {

using testing::ElementsAre;

EditableState fresh() {
  return {std::make_shared<const project::Project>(), std::make_shared<const project::Notebook>(),
          std::make_shared<const measure::SavedMeasurements>()};
}

EditableState withNote(EditableState state, const std::string& text) {
  project::Notebook book = *state.book;
  book.notes.push_back({"n" + std::to_string(book.notes.size() + 1), text, {}, std::nullopt, {}, false});
  state.book = std::make_shared<const project::Notebook>(std::move(book));
  return state;
}

EditableState withRevision(EditableState state) {
  state.project = std::make_shared<const project::Project>();
  return state;
}

TEST(History, GoingBackGivesExactlyWhatWasThere) {
  History history;
  const EditableState start = fresh();
  history.begin(start);
  history.add("a", withNote(start, "a"));
  history.add("b", withNote(history.current(), "b"));
  EXPECT_EQ(history.step(), 2u);
  EXPECT_THAT(history.names(), ElementsAre("a", "b"));
  ASSERT_TRUE(history.goTo(0));
  EXPECT_EQ(history.current().book, start.book);
  ASSERT_TRUE(history.goTo(2));
  EXPECT_EQ(history.current().book->notes.size(), 2u);
  EXPECT_FALSE(history.goTo(3));
  EXPECT_EQ(history.step(), 2u);
}

TEST(History, ANewEditForgetsWhatWasUndone) {
  History history;
  history.begin(fresh());
  history.add("a", withNote(history.current(), "a"));
  history.add("b", withNote(history.current(), "b"));
  history.goTo(1);
  history.add("c", withNote(history.current(), "c"));
  EXPECT_THAT(history.names(), ElementsAre("a", "c"));
  EXPECT_EQ(history.current().book->notes[1].text, "c");
}

TEST(History, TheOldestStepsAreForgottenWhenThereAreTooMany) {
  History history({.steps = 3});
  history.begin(fresh());
  for (const char* name : {"a", "b", "c", "d", "e"}) history.add(name, withNote(history.current(), name));
  EXPECT_THAT(history.names(), ElementsAre("c", "d", "e"));
  EXPECT_EQ(history.step(), 3u);
  ASSERT_TRUE(history.goTo(0));
  EXPECT_EQ(history.current().book->notes.size(), 2u) << "the state after b is the oldest one left";
}

TEST(History, AFewRevisionsOfTheTownAreKeptAndTheStepsBetweenThem) {
  History history({.revisions = 2});
  history.begin(fresh());
  history.add("import 1", withRevision(history.current()));
  history.add("note", withNote(history.current(), "x"));
  history.add("import 2", withRevision(history.current()));
  EXPECT_THAT(history.names(), ElementsAre("note", "import 2"));
  ASSERT_TRUE(history.goTo(0));
  EXPECT_TRUE(history.current().book->notes.empty());
}

TEST(History, LongTextsAreBoundedByTheirBytes) {
  History history({.bytes = 100'000});
  history.begin(fresh());
  for (int i = 0; i < 50; ++i) {
    EditableState after = fresh();
    after.project = history.current().project, after.measured = history.current().measured;
    history.add("long", withNote(after, std::string(10'000, 'x')));
  }
  EXPECT_GE(history.names().size(), 8u);
  EXPECT_LE(history.names().size(), 11u);
}

TEST(History, ARevisionInAnotherFormStandsWhereTheFormerStood) {
  History history;
  history.begin(fresh());
  history.add("import", withRevision(history.current()));
  const auto former = history.current().project;
  history.add("note", withNote(history.current(), "x"));
  const auto indexed = std::make_shared<const project::Project>();
  history.replaceProject(former, indexed);
  EXPECT_EQ(history.at(1).project, indexed);
  EXPECT_EQ(history.at(2).project, indexed);
  EXPECT_NE(history.at(0).project, indexed);
}

}  // namespace
}  // namespace hashimichi::app
