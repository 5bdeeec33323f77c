// Meshes of GSI's elevation model: our reader on Expat, whole and in two pieces.
#include "geo/core/text.h"
#include "geo/import/terrain/fgd_dem.h"
#include "tests/fuzz/fuzz_entry.h"
#include "tests/geo/import/fgd_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hashimichi;
  const std::string_view text = fuzz::textOf(data, size);
  for (const auto wish : {import::FgdDemParser::Wish::everything, import::FgdDemParser::Wish::place}) {
    import::FgdDemParser parser(wish);
    Problems problems;
    if (parser.feed(text.substr(0, size / 2), false)) (void)parser.feed(text.substr(size / 2), true);
    (void)parser.finish("any.xml", problems);
  }
  (void)import::isFgdDem(text);
  return 0;
}

std::vector<std::string> hashimichi::fuzz::madeSeeds() {
  using tests::FgdText;
  std::vector<std::string> seeds{FgdText{}.text()};
  FgdText later;
  later.start = "1 0", later.tuples = "地表面,5\n";
  seeds.push_back(later.text());
  FgdText old;
  old.encoding = "Shift_JIS", old.srs = "fguuid:jgd2000.bl";
  seeds.push_back(*cp932FromUtf8(old.text()));
  return seeds;
}
