// The texts in a project's tables, which may have been edited in another program: attributes, lists, counts, kinds.
#include "geo/project/json_text.h"
#include "tests/fuzz/fuzz_entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hashimichi;
  const std::string_view text = fuzz::textOf(data, size);
  (void)project::jsonFromAttributes(project::attributesFromJson(text));
  (void)project::jsonFromTexts(project::textsFromJson(text));
  (void)project::jsonFromCounts(project::countsFromJson(text));
  (void)project::jsonFromClassCounts(project::classCountsFromJson(text));
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
      std::string(300, '[')};
}
