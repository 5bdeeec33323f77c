// A thousand things that a person may do, in any order: all of it can be taken back and done again.
// HASHIMICHI_RANDOM_COMMANDS=100000 runs longer and then looks at the memory instead; HASHIMICHI_RANDOM_SEED picks the
// run.
#include <cstdlib>
#include <fstream>

#include "app/session/command_text.h"
#include "tests/app/edited_town.h"
#include "tests/geo/project/same_city.h"

namespace hashimichi::app {
namespace {

/// The same on every machine (splitmix64).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t sides) {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return static_cast<std::size_t>((z ^ (z >> 31)) % sides);
  }
  Vec3d place() {
    return {static_cast<double>(below(1800)) - 900, static_cast<double>(below(1800)) - 900,
            static_cast<double>(below(90))};
  }
  std::string words() { return "メモ " + std::to_string(below(1000)); }
  /// The id of any entry; of none where the list is empty.
  template <typename List>
  std::string idOf(const List& list) {
    return list.empty() ? std::string("none") : list[below(list.size())].id;
  }

 private:
  std::uint64_t state_;
};

long numberFrom(const char* name, long otherwise) {
  const char* value = std::getenv(name);
  return value ? std::atol(value) : otherwise;
}

/// Resident, from the system; 0 where it does not tell.
double memory_mib() {
  std::ifstream stream("/proc/self/statm");
  double all_pages = 0, pages = 0;
  stream >> all_pages >> pages;
  return pages * 4096 / (1 << 20);
}

/// What a person may say next.
Command editOf(Dice& dice, const ViewModel& view) {
  const project::Notebook& book = view.edits.book;
  switch (dice.below(14)) {
    case 0:
    case 1:
    case 2:
      return EditCommand{AddNote{dice.place(), dice.words(), std::nullopt}};
    case 3:
      return EditCommand{ChangeNote{dice.idOf(book.notes), dice.words(), dice.below(2) == 0}};
    case 4:
    case 5:
      return EditCommand{RemoveNote{dice.idOf(book.notes)}};
    case 6:
      return EditCommand{SaveViewpoint{dice.below(2) ? "" : dice.words(), std::nullopt}};
    case 7:
      return EditCommand{RenameViewpoint{dice.idOf(book.viewpoints), dice.words()}};
    case 8:
      return EditCommand{RemoveViewpoint{dice.idOf(book.viewpoints)}};
    case 9:
      return EditCommand{GoToViewpoint{dice.idOf(book.viewpoints)}};
    case 10:
      return EditCommand{SelectNote{dice.idOf(book.notes)}};
    case 11:
      return EditCommand{Redo{}};
    case 12:
      return EditCommand{GoToStep{view.edits.step - std::min<std::size_t>(view.edits.step, dice.below(3))}};
    default:
      return EditCommand{Undo{}};
  }
}

Command measureOf(Dice& dice, const ViewModel& view) {
  const auto& all = view.points.saved.all();
  switch (dice.below(8)) {
    case 0:
      return PointCommand{SetPointTool{static_cast<PointTool>(dice.below(7))}};
    case 1:
      return PointCommand{RenameMeasurement{dice.idOf(all), dice.words()}};
    case 2:
      return PointCommand{RemoveMeasurement{dice.idOf(all)}};
    case 3:
      return PointCommand{SelectMeasurement{dice.idOf(all)}};
    case 4:
      return PointCommand{FinishPicks{}};
    case 5:
      return PointCommand{TakeBackPick{}};
    default:
      return PointCommand{AddPick{dice.place(), std::nullopt}};
  }
}

Command viewOf(Dice& dice, const ViewModel& view) {
  switch (dice.below(10)) {
    case 0:
      return SetSubject{dice.below(2) ? assess::Subject::snow : assess::Subject::ageing};
    case 1:
      return StepTime{static_cast<int>(dice.below(13)) - 6};
    case 2:
      return SelectAsset{model::AssetRef{model::AssetKind::bridge, dice.idOf(view.project->model->bridges)}};
    case 3:
      return SelectAsset{std::nullopt};
    case 4:
      return SetLayerVisible{render::Layer::roads, dice.below(2) == 0};
    case 5:
      return SetLanguage{dice.below(2) ? Language::ja : Language::en};
    case 6:
      return ShowWindow{WindowId::notebook, dice.below(2) == 0};
    case 7:
      return ToggleOrthographic{};
    case 8:
      return DismissNotice{0};
    default:
      return FlyTo{Viewpoint::home, {}};
  }
}

/// Nobody's lists grow for ever; these are long enough to be worked on.
constexpr std::size_t long_list = 60;

Command nextOf(Dice& dice, const ViewModel& view) {
  const project::Notebook& book = view.edits.book;
  if (book.notes.size() > long_list) return EditCommand{RemoveNote{dice.idOf(book.notes)}};
  if (book.viewpoints.size() > long_list) return EditCommand{RemoveViewpoint{dice.idOf(book.viewpoints)}};
  const auto& measured = view.points.saved.all();
  if (measured.size() > long_list) return PointCommand{RemoveMeasurement{dice.idOf(measured)}};
  switch (dice.below(10)) {
    case 0:
    case 1:
      return viewOf(dice, view);
    case 2:
    case 3:
    case 4:
      return measureOf(dice, view);
    default:
      return editOf(dice, view);
  }
}

class RandomCommands : public EditedTown {
 protected:
  struct Content {
    std::string notebook, measurements;
    project::Project project;
  };
  Content content() const { return {notebookBytes(), measurementBytes(), onDisk()}; }
  static void expectSame(const Content& a, const Content& b) {
    EXPECT_EQ(a.notebook, b.notebook);
    EXPECT_EQ(a.measurements, b.measurements);
    EXPECT_EQ(tests::differences(*a.project.model, *b.project.model), std::vector<std::string>());
    ASSERT_EQ(a.project.sources.size(), b.project.sources.size());
    for (std::size_t i = 0; i < a.project.sources.size(); ++i)
      EXPECT_EQ(a.project.sources[i].path, b.project.sources[i].path);
    EXPECT_EQ(a.project.report.lines().size(), b.project.report.lines().size());
  }
};

TEST_F(RandomCommands, AThousandOfThemAreUndoneToTheByteAndDoneAgain) {
  Session session;
  open(session);
  const Content start = content();
  Dice dice(static_cast<std::uint64_t>(numberFrom("HASHIMICHI_RANDOM_SEED", 20260115)));
  constexpr int commands = 1000, imports = 4;  // as many other towns as the list keeps
  std::string said;
  for (int n = 0; n < commands; ++n) {
    if (n % (commands / imports) == commands / imports / 2) {
      importRoad(session, "X" + std::to_string(n), n * 1e-6);
      if (dice.below(2)) session.finishJobs();
      continue;
    }
    const Command command = nextOf(dice, session.view());
    const Result<Command> read = commandFrom(textOf(command), "random");  // as a script would have said it
    ASSERT_TRUE(read) << textOf(command);
    session.apply(*read);
    if (dice.below(4) == 0) session.update(0.016);
  }
  session.finishJobs();
  const std::size_t end_step = session.view().edits.step;
  ASSERT_GT(end_step, 100u) << "otherwise this shows little";
  const Content end = content();

  while (session.view().edits.canUndo()) session.apply(EditCommand{Undo{}});
  session.finishJobs();
  expectSame(content(), start);
  EXPECT_EQ(session.view().town->model, session.view().project->model);

  while (session.view().edits.step < end_step) session.apply(EditCommand{Redo{}});
  session.finishJobs();
  expectSame(content(), end);
}

TEST_F(RandomCommands, MemoryStaysFlatHoweverLongOneWorks) {
  const long commands = numberFrom("HASHIMICHI_RANDOM_COMMANDS", 0);
  if (commands < 1000) GTEST_SKIP() << "takes minutes; HASHIMICHI_RANDOM_COMMANDS=100000 runs it (tests/README.md)";
  Session session;
  open(session);
  Dice dice(static_cast<std::uint64_t>(numberFrom("HASHIMICHI_RANDOM_SEED", 20260115)));
  double warm_mib = 0, most_mib = 0;
  for (long n = 0; n < commands; ++n) {
    session.apply(nextOf(dice, session.view()));
    session.update(0.016);
    session.finishJobs();
    if (n == commands / 4) warm_mib = memory_mib();
    if (n > commands / 4) most_mib = std::max(most_mib, memory_mib());
  }
  std::printf("%ld commands: %.1f MiB after a quarter of them, at most %.1f MiB from there on\n", commands, warm_mib,
              most_mib);
  EXPECT_LE(most_mib, warm_mib * 1.05);
}

}  // namespace
}  // namespace hashimichi::app
