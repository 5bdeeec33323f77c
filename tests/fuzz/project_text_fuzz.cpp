// The texts in a project's tables, which may have been edited in another program: attributes, lists, counts, kinds,
// appearances; and the words that choose what is read.
#include "geo/import/selection.h"
#include "geo/import/zip_archive.h"
#include "geo/project/appearance_blob.h"
#include "geo/project/json_text.h"
#include "tests/fuzz/fuzz_entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hashimichi;
  const std::string_view text = fuzz::textOf(data, size);
  (void)project::jsonFromAttributes(project::attributesFromJson(text));
  (void)project::jsonFromTexts(project::textsFromJson(text));
  (void)project::jsonFromCounts(project::countsFromJson(text));
  (void)project::jsonFromClassCounts(project::classCountsFromJson(text));
  (void)project::jsonFromLods(project::lodsFromJson(text));
  if (const auto appearance = project::appearanceFromBlob(text)) (void)project::blobFromAppearance(*appearance);
  (void)import::rectangleFrom(text);
  (void)import::squaresFrom(text);
  (void)import::lodsFrom(text);
  (void)import::unwantedByName({{{{138, 37, 0}, {139, 37, 0}, {139, 38, 0}}}, {"Road"}, {}}, std::string(text));
  (void)import::escapesFolder(text);
  std::vector<model::Surface> surfaces(20);
  project::applyKinds(text, surfaces);
  (void)project::textFromKinds(surfaces);
  return 0;
}

std::vector<std::string> hashimichi::fuzz::madeSeeds() {
  return {
      R"({"bldg:usage": {"value": "422", "type": "code", "label": "文教厚生施設", "group": "3"}, "a": "b", "a": 2})",
      R"(["one", "two", 3, null])",
      R"({"Building": 25, "Road": 18446744073709551615, "x": -1})",
      R"({"2": 120, "6": 44, "255": 1, "256": 1, "x": 1})",
      "ground:1 wall:14 roof:2",
      "ground:99999999999999999999 wall:-1 :3 roof",
      std::string(300, '['),
      R"({"Building/2": 25, "Road/x": 1, "/": 2})",
      std::string("\1\0\0\0\7\0\0\0\2\0\0\0\0\0\0\0", 16),
      "138.84,37.44,138.86,37.46",
      "53394525,53394526",
      "53394525_bldg_6697_op.gml",
      "a/../../b"};
}
