// Notes, viewpoints and undo by the words that windows, keys and scripts say.
#include <gmock/gmock.h>

#include "app/session/script.h"
#include "tests/app/edited_town.h"

namespace hashimichi::app {
namespace {

using testing::HasSubstr;

class Edits : public EditedTown {};

TEST_F(Edits, ANoteIsPinnedChangedDoneAndStillThereWhenTheProjectIsOpenedAgain) {
  {
    Session session;
    open(session);
    ASSERT_EQ(session.view().edits.book.notes.size(), 1u);
    say(session, AddNote{{10, 20, 30}, "  伸縮装置から漏水\n", model::AssetRef{model::AssetKind::bridge, "B101"}});
    ASSERT_EQ(session.view().edits.book.notes.size(), 2u);
    const project::Note note = session.view().edits.book.notes[1];
    EXPECT_EQ(note.text, "伸縮装置から漏水");
    EXPECT_EQ(session.view().edits.selected_note, note.id);
    say(session, ChangeNote{note.id, note.text, true});
    EXPECT_THAT(session.view().edits.steps, testing::SizeIs(2));
    say(session, ChangeNote{note.id, note.text, true});
    EXPECT_THAT(session.view().edits.steps, testing::SizeIs(2)) << "what changes nothing is no step";
  }
  Session session;
  open(session);
  ASSERT_EQ(session.view().edits.book.notes.size(), 2u);
  EXPECT_TRUE(session.view().edits.book.notes[1].done);
  EXPECT_EQ(session.view().edits.book.notes[1].asset->id, "B101");
  EXPECT_FALSE(session.view().edits.canUndo()) << "the list begins when the project is opened";
}

TEST_F(Edits, WordsOfNothingAndPlacesNowhereAreNoNotes) {
  Session session;
  open(session);
  say(session, AddNote{{0, 0, 0}, " \n ", {}});
  say(session, AddNote{{std::nan(""), 0, 0}, "x", {}});
  say(session, ChangeNote{"no such note", "x", true});
  say(session, RemoveNote{"no such note"});
  say(session, RenameViewpoint{"v1", "  "});
  EXPECT_TRUE(session.view().edits.steps.empty());
}

TEST_F(Edits, AViewpointBringsBackCameraTimeAndProjection) {
  Session session;
  open(session);
  session.cameraMoved({{11, 22, 33}, 444, 55, 66, false, 30});
  session.apply(StepTime{-5});
  const Instant then = session.view().time;
  session.apply(ToggleOrthographic{});
  say(session, SaveViewpoint{"", std::nullopt});
  const project::Viewpoint saved = session.view().edits.book.viewpoints.back();
  EXPECT_EQ(saved.name, "View 2");
  session.apply(ToggleOrthographic{});
  session.apply(StepTime{3});
  session.cameraMoved({});
  session.takeFlight();
  say(session, GoToViewpoint{saved.id});
  EXPECT_EQ(session.view().time, then);
  EXPECT_TRUE(session.view().orthographic);
  const auto flight = session.takeFlight();
  ASSERT_TRUE(flight);
  EXPECT_EQ(flight->viewpoint, Viewpoint::pose);
  EXPECT_EQ(flight->pose.target, (Vec3d{11, 22, 33}));
  EXPECT_EQ(flight->pose.distance_m, 444);
  EXPECT_EQ(flight->pose.azimuth_deg, 55);
  EXPECT_EQ(flight->pose.elevation_deg, 66);
}

TEST_F(Edits, NotesAndMeasurementsAreUndoneInTheOrderInWhichTheyWereMade) {
  Session session;
  open(session);
  const std::string notebook = notebookBytes(), measurements = measurementBytes();
  session.apply(PointCommand{SetPointTool{PointTool::distance}});
  session.apply(PointCommand{AddPick{{0, 0, 0}}});
  session.apply(PointCommand{AddPick{{0, 0, 9}}});
  say(session, AddNote{{1, 1, 1}, "x", {}});
  session.apply(PointCommand{RemoveMeasurement{session.view().points.saved.all()[0].id}});
  ASSERT_EQ(session.view().edits.steps.size(), 3u);
  say(session, Undo{});
  EXPECT_EQ(session.view().points.saved.all().size(), 2u);
  EXPECT_EQ(session.view().edits.book.notes.size(), 2u);
  say(session, Undo{});
  EXPECT_EQ(session.view().edits.book.notes.size(), 1u);
  say(session, Undo{});
  EXPECT_EQ(notebookBytes(), notebook);
  EXPECT_EQ(measurementBytes(), measurements);
  EXPECT_FALSE(session.view().edits.canUndo());
  say(session, GoToStep{3});
  EXPECT_EQ(session.view().points.saved.all().size(), 1u);
  EXPECT_EQ(session.view().edits.book.notes.size(), 2u);
  say(session, GoToStep{99});
  EXPECT_EQ(session.view().edits.step, 3u);
}

TEST_F(Edits, AnUndoneImportIsGoneFromWindowAndDiskAndComesBackByRedo) {
  Session session;
  open(session);
  const std::size_t before = things(*session.view().project->model);
  importRoad(session, "X1");
  session.finishJobs();
  ASSERT_EQ(things(*session.view().project->model), before + 1);
  EXPECT_THAT(session.view().edits.steps.back(), HasSubstr("X1.geojson"));
  say(session, AddNote{{0, 0, 0}, "after it", {}});
  say(session, Undo{});
  say(session, Undo{});
  session.finishJobs();
  EXPECT_EQ(things(*session.view().project->model), before);
  EXPECT_EQ(session.view().town->model, session.view().project->model);
  EXPECT_EQ(things(*onDisk().model), before);
  say(session, Redo{});
  say(session, Redo{});
  session.finishJobs();
  EXPECT_EQ(things(*session.view().project->model), before + 1);
  EXPECT_EQ(things(*onDisk().model), before + 1);
  EXPECT_EQ(session.view().edits.book.notes.size(), 2u);
}

TEST_F(Edits, UndoAndRedoSaidFasterThanTheTownIsBroughtBackEndWhereTheListStands) {
  Session session;
  open(session);
  const std::size_t before = things(*session.view().project->model);
  importRoad(session, "X1");
  session.finishJobs();
  for (const int times : {1, 2, 3, 4, 5, 6, 7}) {
    for (int i = 0; i < times; ++i) say(session, i % 2 ? EditCommand{Redo{}} : EditCommand{Undo{}});
    session.finishJobs();
    const std::size_t wanted = before + session.view().edits.step;
    EXPECT_EQ(things(*session.view().project->model), wanted);
    EXPECT_EQ(things(*onDisk().model), wanted);
    if (session.view().edits.canRedo()) say(session, Redo{});
    session.finishJobs();
  }
}

TEST_F(Edits, WhileAnImportRunsNoOtherTownIsGoneToButNotesAreTakenBack) {
  Session session;
  open(session);
  const std::size_t before = things(*session.view().project->model);
  importRoad(session, "X1");
  session.finishJobs();
  say(session, AddNote{{0, 0, 0}, "x", {}});
  importRoad(session, "X2", 0.001);
  importRoad(session, "X3", 0.002);
  say(session, Undo{});
  EXPECT_EQ(session.view().edits.book.notes.size(), 1u);
  say(session, Undo{});
  EXPECT_GE(session.view().edits.step, 1u);
  EXPECT_TRUE(session.view().notices.back().failed);
  session.finishJobs();
  EXPECT_EQ(things(*session.view().project->model), before + 3);
  EXPECT_EQ(session.view().edits.step, 3u);
  say(session, GoToStep{0});
  session.finishJobs();
  EXPECT_EQ(things(*onDisk().model), before);
}

TEST_F(Edits, ATownThatCannotBeSavedStaysAsItIsAndTheListGoesBackToIt) {
  Session session;
  open(session);
  importRoad(session, "X1");
  session.finishJobs();
  const std::size_t with = things(*session.view().project->model);
  const std::filesystem::path kept = folder_ / "kept.hashimichi";
  std::filesystem::rename(project_, kept);
  ASSERT_TRUE(writeFile(project_, "no folder any more"));
  say(session, Undo{});
  session.finishJobs();
  EXPECT_EQ(session.view().edits.step, 1u);
  EXPECT_EQ(things(*session.view().project->model), with);
  EXPECT_TRUE(session.view().notices.back().failed);
}

TEST_F(Edits, ADamagedNotebookIsToldAndNeverWrittenOver) {
  ASSERT_TRUE(writeFile(project::notebookPath(project_), "{ damaged"));
  Session session;
  open(session);
  EXPECT_TRUE(std::ranges::any_of(session.view().notices, [](const Notice& notice) {
    return notice.failed && notice.text.find("notebook.json") != std::string::npos;
  }));
  say(session, AddNote{{0, 0, 0}, "x", {}});
  EXPECT_EQ(session.view().edits.book.notes.size(), 1u);
  EXPECT_EQ(notebookBytes(), "{ damaged");
}

TEST_F(Edits, AScriptGoesOnAfterALineThatFailsAndTellsItsNumber) {
  Session session;
  open(session);
  const auto lines = scriptFrom(R"({"do":"add_note","place":[1,2,3],"text":"from a script"}
{"do":"set_profile","id":"no such profile"}
{"do":"ask_path","purpose":"picture"}
{"do":"fly_to","to":"top"}
{"do":"save_viewpoint","name":"from above"}
{"do":"quit"}
{"do":"undo"})",
                                "night.jsonl");
  ASSERT_TRUE(lines);
  std::vector<ScriptStep> steps;
  SilentProgress silent;
  const std::size_t failed = runScript(
      session, *lines, [&](const ScriptStep& step) { steps.push_back(step); }, silent);
  EXPECT_EQ(failed, 2u);
  ASSERT_EQ(steps.size(), 6u) << "nothing after quit";
  EXPECT_FALSE(steps[0].failed);
  EXPECT_TRUE(steps[1].failed);
  EXPECT_EQ(steps[1].line, 2u);
  EXPECT_FALSE(steps[1].said.empty());
  EXPECT_TRUE(steps[2].failed);
  EXPECT_EQ(session.view().edits.book.notes.size(), 2u);
  EXPECT_EQ(session.view().edits.book.viewpoints.back().elevation_deg, 90);
}

}  // namespace
}  // namespace hashimichi::app
