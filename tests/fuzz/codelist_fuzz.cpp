// A code list (GML dictionary) beside a file, and the way to it: the bytes are once the list, once the codeSpace.
#include "geo/import/citygml/codelists.h"
#include "tests/fuzz/fuzz_entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hashimichi;
  static const fuzz::FuzzFolder folder;
  static const std::filesystem::path file = folder.write("udx/bldg/any.gml", "");
  const std::string_view text = fuzz::textOf(data, size);
  folder.write("codelists/any.xml", text);
  Problems problems;
  import::citygml::Codelists lists(file, problems);
  (void)lists.label("../../codelists/any.xml", "01");
  if (size < 1000) (void)lists.label(text, "01");
  return 0;
}

std::vector<std::string> hashimichi::fuzz::madeSeeds() {
  return {"../../codelists/any.xml", "../../../../etc/passwd", "https://www.geospatial.jp/codelists/any.xml"};
}
