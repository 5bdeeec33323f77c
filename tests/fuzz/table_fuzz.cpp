// Tables: the CSV reader itself, and everything that is read from it (heads, places, registers, inspections, series).
#include "geo/import/tables/csv_reader.h"
#include "tests/fuzz/fuzz_entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hashimichi;
  static const fuzz::FuzzFolder folder;
  const std::string_view text = fuzz::textOf(data, size);
  const std::filesystem::path path = folder.write("any.csv", text);
  Problems problems;
  if (Result<import::CsvReader> reader = import::CsvReader::open(path, {}, problems)) {
    import::CsvRecord record;
    while (reader->next(record, problems)) {
    }
  }
  fuzz::import(import::tableImporter(), "any.csv", text);
  return 0;
}

std::vector<std::string> hashimichi::fuzz::madeSeeds() {
  return {"a,\"b\"\"c\",\"d\ne\"\r\n1;2\t3\r4\n\"never closed,\n", "\xEF\xBB\xBF橋梁名,橋長\n\"", ",,,,\n\n\n\x1A"};
}
