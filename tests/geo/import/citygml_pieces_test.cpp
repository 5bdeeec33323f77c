// A file that is read in pieces on several threads gives what reading it in one go gives: the same features with the
// same lines in the same order, and the same end.
#include <gtest/gtest.h>

#include <charconv>
#include <cmath>

#include "geo/import/citygml/read_members.h"
#include "geo/import/citygml/ring_parser.h"
#include "geo/import/citygml/source_frame.h"
#include "tests/geo/import/citygml_reading.h"

namespace hashimichi::import::tests {
namespace {

using namespace citygml;

/// Writes down everything that a taker is given.
struct Listener final : FeatureTaker {
  std::vector<std::string> heard;
  bool wants(const Name& type) override {
    heard.push_back("wants " + type.local);
    return type.local != "Road";
  }
  void take(const FeatureTree& tree) override {
    std::string text;
    for (NodeId node = 0; node < tree.size(); ++node)
      text += tree.name(node).local + "@" + tree.place(node) + "=" + std::string(tree.text(node)) + ";";
    heard.push_back(text);
  }
  void takeTriangle(const FeatureTree& tree, NodeId triangle) override {
    heard.push_back("triangle " + tree.place(triangle));
  }
};

std::string told(const XmlEnd& end, const std::string& open_feature) {
  return std::to_string(static_cast<int>(end.reason)) + " line " + std::to_string(end.line) + " " + end.code + " " +
         end.what + " prefix:" + end.undeclared_prefix + " open:" + open_feature;
}

std::vector<std::string> inOneGo(const std::filesystem::path& path) {
  Listener listener;
  NameTable names;
  Members members(names, listener);
  SilentProgress quiet;
  const Result<XmlEnd> end = readXml(path, names, members, quiet);
  listener.heard.push_back(told(*end, end->reason == XmlEnd::Reason::broken ? members.openFeature() : ""));
  return listener.heard;
}

std::vector<std::string> inPieces(const std::filesystem::path& path, int threads, std::size_t piece_bytes) {
  Listener listener;
  SilentProgress quiet;
  const Result<MembersEnd> end = readMembers(path, listener, quiet, {threads, piece_bytes});
  listener.heard.push_back(told(end->xml, end->open_feature));
  return listener.heard;
}

void expectSame(const std::string& text) {
  const TempFolder folder;
  write(folder / "a.gml", text);
  const std::vector<std::string> expected = inOneGo(folder / "a.gml");
  for (const int threads : {1, 2, 5})
    for (const std::size_t piece_bytes : {300u, 1000u, 100000u})
      EXPECT_EQ(inPieces(folder / "a.gml", threads, piece_bytes), expected) << threads << " threads, " << piece_bytes;
}

std::string houses(int count) {
  std::string members;
  for (int i = 0; i < count; ++i)
    members +=
        building("h" + std::to_string(i), "\n<bldg:measuredHeight>" + std::to_string(i) + "</bldg:measuredHeight>\n");
  return members;
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

}  // namespace

TEST(CityGmlPieces, AreReallyCutAndParsedInOrder) {
  const TempFolder folder;
  write(folder / "a.gml", document(houses(500)));
  const auto heard = inPieces(folder / "a.gml", 3, 1000);
  ASSERT_EQ(heard.size(), 1001u);
  EXPECT_EQ(heard[0], "wants Building");
  EXPECT_TRUE(heard[1].starts_with("Building@line 9, gml:id=h0=;")) << heard[1];
  // The head has 8 lines, a house 3: its own, that of its height, and the closing one.
  EXPECT_TRUE(heard[999].starts_with("Building@line 1506, gml:id=h499=;")) << heard[999];
}

TEST(CityGmlPieces, GiveWhatReadingInOneGoGives) {
  expectSame(document(houses(200)));
  expectSame(document(""));
  expectSame(document(member("<tran:Road gml:id=\"r\"/>") + houses(20)));
}

TEST(CityGmlPieces, SurviveBordersThatAreNone) {
  const std::string hidden = "<!-- " + houses(9) + " -->\n", quoted = "<![CDATA[ " + houses(9) + " ]]>\n";
  expectSame(document(houses(9) + hidden + houses(9)));
  expectSame(document(houses(9) + quoted + houses(9)));
  expectSame(document(houses(9) + building("outer", "<bldg:x>" + quoted + "</bldg:x>") + houses(9)));
  expectSame(document(houses(9) + building("outer", "<bldg:x>" + houses(9) + "</bldg:x>") + houses(9)));
  expectSame(document(houses(9) + "<?php " + houses(9) + " ?>" + houses(9)));
}

TEST(CityGmlPieces, TellDamageAtTheSameLine) {
  const std::string text = document(houses(60));
  expectSame(text.substr(0, text.size() / 2));
  expectSame(replaced(text, "<bldg:measuredHeight>31<", "<bldg:measuredHeight>31<<"));
  expectSame(replaced(text, "gml:id=\"h40\"", "gml:id=\"h40"));
  expectSame(text + "<more/>");
  expectSame(replaced(text, "</core:CityModel>", "</core:Other>"));
  expectSame(replaced(text, "<bldg:measuredHeight>31<", "<bldg:measuredHeight>\xFF<"));
}

TEST(CityGmlPieces, BreakTheSameRulesOfXmlWhoeverReadsThem) {
  const std::string text = document(houses(60));
  const auto with = [&](const std::string& inside) {
    return replaced(text, "<bldg:measuredHeight>31<", "<bldg:measuredHeight>" + inside + "<");
  };
  for (const char* sound : {"<bldg:a b='1 &gt; 0'/>", "<bldg:a b='1\n2'/>", "3 &lt; 4 &amp; 5", "&#x6A4B;", "]]",
                            "a > b", "\xE6\xA9\x8B\xF0\xA0\xAE\xB7", "<!-- - -->x", "<bldg:a\n b = 'c'\n></bldg:a >"})
    expectSame(with(sound));
  for (const char* faulty : {"<bldg:a b='1' b='2'/>",
                             "<bldg:a b='1'c='2'/>",
                             "<bldg:a b=1/>",
                             "<bldg:a b='<'/>",
                             "<bldg:a b/>",
                             "]]>",
                             "&",
                             "&nbsp;",
                             "<!-- -- -->",
                             "<1a/>",
                             "< bldg:a/>",
                             "<bldg:a></bldg:b>",
                             "\x01",
                             "\xC0\x80",
                             "\xED\xA0\x80",
                             "\xEF\xBF\xBE",
                             "\xF4\x90\x80\x80",
                             "\xE6\xA9",
                             "<!DOCTYPE a>",
                             "</core:CityModel>"})
    expectSame(with(faulty));
}

TEST(CityGmlPieces, CountLinesHoweverTheyEnd) {
  const std::string text = document(houses(60));
  expectSame(replaced(text, "\n", "\r\n"));
  expectSame(replaced(text, "\n", "\r"));
  expectSame(replaced(text, ">31<", ">\r31<"));
  expectSame("\xEF\xBB\xBF" + text);
}

TEST(CityGmlPieces, LeaveOtherEncodingsAndDeclarationsToTheStream) {
  const std::string text = document(houses(60));
  expectSame(replaced(replaced(text, "UTF-8", "ISO-8859-1"), ">31<", ">\xE9<"));
  expectSame(replaced(text, "<core:CityModel", "<!DOCTYPE core:CityModel>\n<core:CityModel"));
  expectSame(replaced(text, "<core:CityModel", "<!-- a > comment --><?note?>\n<core:CityModel note='a > b'"));
}

TEST(CityGmlPieces, ResolvePrefixesAsTheWholeFileDoes) {
  const std::string text = document(houses(30));
  expectSame(replaced(text, "gml:id=\"h20\"", "app:id=\"h20\" gml:id=\"h20\""));
  expectSame(replaced(text, "<bldg:Building gml:id=\"h20\"", "<bldg:Building xmlns:bldg=\"urn:x\" gml:id=\"h20\""));
  std::string plain = replaced(text, "core:", "");
  expectSame(replaced(plain, "xmlns:core", "xmlns"));
}

TEST(CityGmlPieces, HandTrianglesOverOneByOne) {
  std::string triangles;
  for (int i = 0; i < 50; ++i)
    triangles +=
        "<gml:Triangle><gml:exterior><gml:LinearRing><gml:posList>0 0 0 1 1 1 2 2 2 0 0 0</gml:posList>"
        "</gml:LinearRing></gml:exterior></gml:Triangle>\n";
  expectSame(document(houses(30) +
                      member("<dem:ReliefFeature gml:id=\"d\"><dem:reliefComponent><dem:TINRelief><dem:tin>"
                             "<gml:TriangulatedSurface><gml:trianglePatches>" +
                             triangles +
                             "</gml:trianglePatches></gml:TriangulatedSurface></dem:tin></dem:TINRelief>"
                             "</dem:reliefComponent></dem:ReliefFeature>") +
                      houses(30)));
}

TEST(CityGmlPieces, StopWhenTheUserWishes) {
  struct Impatient final : Progress {
    int reports = 0;
    void report(double, std::string_view) override { ++reports; }
    bool cancelled() const override { return reports >= 3; }
  } impatient;
  const TempFolder folder;
  write(folder / "a.gml", document(houses(2000)));
  Listener listener;
  const Result<MembersEnd> end = readMembers(folder / "a.gml", listener, impatient, {2, 1000});
  EXPECT_EQ(end->xml.reason, XmlEnd::Reason::cancelled);
  EXPECT_GT(listener.heard.size(), 0u);
  EXPECT_LT(listener.heard.size(), 100u);
}

TEST(CityGmlPlaces, AreToTheLastBitWhatProjSaysHoweverOftenTheyCome) {
  const auto frame = crs::LocalFrame::create(6676, {31000, 160000, 0});
  const auto way = Placer::create({"EPSG:6697", true}, *frame);
  std::vector<Vec3d> points;
  for (int i = 0; i < 5000; ++i) points.push_back({37.4 + 1e-6 * (i % 1500), 138.8 + 1e-6 * (i % 7), 1.0 * (i % 3)});
  points[17] = {std::nan(""), 138.8, 0};
  std::vector<Vec3d> expected = points, got = points;
  PlaceMemo memo;
  const std::size_t lost = way->apply(expected);
  EXPECT_EQ(memo.apply(*way, got), lost);
  EXPECT_EQ(lost, 1u);
  expected[17] = got[17] = {};
  EXPECT_TRUE(expected == got);
}

TEST(CityGmlNumbers, AreTheNearestDoublesAsTheStandardLibraryReadsThem) {
  for (const std::string text :
       {"36.123456789", "139.98765432109876", "-0.000000001", "9007199254740992", "9007199254740993", "-0", "0.1",
        "1234567890.123456789", "12345678901234567890", "4.35", "1e3", "-2.5E-3", "1.", "0.30000000000000004"}) {
    std::vector<double> numbers;
    double expected = 0;
    std::from_chars(text.data(), text.data() + text.size(), expected);
    ASSERT_TRUE(parseNumbers(text, numbers)) << text;
    EXPECT_EQ(numbers, std::vector<double>{expected}) << text;
    EXPECT_EQ(std::signbit(numbers[0]), std::signbit(expected)) << text;
  }
  std::vector<double> ignored;
  for (const std::string text : {"1..2", "1,5", "0x10", "nan", "1e999", "-", "--1", "1-2"})
    EXPECT_FALSE(parseNumbers(text, ignored)) << text;
}

}  // namespace hashimichi::import::tests
