#include <gmock/gmock.h>
#include <minizip/zip.h>

#include "geo/core/text.h"
#include "geo/import/import_files.h"
#include "geo/import/survey.h"
#include "geo/import/unpack.h"
#include "geo/import/zip_archive.h"
#include "tests/geo/import/citygml_reading.h"
#include "tests/support/open_files.h"

namespace hashimichi::import::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

SilentProgress silent;

struct Packed {
  std::string name, content;
  bool cp932 = false;
  const char* password = nullptr;
};

/// An archive as other programs write them; a name in CP932 has no UTF-8 mark.
void pack(const fs::path& path, const std::vector<Packed>& entries) {
  zipFile zip = zipOpen64(path.c_str(), APPEND_STATUS_CREATE);
  ASSERT_NE(zip, nullptr);
  for (const Packed& entry : entries) {
    const std::string name = entry.cp932 ? *cp932FromUtf8(entry.name) : entry.name;
    constexpr uLong utf8_mark = 1u << 11;
    const uLong crc =
        crc32(0, reinterpret_cast<const Bytef*>(entry.content.data()), static_cast<uInt>(entry.content.size()));
    ASSERT_EQ(zipOpenNewFileInZip4_64(zip, name.c_str(), nullptr, nullptr, 0, nullptr, 0, nullptr, Z_DEFLATED, 6, 0,
                                      -MAX_WBITS, DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY, entry.password, crc, 0,
                                      entry.cp932 ? 0 : utf8_mark, 1),
              ZIP_OK);
    zipWriteInFileInZip(zip, entry.content.data(), static_cast<unsigned>(entry.content.size()));
    zipCloseFileInZip(zip);
  }
  zipClose(zip, nullptr);
}

std::string house(const std::string& id) {
  return document(building(id, multiSurface("bldg:lod0FootPrint", surface(polygon(squareAt(0, 0, 5))))));
}

Result<Outcome> importZip(const fs::path& path, const fs::path& unpack_folder = {}) {
  Options options;
  options.unpack_folder = unpack_folder;
  return importFiles({path}, options, silent);
}

TEST(ZippedDataSet, IsReadAsAWholeUnderNamesOfBothEncodings) {
  const TempFolder folder;
  pack(folder / "city.zip", {{"15202_長岡市/udx/bldg/a.gml", house("a")},
                             {"15202_長岡市\\udx\\bldg\\ソ表.gml", house("b"), true},  // ソ and 表 end in 0x5C
                             {"15202_長岡市/specification/手引き.pdf", "%PDF"},
                             {"__MACOSX/._a.gml", "x"}});
  const auto outcome = importZip(folder / "city.zip");
  ASSERT_TRUE(outcome) << outcome.error().text();
  EXPECT_EQ(outcome->model->buildings.size(), 2u);
  ASSERT_EQ(outcome->sources.size(), 2u);
  EXPECT_EQ(outcome->sources[0].path, (folder / "city.zip").string() + "/15202_長岡市/udx/bldg/a.gml");
  EXPECT_THAT(outcome->sources[1].path, HasSubstr("ソ表.gml"));
  EXPECT_EQ(outcome->problems.count(ProblemKind::failed), 0u);
}

TEST(ZippedDataSet, IsLookedAtWithoutUnpackingItWhole) {
  const TempFolder folder;
  const std::string padding(3u << 20, ' ');  // the look ends long before it
  const std::string large = house("a") + "<!--" + padding + "-->";
  pack(folder / "city.zip", {{"udx/bldg/53394525_bldg_6697_op.gml", large},
                             {"udx/bldg/53394525_bldg_6697_appearance/wall.jpg", "picture"},
                             {"../outside.gml", house("b")}});
  Options options;
  options.selection.types = {"Road"};
  const auto found = survey({folder / "city.zip"}, options, silent);
  ASSERT_TRUE(found) << found.error().text();
  ASSERT_EQ(found->files.size(), 1u);
  const SurveyedFile& file = found->files.front();
  EXPECT_EQ(file.path, (folder / "city.zip").string() + "/udx/bldg/53394525_bldg_6697_op.gml");
  EXPECT_EQ(file.format, "CityGML");
  EXPECT_EQ(file.mesh_code, "53394525");
  EXPECT_EQ(file.lods, std::set<int>{0});
  EXPECT_EQ(file.bytes, large.size());
  EXPECT_FALSE(file.wanted);
  EXPECT_EQ(found->problems.count(ProblemKind::skipped, "zip.escapes"), 1u);
  EXPECT_EQ(found->problems.lines().front().file, (folder / "city.zip").string());
}

TEST(ZippedDataSet, LeavesNothingBehindButThePictures) {
  const TempFolder folder;
  pack(folder / "city.zip", {{"udx/bldg/a.gml", house("a")}, {"udx/bldg/a_appearance/wall.jpg", "picture"}});
  const auto outcome = importZip(folder / "city.zip", folder / "town.hashimichi/caches");
  ASSERT_TRUE(outcome);
  EXPECT_FALSE(fs::exists(folder / "town.hashimichi/caches"));
  {
    UnpackedArchives archives(folder / "caches", {});
    Problems problems;
    const auto paths = archives.open({folder / "city.zip"}, {}, problems, silent);
    ASSERT_EQ(paths.size(), 1u);
    model::CityModel city;
    city.materials.resize(1);
    city.materials[0].texture_path = (paths[0] / "udx/bldg/a_appearance/wall.jpg").string();
    archives.keepPicturesOf(city);
  }
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder / "caches")) files += entry.is_regular_file();
  EXPECT_EQ(files, 1u);
}

TEST(ZippedDataSet, InsideAnotherOrInAFolderIsFoundToo) {
  const TempFolder folder;
  pack(folder / "inner.zip", {{"deep.gml", house("deep")}});
  fs::create_directory(folder / "data");
  pack(folder / "data/outer.zip", {{"inner.zip", slurp(folder / "inner.zip")}, {"top.gml", house("top")}});
  const auto outcome = importZip(folder / "data");
  ASSERT_TRUE(outcome) << outcome.error().text();
  EXPECT_EQ(outcome->model->buildings.size(), 2u);
  EXPECT_THAT(outcome->sources[1].path, HasSubstr("outer.zip/"));
}

TEST(ZipName, ThatLeavesTheFolderIsRefused) {
  for (const char* bad : {"../a.gml", "a/../../b.gml", "/etc/passwd", "C:/a.gml", "..", "a/.."})
    EXPECT_TRUE(escapesFolder(bad)) << bad;
  for (const char* good : {"a.gml", "udx/bldg/a.gml", "..a/b..gml", "a/...gml"})
    EXPECT_FALSE(escapesFolder(good)) << good;
  const TempFolder folder;
  fs::create_directory(folder / "in");
  pack(folder / "bad.zip", {{"../../escaped.gml", house("x")}, {"..\\escaped.gml", house("y")}, {"a.gml", house("a")}});
  const auto outcome = importZip(folder / "bad.zip", folder / "in/caches");
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->model->buildings.size(), 1u);
  EXPECT_EQ(outcome->problems.count(ProblemKind::skipped, "zip.escapes"), 2u);
  EXPECT_FALSE(fs::exists(folder / "escaped.gml"));
  EXPECT_FALSE(fs::exists(folder / "in/escaped.gml"));
}

TEST(ZipBomb, IsLeftPackedAndTold) {
  const TempFolder folder;
  pack(folder / "bomb.zip", {{"zeros.gml", std::string(40u << 20, '\0')}, {"a.gml", house("a")}});
  const auto outcome = importZip(folder / "bomb.zip");
  ASSERT_TRUE(outcome) << outcome.error().text();
  EXPECT_EQ(outcome->problems.count(ProblemKind::skipped, "zip.too_large"), 1u);
  EXPECT_EQ(outcome->model->buildings.size(), 1u);
}

TEST(ZipBomb, InTotalAndInDepthIsBoundedToo) {
  const TempFolder folder;
  std::vector<Packed> many;
  for (int i = 0; i < 5; ++i) many.push_back({"part" + std::to_string(i) + ".gml", std::string(1000, 'a')});
  pack(folder / "many.zip", many);
  UnpackLimits limits;
  limits.most_bytes = 2500;
  limits.most_nested = 1;
  Problems problems;
  UnpackedArchives archives(folder / "out", limits);
  archives.open({folder / "many.zip"}, {}, problems, silent);
  EXPECT_EQ(problems.count(ProblemKind::skipped, "zip.too_large"), 3u);
  for (int depth = 0; depth < 3; ++depth) {
    pack(folder / "next.zip", {{"inner.zip", slurp(folder / (depth == 0 ? "many.zip" : "nest.zip"))}});
    fs::rename(folder / "next.zip", folder / "nest.zip");
  }
  UnpackedArchives deep({}, limits);
  deep.open({folder / "nest.zip"}, {}, problems, silent);
  EXPECT_EQ(problems.count(ProblemKind::skipped, "zip.nested"), 1u);
}

TEST(ZippedDataSet, WithAPasswordIsToldClearly) {
  const TempFolder folder;
  pack(folder / "secret.zip", {{"a.gml", house("a"), false, "秘密"}});
  const auto outcome = importZip(folder / "secret.zip");
  ASSERT_FALSE(outcome);
  UnpackedArchives archives({}, {});
  Problems problems;
  archives.open({folder / "secret.zip"}, {}, problems, silent);
  ASSERT_EQ(problems.count(ProblemKind::skipped, "zip.encrypted"), 1u);
  EXPECT_THAT(problems.lines().front().what, HasSubstr("password"));
}

TEST(DamagedZip, NeverStopsTheProgramAndClosesItsFiles) {
  const TempFolder folder;
  pack(folder / "whole.zip", {{"a.gml", house("a")}, {"b.gml", house("b")}});
  const std::string whole = slurp(folder / "whole.zip");
  const auto open_before = hashimichi::tests::openFiles();
  for (std::size_t tenth = 0; tenth < 10; ++tenth) {
    write(folder / "cut.zip", whole.substr(0, whole.size() * tenth / 10));
    EXPECT_FALSE(importZip(folder / "cut.zip")) << tenth;
  }
  for (std::size_t at = 0; at < whole.size(); at += 7) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x55);
    write(folder / "flipped.zip", flipped);
    (void)importZip(folder / "flipped.zip");  // an answer, whichever
  }
  EXPECT_EQ(hashimichi::tests::openFiles(), open_before);
}

TEST(ZippedDataSet, LeavesPackedWhatIsNotSelected) {
  const TempFolder folder;
  pack(folder / "city.zip", {{"udx/bldg/53394525_bldg_6697_op.gml", "<broken"}, {"udx/a.gml", house("a")}});
  Options options;
  options.selection.types = {"Road", "Building"};
  options.selection.area = *squaresFrom("53384799");
  Problems problems;
  UnpackedArchives archives({}, {});
  archives.open({folder / "city.zip"}, options.selection, problems, silent);
  EXPECT_EQ(problems.count(ProblemKind::assumption, "zip.left_packed"), 1u);
}

}  // namespace
}  // namespace hashimichi::import::tests
