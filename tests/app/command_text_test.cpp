// Every command as a line of a script, and back.
#include "app/session/command_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "app/session/command_words.h"

namespace hashimichi::app {
namespace {

using testing::HasSubstr;

/// Sets every field of a command to something that it is not when it is fresh.
struct Filler {
  int n = 0;

  template <typename T>
  void operator()(const char*, T& value) {
    fill(value);
  }
  void flat(std::optional<model::AssetRef>& asset) { asset = model::AssetRef{model::AssetKind::bridge, "橋 \"1\""}; }

  void fill(bool& value) { value = !value; }
  void fill(double& value) { value = 1.0 / 3 + ++n; }
  void fill(std::string& value) { value = "髙﨑\n" + std::to_string(++n); }
  void fill(std::filesystem::path& value) { value = "/町/道 " + std::to_string(++n); }
  void fill(Instant& value) { value.unix_s = 1'768'417'200 + ++n; }
  void fill(Vec3d& value) { value = {0.1 + ++n, -1e-9, 1e7}; }
  template <std::integral T>
  void fill(T& value) {
    value = static_cast<T>(7 + ++n);
  }
  template <typename T>
  requires std::is_enum_v<T>
  void fill(T& value) { value = static_cast<T>(text::EnumWords<T>::words.size() - 1); }
  void fill(render::LayerId& value) {
    value = ++n % 2 ? render::LayerId(model::ObjectKind::land_use) : render::Layer::points;
  }
  template <std::size_t count>
  void fill(std::bitset<count>& value) {
    value.set(3).set(count - 1);
  }
  template <typename T>
  void fill(std::optional<T>& value) {
    fill(value.emplace());
  }
  template <typename T>
  void fill(std::vector<T>& value) {
    fill(value.emplace_back());
    fill(value.emplace_back());
  }
  template <typename T, std::size_t count>
  void fill(std::array<T, count>& value) {
    for (T& one : value) fill(one);
  }
  template <typename T>
  void fill(std::set<T>& value) {
    T one{};
    fill(one);
    value.insert(one);
  }
  template <text::Struct T>
  void fill(T& value) {
    text::Fields<T>::each(*this, value);
  }
};

template <typename T>
inline constexpr bool is_family = false;
template <typename... T>
inline constexpr bool is_family<std::variant<T...>> = true;

/// `look` with every single command, made by `dress`.
template <typename T, typename Dress, typename Look>
void each(Dress dress, Look look) {
  if constexpr (is_family<T>) {
    [&]<std::size_t... i>(std::index_sequence<i...>) {
      (each<std::variant_alternative_t<i, T>>(dress, [&](auto one) { look(T{std::move(one)}); }), ...);
    }
    (std::make_index_sequence<std::variant_size_v<T>>());
  } else {
    T one{};
    dress(one);
    look(std::move(one));
  }
}

TEST(CommandText, EveryCommandWithEveryFieldSetComesBackExactly) {
  Filler filler;
  std::size_t seen = 0;
  each<Command>([&](auto& one) { filler.fill(one); },
                [&](const Command& command) {
                  ++seen;
                  const std::string line = textOf(command);
                  EXPECT_EQ(line.find('\n'), std::string::npos);
                  const Result<Command> back = commandFrom(line, "script:1");
                  ASSERT_TRUE(back) << line << "\n" << back.error().text();
                  EXPECT_EQ(back->index(), command.index());
                  EXPECT_EQ(textOf(*back), line);
                });
  EXPECT_EQ(seen, allCommandWords().size());
}

TEST(CommandText, AFreshCommandIsOnlyItsWord) {
  each<Command>([](auto&) {},
                [](const Command& command) {
                  EXPECT_EQ(textOf(command), "{\"do\":\"" + wordOf(command) + "\"}");
                  EXPECT_TRUE(commandFrom(textOf(command), "script:1"));
                });
}

TEST(CommandText, NoTwoCommandsHaveTheSameWord) {
  const std::vector<std::string> words = allCommandWords();
  EXPECT_EQ(std::set<std::string>(words.begin(), words.end()).size(), words.size());
}

TEST(CommandText, AnAssetStandsInTheLineItself) {
  EXPECT_EQ(textOf(SelectAsset{model::AssetRef{model::AssetKind::road, "R1"}}),
            R"({"do":"select_asset","kind":"road","id":"R1"})");
  const Result<Command> none = commandFrom(R"({"do":"select_asset"})", "script:1");
  ASSERT_TRUE(none);
  EXPECT_FALSE(std::get<SelectAsset>(*none).asset);
}

TEST(CommandText, NumbersThatAreNoFiniteOnesComeBack) {
  CutSection cut;
  cut.wish.from_m = -std::numeric_limits<double>::infinity();
  cut.wish.lowest_m = 12.5;
  const Result<Command> back = commandFrom(textOf(PointCommand{cut}), "script:1");
  ASSERT_TRUE(back);
  const auto& wish = std::get<CutSection>(std::get<PointCommand>(*back)).wish;
  EXPECT_EQ(wish.from_m, cut.wish.from_m);
  EXPECT_EQ(wish.to_m, std::numeric_limits<double>::infinity());
  EXPECT_EQ(wish.lowest_m, 12.5);
}

void expectWrong(const std::string& line, const std::string& what) {
  const Result<Command> command = commandFrom(line, "night.jsonl:7");
  ASSERT_FALSE(command) << line;
  EXPECT_EQ(command.error().code, ErrorCode::bad_input);
  EXPECT_EQ(command.error().where, "night.jsonl:7");
  EXPECT_THAT(command.error().what, HasSubstr(what)) << line;
}

TEST(CommandText, AWrongLineIsToldWithItsPlaceAndItsWord) {
  expectWrong(R"({"do":"selekt"})", "selekt");
  expectWrong(R"({"do":"select_asset","kind":"raod","id":"R1"})", "\"kind\": \"raod\"");
  expectWrong(R"({"do":"select_asset","ident":"R1"})", "\"ident\"");
  expectWrong(R"({"do":"undo","do_it":true})", "\"do_it\"");
  expectWrong(R"({"do":"fly_to","pose":{"distance_m":"near"}})", "\"pose.distance_m\": \"near\"");
  expectWrong(R"({"do":"add_note","place":[1,2]})", "\"place\": [1,2]");
  expectWrong(R"({"do":"go_to_step","step":-1})", "\"step\": -1");
  expectWrong(R"({"do":"step_time","hours":99999999999})", "\"hours\"");
  expectWrong(R"({"do":"set_time","at":"soon"})", "\"at\": \"soon\"");
  expectWrong(R"({"kind":"road"})", "\"do\"");
  expectWrong("[]", "no JSON object");
  expectWrong("{\"do\":\"undo\"", "no JSON object");
  expectWrong(std::string(100'000, '['), "no JSON object");
  expectWrong(std::string("{\"do\":\"add_note\",\"text\":\"\xFF\xFE\"}"), "no JSON object");
}

TEST(CommandText, AScriptSkipsEmptyLinesAndRemarksAndKeepsTheNumbersOfItsLines) {
  const Result<std::vector<ScriptLine>> lines =
      scriptFrom("\xEF\xBB\xBF# before the night shift\r\n\n{\"do\":\"undo\"}\r\n  {\"do\":\"redo\"}", "night.jsonl");
  ASSERT_TRUE(lines) << lines.error().text();
  ASSERT_EQ(lines->size(), 2u);
  EXPECT_EQ((*lines)[0].number, 3u);
  EXPECT_EQ((*lines)[1].number, 4u);
  EXPECT_EQ(wordOf((*lines)[1].command), "redo");
  const Result<std::vector<ScriptLine>> wrong = scriptFrom("{\"do\":\"undo\"}\n{\"do\":\"undone\"}\n", "night.jsonl");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().where, "night.jsonl:2");
}

}  // namespace
}  // namespace hashimichi::app
