#include "geo/assets/nbi.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <fstream>
#include <functional>
#include <map>

#include "geo/core/file.h"
#include "geo/core/text.h"

namespace hashimichi::assets {
namespace {

constexpr std::size_t fixed_places = 432, longest_line = 1u << 16, least_columns = 60;
constexpr double unlimited_clearance_m = 99.99;

/// Where an item stands in a fixed-width record (first place from 1, number of places) and how many of its digits are
/// decimals there.
struct FixedPlace {
  std::size_t first, count;
  int decimals;
};

enum class Value { text, whole, decimal, rating };

struct Item {
  const char* head;  ///< of the delimited files
  FixedPlace place;
  Value value;
};

/// Item names are keys of the assignments below.
const std::map<std::string_view, Item>& items() {
  static const std::map<std::string_view, Item> all{
      {"structure", {"STRUCTURE_NUMBER_008", {4, 15, 0}, Value::text}},
      {"feature", {"FEATURES_DESC_006A", {38, 24, 0}, Value::text}},
      {"facility", {"FACILITY_CARRIED_007", {63, 18, 0}, Value::text}},
      {"location", {"LOCATION_009", {81, 25, 0}, Value::text}},
      {"latitude", {"LAT_016", {130, 8, 0}, Value::text}},
      {"longitude", {"LONG_017", {138, 9, 0}, Value::text}},
      {"detour", {"DETOUR_KILOS_019", {147, 3, 0}, Value::decimal}},
      {"owner", {"OWNER_022", {153, 2, 0}, Value::text}},
      {"built", {"YEAR_BUILT_027", {157, 4, 0}, Value::whole}},
      {"lanes_on", {"TRAFFIC_LANES_ON_028A", {161, 2, 0}, Value::whole}},
      {"lanes_under", {"TRAFFIC_LANES_UND_028B", {163, 2, 0}, Value::whole}},
      {"adt", {"ADT_029", {165, 6, 0}, Value::whole}},
      {"year_adt", {"YEAR_ADT_030", {171, 4, 0}, Value::whole}},
      {"approach_width", {"APPR_WIDTH_MT_032", {176, 4, 1}, Value::decimal}},
      {"status", {"OPEN_CLOSED_POSTED_041", {199, 1, 0}, Value::text}},
      {"kind", {"STRUCTURE_KIND_043A", {202, 1, 0}, Value::whole}},
      {"type", {"STRUCTURE_TYPE_043B", {203, 2, 0}, Value::whole}},
      {"span", {"MAX_SPAN_LEN_MT_048", {218, 5, 1}, Value::decimal}},
      {"length", {"STRUCTURE_LEN_MT_049", {223, 6, 1}, Value::decimal}},
      {"roadway", {"ROADWAY_WIDTH_MT_051", {235, 4, 1}, Value::decimal}},
      {"deck_width", {"DECK_WIDTH_MT_052", {239, 4, 1}, Value::decimal}},
      {"clearance", {"VERT_CLR_OVER_MT_053", {243, 4, 2}, Value::decimal}},
      {"deck", {"DECK_COND_058", {259, 1, 0}, Value::rating}},
      {"superstructure", {"SUPERSTRUCTURE_COND_059", {260, 1, 0}, Value::rating}},
      {"substructure", {"SUBSTRUCTURE_COND_060", {261, 1, 0}, Value::rating}},
      {"channel", {"CHANNEL_COND_061", {262, 1, 0}, Value::rating}},
      {"culvert", {"CULVERT_COND_062", {263, 1, 0}, Value::rating}},
      {"inventory", {"INVENTORY_RATING_066", {269, 3, 1}, Value::decimal}},
      {"structural", {"STRUCTURAL_EVAL_067", {272, 1, 0}, Value::rating}},
      {"deck_geometry", {"DECK_GEOMETRY_EVAL_068", {273, 1, 0}, Value::rating}},
      {"underclearance", {"UNDCLRENCE_EVAL_069", {274, 1, 0}, Value::rating}},
      {"waterway", {"WATERWAY_EVAL_071", {276, 1, 0}, Value::rating}},
      {"approach", {"APPR_ROAD_EVAL_072", {277, 1, 0}, Value::rating}},
      {"inspected", {"DATE_OF_INSPECT_090", {287, 4, 0}, Value::text}},
      {"every", {"INSPECT_FREQ_MONTHS_091", {291, 2, 0}, Value::whole}},
      {"strahnet", {"STRAHNET_HIGHWAY_100", {356, 1, 0}, Value::text}},
      {"scour", {"SCOUR_CRITICAL_113", {375, 1, 0}, Value::rating}},
      {"safety_a", {"RAILINGS_036A", {184, 1, 0}, Value::text}},
      {"safety_b", {"TRANSITIONS_036B", {185, 1, 0}, Value::text}},
      {"safety_c", {"APPR_RAIL_036C", {186, 1, 0}, Value::text}},
      {"safety_d", {"APPR_RAIL_END_036D", {187, 1, 0}, Value::text}}};
  return all;
}

std::optional<double> numberOf(std::string_view text) {
  text = trim(text);
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

/// A record's texts by item, from either form.
class Row {
 public:
  using Find = std::function<std::string_view(const Item&)>;
  Row(Find find, bool fixed, std::function<void(std::string_view item, std::string_view text)> odd)
      : find_(std::move(find)), fixed_(fixed), odd_(std::move(odd)) {}

  std::string_view text(std::string_view name) const { return trim(find_(items().at(name))); }

  std::optional<double> decimal(std::string_view name) const {
    const Item& item = items().at(name);
    const std::string_view words = text(name);
    if (words.empty() || words == "N") return std::nullopt;
    const std::optional<double> value = numberOf(words);
    if (!value || *value < 0) return odd_(name, words), std::nullopt;
    return fixed_ ? *value / std::pow(10, item.place.decimals) : *value;
  }
  std::optional<int> whole(std::string_view name) const {
    const std::optional<double> value = decimal(name);
    if (value && (*value > 1e9 || *value != std::floor(*value))) return odd_(name, text(name)), std::nullopt;
    return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
  }
  std::optional<int> rating(std::string_view name) const {
    const std::string_view words = text(name);
    if (words.empty() || words == "N" || words == "*" || (name == "scour" && (words == "U" || words == "T")))
      return std::nullopt;
    if (words.size() == 1 && words[0] >= '0' && words[0] <= '9') return words[0] - '0';
    return odd_(name, words), std::nullopt;
  }
  void odd(std::string_view name) const { odd_(name, text(name)); }

 private:
  Find find_;
  bool fixed_;
  std::function<void(std::string_view, std::string_view)> odd_;
};

/// Digits that are no angle; zeros mean that nobody looked.
bool isOdd(std::string_view packed) {
  return packed.find_first_not_of("0. ") != std::string_view::npos && !nbiAngle(packed);
}

void takePlace(const Row& row, NbiRecord& record) {
  for (const char* name : {"latitude", "longitude"})
    if (isOdd(row.text(name))) row.odd(name);
  record.latitude_deg = nbiAngle(row.text("latitude"));
  record.longitude_deg = nbiAngle(row.text("longitude"));
  if (record.longitude_deg) *record.longitude_deg *= -1;  // west of Greenwich is implied
  if (record.latitude_deg && *record.latitude_deg > 90) row.odd("latitude"), record.latitude_deg.reset();
  if (record.longitude_deg && *record.longitude_deg < -180) row.odd("longitude"), record.longitude_deg.reset();
  if (!record.latitude_deg || !record.longitude_deg) record.latitude_deg.reset(), record.longitude_deg.reset();
}

/// MMYY, in delimited files without the leading zero. Years beyond 60 are of the last century.
void takeInspection(const Row& row, NbiRecord& record) {
  const std::optional<int> packed = row.whole("inspected");
  if (!packed || *packed == 0) return;
  const int month = *packed / 100, year = *packed % 100;
  if (month < 1 || month > 12) return row.odd("inspected");
  record.inspected_month = month;
  record.inspected_year = year > 60 ? 1900 + year : 2000 + year;
}

NbiRecord recordFrom(const Row& row) {
  NbiRecord record;
  record.structure = std::string(row.text("structure"));
  record.feature = std::string(row.text("feature")), record.facility = std::string(row.text("facility"));
  record.location = std::string(row.text("location")), record.owner = std::string(row.text("owner"));
  record.operational_status = std::string(row.text("status"));
  takePlace(row, record);
  takeInspection(row, record);
  record.year_built = row.whole("built"), record.lanes_on = row.whole("lanes_on"),
  record.lanes_under = row.whole("lanes_under");
  record.adt = row.whole("adt"), record.year_adt = row.whole("year_adt"), record.detour_km = row.decimal("detour");
  record.length_m = row.decimal("length"), record.longest_span_m = row.decimal("span");
  record.roadway_width_m = row.decimal("roadway"), record.deck_width_m = row.decimal("deck_width");
  record.approach_width_m = row.decimal("approach_width");
  record.clearance_over_m = row.decimal("clearance");
  if (record.clearance_over_m && *record.clearance_over_m >= unlimited_clearance_m)
    record.clearance_over_m = unlimited_clearance_m;
  record.kind = row.whole("kind"), record.type = row.whole("type");
  record.deck = row.rating("deck"), record.superstructure = row.rating("superstructure");
  record.substructure = row.rating("substructure"), record.channel = row.rating("channel"),
  record.culvert = row.rating("culvert");
  record.inventory_rating_t = row.decimal("inventory");
  record.structural = row.rating("structural"), record.deck_geometry = row.rating("deck_geometry");
  record.underclearance = row.rating("underclearance"), record.waterway = row.rating("waterway");
  record.approach = row.rating("approach"), record.scour = row.rating("scour");
  for (const char* name : {"safety_a", "safety_b", "safety_c", "safety_d"}) {
    const std::string_view place = row.text(name);
    record.traffic_safety += place.empty() ? ' ' : place[0];
  }
  const std::string_view strahnet = row.text("strahnet");
  record.strahnet = !strahnet.empty() && strahnet != "0";
  record.inspected_every_months = row.whole("every");
  return record;
}

/// Lines of a file, one at a time; a line beyond the limit is cut.
class Lines {
 public:
  explicit Lines(const std::filesystem::path& path) : stream_(path, std::ios::binary) {}
  bool next(std::string& line) {
    line.clear();
    for (int c = stream_.get(); c != std::char_traits<char>::eof(); c = stream_.get()) {
      if (c == '\n') return ++number_, true;
      if (c != '\r' && line.size() < longest_line) line.push_back(static_cast<char>(c));
    }
    return line.empty() ? false : (++number_, true);
  }
  int number() const { return number_; }
  bool opened() const { return stream_.is_open(); }

 private:
  std::ifstream stream_;
  int number_ = 0;
};

/// The column of each item in a delimited file, by its head.
std::map<const Item*, std::size_t> columnsOf(std::string_view head_line) {
  std::map<std::string_view, std::size_t> by_head;
  const std::vector<std::string_view> heads = nbiCells(head_line);
  for (std::size_t k = 0; k < heads.size(); ++k) by_head.emplace(trim(heads[k]), k);
  std::map<const Item*, std::size_t> columns;
  for (const auto& [name, item] : items())
    if (const auto found = by_head.find(item.head); found != by_head.end()) columns[&item] = found->second;
  return columns;
}

}  // namespace

std::vector<std::string_view> nbiCells(std::string_view line) {
  std::vector<std::string_view> cells;
  std::size_t begin = 0;
  while (true) {
    if (begin < line.size() && line[begin] == '\'') {
      // The text ends at an apostrophe before a comma or the end; others are foot marks.
      std::size_t end = begin + 1;
      while (end < line.size() && !(line[end] == '\'' && (end + 1 == line.size() || line[end + 1] == ','))) ++end;
      if (end < line.size()) {
        cells.push_back(line.substr(begin + 1, end - begin - 1));
        if (end + 1 >= line.size()) return cells;
        begin = end + 2;
        continue;
      }
    }
    const std::size_t comma = line.find(',', begin);
    cells.push_back(line.substr(begin, comma == std::string_view::npos ? std::string_view::npos : comma - begin));
    if (comma == std::string_view::npos) return cells;
    begin = comma + 1;
  }
}

std::optional<double> nbiAngle(std::string_view packed) {
  packed = trim(packed);
  std::string digits(packed);
  if (const std::size_t point = digits.find('.');
      point != std::string::npos) {  // "643659.8": tenths or hundredths written out
    digits.erase(point, 1);
    if (packed.size() - point - 1 > 2) return std::nullopt;
    digits.append(2 - (packed.size() - point - 1), '0');
  }
  if (digits.size() < 7 || digits.size() > 9) return std::nullopt;
  std::int64_t value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size() || value <= 0) return std::nullopt;
  const double seconds = static_cast<double>(value % 10000) / 100;
  const auto minutes = static_cast<double>(value / 10000 % 100), degrees = static_cast<double>(value / 1000000);
  if (seconds > 60 || minutes >= 60) return std::nullopt;  // 60.00 is a rounded 59.999
  return degrees + minutes / 60 + seconds / 3600;
}

Result<std::vector<NbiRecord>> readNbi(const std::filesystem::path& path, Problems& problems, Progress& progress) {
  const std::string file = toUtf8(path);
  if (const Result<std::string> head = readHead(path, 1); !head) return head.error();
  Lines lines(path);
  std::string line;
  if (!lines.opened() || !lines.next(line))
    return Error{ErrorCode::unreadable, file, "The file is empty or cannot be read.", {}};
  const bool delimited = line.find("STRUCTURE_NUMBER_008") != std::string::npos;
  if (!delimited && line.size() < fixed_places)
    return Error{ErrorCode::unsupported, file,
                 "The first line is neither the heads nor a fixed-width record of the National Bridge Inventory.",
                 "Give a delimited or fixed-width file as the FHWA publishes them."};
  const std::map<const Item*, std::size_t> columns = delimited ? columnsOf(line) : std::map<const Item*, std::size_t>();
  const std::size_t width = delimited ? nbiCells(line).size() : 0;
  if (delimited && width < least_columns)
    return Error{ErrorCode::unsupported, file, fmt::format("The head line has only {} columns.", width), {}};
  std::vector<NbiRecord> records;
  for (bool more = delimited ? lines.next(line) : true; more; more = lines.next(line)) {
    if (lines.number() % 4096 == 0) {
      if (progress.cancelled()) return Error{ErrorCode::cancelled, file, "Cancelled.", {}};
      progress.report(-1, file);
    }
    if (trim(line).empty()) continue;
    const std::string place = fmt::format("line {}", lines.number());
    const std::vector<std::string_view> cells = delimited ? nbiCells(line) : std::vector<std::string_view>();
    if (delimited ? cells.size() != width : line.size() < fixed_places) {
      problems.skip(file, place, "nbi.columns",
                    delimited ? fmt::format("The record has {} columns instead of {}.", cells.size(), width)
                              : fmt::format("The record has {} places, {} are needed.", line.size(), fixed_places));
      continue;
    }
    const auto find = [&](const Item& item) -> std::string_view {
      if (!delimited) return std::string_view(line).substr(item.place.first - 1, item.place.count);
      const auto column = columns.find(&item);
      return column == columns.end() ? std::string_view() : cells[column->second];
    };
    const auto odd = [&](std::string_view item, std::string_view text) {
      problems.skip(file, place, "nbi.value",
                    fmt::format("{} cannot be \"{}\"; it is left unknown.", items().at(item).head, text.substr(0, 40)));
    };
    records.push_back(recordFrom(Row(find, !delimited, odd)));
  }
  return records;
}

}  // namespace hashimichi::assets
