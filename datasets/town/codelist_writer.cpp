// The part of the PLATEAU code lists that the files of the town name.
#include <fmt/format.h>

#include <initializer_list>

#include "datasets/town/town_parts.h"
#include "geo/core/file.h"

namespace hashimichi::datasets {
namespace {

struct Entry {
  const char *code, *text;
};
struct CodeList {
  const char* name;
  std::initializer_list<Entry> entries;
};

const CodeList lists[] = {
    {"Building_class",
     {{"3001", "普通建物"},
      {"3002", "堅ろう建物"},
      {"3003", "普通無壁舎"},
      {"3004", "堅ろう無壁舎"},
      {"3000", "分類しない建物"},
      {"9999", "不明"}}},
    {"Building_usage",
     {{"401", "業務施設"},
      {"402", "商業施設"},
      {"403", "宿泊施設"},
      {"404", "商業系複合施設"},
      {"411", "住宅"},
      {"412", "共同住宅"},
      {"413", "店舗等併用住宅"},
      {"414", "店舗等併用共同住宅"},
      {"415", "作業所併用住宅"},
      {"421", "官公庁施設"},
      {"422", "文教厚生施設"},
      {"431", "運輸倉庫施設"},
      {"441", "工場"},
      {"451", "農林漁業用施設"},
      {"452", "供給処理施設"},
      {"453", "防衛施設"},
      {"454", "その他"},
      {"461", "不明"}}},
    {"TransportationComplex_class",
     {{"1020", "徒歩道等"},
      {"1040", "道路"},
      {"1060", "鉄道"},
      {"1070", "水路"},
      {"1080", "地下鉄"},
      {"1090", "その他"}}},
    {"Road_function",
     {{"1", "高速自動車国道"},
      {"2", "一般国道"},
      {"3", "都道府県道"},
      {"4", "市町村道"},
      {"9000", "未調査"},
      {"9010", "対象外"},
      {"9020", "不明"}}},
    {"Road_usage",
     {{"1", "緊急輸送道路（第一次緊急輸送道路）"},
      {"2", "緊急輸送道路（第二次緊急輸送道路）"},
      {"3", "緊急輸送道路（第三次緊急輸送道路）"},
      {"4", "緊急輸送道路（未指定）"},
      {"5", "避難路／避難道路"}}},
    {"RoadStructureAttribute_widthType",
     {{"1", "15m以上"}, {"2", "6m以上15m未満"}, {"3", "4m以上6m未満"}, {"4", "4m未満"}}},
    {"RoadStructureAttribute_sectionType",
     {{"1", "土工区間・通常区間"},
      {"2", "高架橋"},
      {"3", "橋梁"},
      {"4", "交差部"},
      {"5", "アンダーパス"},
      {"6", "トンネル"}}},
    {"Bridge_class",
     {{"01", "桁橋"}, {"02", "トラス橋"}, {"03", "アーチ橋"}, {"04", "ラーメン橋"}, {"05", "吊橋"}, {"06", "斜張橋"}}},
    {"Bridge_function",
     {{"01", "道路橋"},
      {"02", "鉄道橋"},
      {"03", "水路橋"},
      {"04", "ケーブル橋"},
      {"05", "橋側歩道橋"},
      {"06", "運河橋"},
      {"07", "横断歩道橋"},
      {"08", "ペデストリアンデッキ"}}},
    {"BridgeConstructionElement_function",
     {{"01", "橋脚"},
      {"02", "橋台"},
      {"03", "トラス"},
      {"04", "アーチ"},
      {"05", "吊材"},
      {"06", "パイロン"},
      {"07", "ケーブル"}}},
    {"BridgeInstallation_function",
     {{"01", "支承"},
      {"02", "落橋防止装置"},
      {"03", "伸縮装置"},
      {"04", "排水施設"},
      {"05", "高欄"},
      {"06", "防護柵"},
      {"90", "その他"}}},
    {"BridgeStructureAttribute_bridgeType", {{"01", "橋"}, {"02", "高架橋"}, {"03", "桟道橋"}}},
    {"BridgeStructureAttribute_material",
     {{"01", "鋼溶接橋"},
      {"02", "鋼（鉄）リベット橋"},
      {"03", "RC橋"},
      {"04", "PC橋"},
      {"05", "SRC橋"},
      {"06", "石橋"},
      {"07", "木橋"},
      {"08", "H型鋼橋"},
      {"90", "その他"}}},
    {"ConstructionBaseAttribute_adminType",
     {{"6", "都道府県（道路管理者）"}, {"12", "市区町村（道路管理者）"}, {"13", "市区町村（その他）"}, {"14", "民間"}}},
    {"ConstructionRiskAssessmentAttribute_riskType",
     {{"01", "判定区分Ⅰ（健全）"},
      {"02", "判定区分Ⅱ（予防保全段階）"},
      {"03", "判定区分Ⅲ（早期措置段階）"},
      {"04", "判定区分Ⅳ（緊急措置段階）"},
      {"91", "未点検"},
      {"92", "点検対象外"}}},
    {"ConstructionRiskAssessmentAttribute_status",
     {{"01", "予防保全段階"}, {"02", "措置完了済み"}, {"03", "措置着手済み"}, {"04", "措置未着手"}}},
};

}  // namespace

Status writeCodeLists(const std::filesystem::path& folder) {
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  for (const CodeList& list : lists) {
    std::string xml = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gml:Dictionary xmlns:gml=\"http://www.opengis.net/gml\" "
        "gml:id=\"cl_{0}\">\n<gml:name>{0}</gml:name>\n",
        list.name);
    int number = 0;
    for (const Entry& entry : list.entries)
      xml += fmt::format(
          "<gml:dictionaryEntry><gml:Definition "
          "gml:id=\"{}_{}\"><gml:description>{}</gml:description><gml:name>{}</gml:name></gml:Definition></"
          "gml:dictionaryEntry>\n",
          list.name, ++number, entry.text, entry.code);
    xml += "</gml:Dictionary>\n";
    if (Status status = writeFile(folder / (std::string(list.name) + ".xml"), xml); !status) return status;
  }
  return done();
}

}  // namespace hashimichi::datasets
