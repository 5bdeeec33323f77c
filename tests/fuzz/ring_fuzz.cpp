// The numbers of a posList, and rings and lines made of them. The first byte chooses the dimension that is stated.
#include "geo/import/citygml/ring_parser.h"
#include "tests/fuzz/fuzz_entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hashimichi;
  using namespace hashimichi::import::citygml;
  if (size == 0) return 0;
  const std::string_view text = fuzz::textOf(data + 1, size - 1);
  std::vector<double> numbers;
  (void)parseNumbers(text, numbers);

  NameTable names;
  Namespaces namespaces(names);
  namespaces.bind("gml", "http://www.opengis.net/gml", 0);
  FeatureTree tree(names);
  tree.start(namespaces.element("gml:LinearRing"), {}, 1);
  tree.start(namespaces.element("gml:posList"), {}, 2);
  tree.text(text);
  tree.end();
  tree.end();
  const std::optional<int> dimension = data[0] < 2 ? std::optional<int>() : std::optional<int>(data[0] % 8);
  RingFault fault;
  (void)parseRing(tree, tree.root(), dimension, fault);
  (void)parseLine(tree, tree.root(), dimension, fault);
  return 0;
}

std::vector<std::string> hashimichi::fuzz::madeSeeds() {
  return {
      std::string("\0", 1) + "37.4 138.7 1.5 37.5 138.7 1.5 37.5 138.8 1.5 37.4 138.7 1.5",
      std::string("\2") + "0 0 0 10 10 10 10 0 0 0",
      std::string("\3") +
          "+1e3 -2.5E-3 .5 1. 007 0.000000001 123456789012345678901234567890 1e308 1e309 1e-400 4.9e-324",
      std::string("\3") + "nan inf -inf 0x10 1,5 1e 1e+ - + . 1..2",
      std::string("\7") + "\t\r\n 9007199254740993 0.1 36.123456789012345 139.98765432109876 -9999 0",
  };
}
