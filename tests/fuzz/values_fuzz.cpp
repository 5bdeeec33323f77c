// What single cells mean: numbers, days of Japanese eras, moments, degrees, yes and no, classes of routes.
#include "geo/core/date_time.h"
#include "geo/core/text.h"
#include "geo/import/values.h"
#include "tests/fuzz/fuzz_entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hashimichi;
  const std::string_view text = fuzz::textOf(data, size);
  if (const auto date = parseJapaneseDate(text)) (void)formatDate(*date), (void)fiscalYear(*date);
  if (const auto instant = parseInstant(text)) (void)formatInstant(*instant), (void)formatJst(*instant);
  (void)parseNumber(text);
  (void)import::yesNoFrom(text);
  (void)import::emergencyRouteFrom(text);
  (void)import::degreesFrom(text);
  (void)import::yearFrom(text);
  (void)import::amountFrom(text, 0.01);
  (void)import::isBlankCell(text);
  return 0;
}

std::vector<std::string> hashimichi::fuzz::madeSeeds() {
  return {"昭和58年10月5日",
          "S58.10.5",
          "令和元年",
          "平成３１年４月３０日",
          "2019年3月",
          "20190301",
          "0001-01-01",
          "2026-01-15T04:00+09:00",
          "2026-01-15T24:00:00Z",
          "2026/1/15 4:00",
          "9223372036854775807",
          "1,234.5",
          "－１２．５",
          "1e309",
          "37°26'46.7\"",
          "37度26分46.7秒",
          "N37-26-46.7",
          "第一次緊急輸送道路",
          "あり",
          "×",
          "欠測"};
}
