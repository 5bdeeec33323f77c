// Heads of columns: taken apart, and matched with every field map that ships. Lines are columns.
#include <array>

#include "geo/import/field_map.h"
#include "tests/fuzz/fuzz_entry.h"

namespace {

std::vector<hashimichi::import::FieldMap> shippedMaps() {
  std::vector<hashimichi::import::FieldMap> maps;
  for (const auto& entry : std::filesystem::directory_iterator(HASHIMICHI_SOURCE_DIR "/datasets/field_maps"))
    if (auto map = hashimichi::import::FieldMap::load(entry.path().stem().string())) maps.push_back(std::move(*map));
  return maps;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hashimichi;
  static const std::vector<import::FieldMap> maps = shippedMaps();
  std::vector<std::string> heads;
  for (const std::string_view line : split(fuzz::textOf(data, size), '\n')) heads.emplace_back(line);
  for (const std::string& head : heads) (void)import::normalizeHead(head);
  for (const import::FieldMap& map : maps)
    for (const std::optional<Encoding> dbf : {std::optional<Encoding>(), std::optional(Encoding::cp932)})
      (void)map.tellingMatches(map.match(heads, dbf));
  return 0;
}

std::vector<std::string> hashimichi::fuzz::madeSeeds() {
  return {"橋梁名\n橋長（ｍ）\n架設年次\n緯度\n経度", "bridge_id\nlength (cm)\nlat\nlon",
          "緊急輸送道\n幅員[m]\n(\n）\n　"};
}
