// The bad set for tables: a clear sentence, no crash, bounded memory, no open file left.
#include <gmock/gmock.h>
#include <sys/resource.h>

#include "geo/core/text.h"
#include "tests/geo/import/reading.h"
#include "tests/support/open_files.h"

namespace hashimichi::import::tests {
namespace {

using hashimichi::tests::openFiles;

using ::testing::HasSubstr;

const std::string good =
    "橋梁番号,橋梁名,橋長(m),幅員(m),架設年\r\nB1,\"中央橋\",10.5,4,1970\r\nB2,東橋,8,4,昭和45年\r\nB3,西橋,12,5,"
    "1980\r\n";

long peakMemory_kb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST(BadTable, TruncatedAtEveryByteIsAClearErrorOrFewerRows) {
  const TempFolder folder;
  const std::size_t open_before = openFiles();
  for (const std::string& whole : {good, *cp932FromUtf8(good)})
    for (std::size_t bytes = 1; bytes < whole.size(); ++bytes) {
      write(folder / "r.csv", whole.substr(0, bytes));
      const Reading reading = read(tableImporter(), folder / "r.csv");
      if (reading.error) {
        EXPECT_THAT(reading.error->where, HasSubstr("r.csv"));
      }
      EXPECT_LE(reading.got.bridges.size(), 3u);
    }
  EXPECT_EQ(openFiles(), open_before);
}

TEST(BadTable, ALastRowThatBreaksOffIsNotReadAsAWholeOne) {
  const TempFolder folder;
  write(folder / "r.csv", good + "B4,北橋,1");
  const Reading reading = read(tableImporter(), folder / "r.csv");
  EXPECT_EQ(reading.got.bridges.size(), 3u);
  EXPECT_EQ(reading.skipped("file.truncated"), 1u);
}

TEST(BadTable, AHundredMegabytesInOneLineAreRefusedInBoundedMemory) {
  const TempFolder folder;
  {
    std::ofstream stream(folder / "r.csv", std::ios::binary);
    const std::string piece(1 << 20, 'a');
    for (int i = 0; i < 100; ++i) stream << piece;
  }
  const long before_kb = peakMemory_kb();
  const Reading reading = read(tableImporter(), folder / "r.csv");
  ASSERT_TRUE(reading.error);
  EXPECT_EQ(reading.error->code, ErrorCode::limit);
  EXPECT_LT(peakMemory_kb() - before_kb, 8 * 1024);
}

TEST(BadTable, AQuoteThatNeverClosesCostsItsOwnRowAtMost) {
  const TempFolder folder;
  write(folder / "r.csv",
        "橋梁番号,橋梁名,橋長(m),幅員(m),架設年\nB1,\"中央橋,10,4,1970\nB2,東橋,8,4,1975\nB3,西橋,8,4,1975\n");
  const Reading reading = read(tableImporter(), folder / "r.csv");
  ASSERT_EQ(reading.got.bridges.size(), 3u) << reading.report();
  EXPECT_EQ(reading.got.bridges[0].name, "\"中央橋");
  EXPECT_EQ(reading.skipped("csv.unclosed_quote"), 1u);
  EXPECT_THAT(reading.report(), HasSubstr("[line 2]"));
}

TEST(BadTable, NulBytesAndUndecodableCellsAreNamed) {
  const TempFolder folder;
  std::string text = good;
  text += std::string("B4,a\0b,8,4,1970\r\n", 17);
  text += "B5,\xFF\xFE,8,4,1970\r\n";
  for (int i = 0; i < 200; ++i) text += "B" + std::to_string(100 + i) + ",正しい橋,8,4,1970\r\n";
  write(folder / "r.csv", text);
  const Reading reading = read(tableImporter(), folder / "r.csv");
  EXPECT_EQ(reading.got.bridges.size(), 204u) << reading.report();
  EXPECT_EQ(reading.skipped("row.nul"), 1u);
  EXPECT_EQ(reading.skipped("encoding.undecodable"), 1u);
  EXPECT_EQ(reading.got.bridges.back().name, "正しい橋") << "two bad bytes do not make a file CP932";
}

TEST(BadTable, Utf16AndBinaryAreRefusedWithAdvice) {
  const TempFolder folder;
  write(folder / "utf16.csv", std::string("\xFF\xFE\x00\x67,\0a\0", 8));
  write(folder / "binary.csv", std::string("\xFF\xFE\xFF\xFF broken"));
  write(folder / "noise.csv", std::string("\x01\x85\xFF\x9F,\x90\xFD\n\x81,\xFF\n"));
  for (const char* name : {"utf16.csv", "binary.csv", "noise.csv"}) {
    const Reading reading = read(tableImporter(), folder / name);
    ASSERT_TRUE(reading.error) << name;
    EXPECT_THAT(reading.error->text(), HasSubstr(name));
    EXPECT_FALSE(reading.error->advice.empty());
  }
}

TEST(BadTable, AMillionCellsInARowAreNotKept) {
  const TempFolder folder;
  write(folder / "r.csv", good + std::string(900'000, ',') + "\nB9,南橋,1,1,1990\n");
  const Reading reading = read(tableImporter(), folder / "r.csv");
  EXPECT_EQ(reading.got.bridges.size(), 4u) << reading.report();
  EXPECT_EQ(reading.skipped("csv.too_many_cells"), 1u);
}

TEST(BadTable, AnEmptyFileAndAFolderAreRefusedBeforeAnyImporterIsAsked) {
  const TempFolder folder;
  write(folder / "r.csv", "");
  EXPECT_EQ(importerFor(folder / "r.csv").error().code, ErrorCode::bad_input);
  EXPECT_EQ(importerFor(folder.path()).error().code, ErrorCode::unreadable);
  EXPECT_EQ(importerFor(folder / "nowhere.csv").error().code, ErrorCode::not_found);
  write(folder / "noise.bin", "no format at all");
  EXPECT_EQ(importerFor(folder / "noise.bin").error().code, ErrorCode::unsupported);
  ASSERT_TRUE(read(tableImporter(), folder / "r.csv").error);
}

}  // namespace
}  // namespace hashimichi::import::tests
