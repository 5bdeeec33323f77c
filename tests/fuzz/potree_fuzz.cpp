// Potree 2: metadata.json (up to the first zero byte), hierarchy.bin (the rest), and a node decoded from the same
// bytes.
#include <algorithm>

#include "geo/points/potree_parts.h"
#include "tests/fuzz/fuzz_entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hashimichi;
  const std::string_view text = fuzz::textOf(data, size);
  const std::size_t end = std::min(text.find('\0'), text.size());
  const auto metadata = points::parsePotreeMetadata(text.substr(0, end), "metadata.json");
  if (!metadata) return 0;
  Problems problems;
  const std::span<const unsigned char> rest{data + end, size - end};
  (void)points::parsePotreeHierarchy(rest, *metadata, 1u << 20, "hierarchy.bin", problems);
  const std::vector<unsigned char> node(rest.begin(), rest.end());
  for (const std::uint32_t count : {1u, 2u, 100u}) (void)points::decodePotreeNode(node, count, *metadata, "octree.bin");
  return 0;
}

std::vector<std::string> hashimichi::fuzz::madeSeeds() {
  const std::string metadata = R"({"version":"2.0","points":2,"projection":"EPSG:6676",
    "hierarchy":{"firstChunkSize":44,"stepSize":4,"depth":1},"offset":[0,0,0],"scale":[0.001,0.001,0.001],"spacing":1,
    "boundingBox":{"min":[0,0,0],"max":[1,1,1]},"encoding":"DEFAULT","attributes":[
    {"name":"position","size":12,"numElements":3,"elementSize":4,"type":"int32","min":[0,0,0],"max":[1,1,1]},
    {"name":"classification","size":1,"numElements":1,"elementSize":1,"type":"uint8","min":[0],"max":[255]}]})";
  std::string hierarchy(44, '\0');
  hierarchy[1] = 1, hierarchy[2] = 1, hierarchy[14] = 13;
  hierarchy[22] = 1, hierarchy[24] = 1, hierarchy[28] = 13, hierarchy[36] = 13;
  std::string brotli = metadata, proxy = hierarchy;
  brotli.replace(brotli.find("DEFAULT"), 7, "BROTLI");
  proxy[22] = 2, proxy[28] = 0, proxy[36] = 44;  // back to the first chunk: a circle
  return {metadata + hierarchy, brotli + hierarchy, metadata + proxy, metadata};
}
