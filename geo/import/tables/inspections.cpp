#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "geo/core/text.h"
#include "geo/import/tables/table_places.h"
#include "geo/import/tables/table_readers.h"
#include "geo/import/values.h"

namespace hashimichi::import {
namespace {

/// Rows of one bridge and day in the order of the table.
class InspectionBook {
 public:
  InspectionRecord& at(const std::string& bridge_id, Date date, int fiscal_year) {
    const auto [entry, is_new] = index_.try_emplace({bridge_id, {date, fiscal_year}}, records_.size());
    if (is_new) {
      records_.push_back({bridge_id, {}, {}});
      records_.back().inspection.date = date;
      records_.back().inspection.fiscal_year = fiscal_year;
    }
    return records_[entry->second];
  }
  std::vector<InspectionRecord>& records() { return records_; }

 private:
  std::map<std::pair<std::string, std::pair<Date, int>>, std::size_t> index_;
  std::vector<InspectionRecord> records_;
};

/// "疲労、塩害" → two events.
std::vector<std::string> eventsOf(std::string text) {
  for (const char* separator : {"、", "，", "・", "／", "/", ";", "；"})
    for (std::size_t at; (at = text.find(separator)) != std::string::npos;)
      text.replace(at, std::string_view(separator).size(), ",");
  std::vector<std::string> events;
  for (const std::string_view part : split(text, ',')) {
    const std::string event(trim(part));
    if (!isBlankCell(event) && event != "なし" && event != "無") events.push_back(event);
  }
  return events;
}

/// One row while it is taken apart.
struct InspectionRow {
  const CellReader& cells;
  const Table& table;
  TablePlaces& places;
  Context& context;
};

assets::Soundness soundnessAt(const InspectionRow& row, std::string_view meaning) {
  const std::string text = row.cells.text(meaning);
  const assets::Soundness soundness = assets::soundnessFrom(text);
  const std::string level = normalizeWidth(text);
  const bool says_none = text.empty() || level == "91" || level == "92" || level.find("未") != std::string::npos ||
                         level.find("対象外") != std::string::npos;
  if (soundness == assets::Soundness::unknown && !says_none)
    row.cells.reject(meaning, "is no grade of soundness (I, II, III, IV)");
  return soundness;
}

void takeMember(const InspectionRow& row, assets::Inspection& inspection) {
  const assets::Soundness soundness = soundnessAt(row, "member_soundness");
  const std::string measure = row.cells.text("measure");
  const std::string member = row.cells.text("member");
  if (member.empty() || (soundness == assets::Soundness::unknown && measure.empty())) return;
  auto& members = inspection.members;
  const auto known =
      std::find_if(members.begin(), members.end(), [&](const assets::MemberGrade& m) { return m.member == member; });
  if (known == members.end()) {
    members.push_back({member, soundness, measure});
    return;
  }
  // Several defects of one member: its worst grade counts.
  if (soundness > known->soundness) known->soundness = soundness, known->measure = measure;
}

char gradeOf(const InspectionRow& row) {
  const std::string cell = toLower(normalizeWidth(row.cells.text("defect_grade")));
  if (cell.empty()) return 0;
  if (cell.size() == 1 && cell[0] >= 'a' && cell[0] <= 'e') return cell[0];
  row.cells.reject("defect_grade", "is no degree of damage (a to e)");
  return 0;
}

/// A defect is drawn where it is, so a place without a height is none.
std::optional<Vec3d> defectPlace(const InspectionRow& row) {
  std::optional<Vec3d> place = row.places.of(row.cells);
  if (!place) return std::nullopt;
  const std::optional<double> height = row.cells.number("height");
  if (!height) {
    row.context.problems.skip(row.table.file(), row.cells.place(), "defect.no_height",
                              "The defect's place has no height; it is listed with its bridge only.");
    return std::nullopt;
  }
  place->z = *height;
  return place;
}

void takeDefect(const InspectionRow& row, assets::Inspection& inspection) {
  assets::Defect defect;
  defect.type = row.cells.text("defect_type");
  if (defect.type.empty()) return;
  defect.member = row.cells.text("member");
  defect.grade = gradeOf(row);
  defect.size_mm = row.cells.amount("defect_size");
  defect.position = defectPlace(row);
  defect.note = row.cells.text("note");
  inspection.defects.push_back(std::move(defect));
}

/// Facts of the whole inspection, repeated on each of its rows.
void takeWhole(const InspectionRow& row, InspectionRecord& record) {
  assets::Inspection& inspection = record.inspection;
  const assets::Soundness soundness = soundnessAt(row, "soundness");
  if (soundness != assets::Soundness::unknown && inspection.soundness != assets::Soundness::unknown &&
      soundness != inspection.soundness)
    row.context.problems.assume(row.table.file(), row.cells.place(), "inspection.conflict",
                                fmt::format("Rows of one inspection say {} and {}; the worse one was taken.",
                                            toString(inspection.soundness), toString(soundness)));
  inspection.soundness = std::max(inspection.soundness, soundness);
  const assets::MeasureStatus status = assets::measureStatusFrom(row.cells.text("status"));
  if (inspection.status == assets::MeasureStatus::unknown) inspection.status = status;
  if (status == assets::MeasureStatus::unknown && !row.cells.text("status").empty())
    row.cells.reject("status", "is no state of a measure (未着手, 着手, 完了, 不要)");
  for (std::string& event : eventsOf(row.cells.text("specific_events")))
    if (std::find(inspection.specific_events.begin(), inspection.specific_events.end(), event) ==
        inspection.specific_events.end())
      inspection.specific_events.push_back(std::move(event));
  if (inspection.note.empty() && row.cells.text("defect_type").empty()) inspection.note = row.cells.text("note");
  inspection.source = row.table.source();
  if (record.place.empty()) record.place = row.cells.place();
}

struct When {
  Date date;
  int fiscal_year = 0;
};

std::optional<When> whenOf(const CellReader& cells) {
  When when;
  if (const std::string text = cells.text("date"); !text.empty()) {
    const std::optional<Date> date = parseJapaneseDate(text);
    if (!date) {
      cells.reject("date", "is no day");
      return std::nullopt;
    }
    when = {*date, fiscalYear(*date)};
  }
  if (const std::optional<int> year = cells.year("fiscal_year")) {
    when.fiscal_year = *year;
    if (when.date.year == 0) when.date = {*year, 0, 0};
  }
  return when.date.year == 0 ? std::nullopt : std::optional(when);
}

}  // namespace

Status readInspections(Table& table, Context& context) {
  const TableHead& head = table.head();
  Result<TablePlaces> places = TablePlaces::create(head.match, table.file(), context);
  if (!places) return places.error();
  RowWatch watch(table, context);
  InspectionBook book;
  for (TableRow row; table.next(row, context.problems);) {
    if (!watch.goOn()) return watch.stopped();
    const CellReader cells(head.match, row.cells, table.file(), row.place(), context.problems);
    const std::string bridge_id = cells.text("bridge_id");
    const std::optional<When> when = whenOf(cells);
    if (bridge_id.empty() || !when) {
      context.problems.skip(table.file(), row.place(), "row.no_id",
                            bridge_id.empty() ? "The row names no bridge; it was not read."
                                              : "The row names no day of inspection; it was not read.");
      continue;
    }
    InspectionRecord& record = book.at(bridge_id, when->date, when->fiscal_year);
    const InspectionRow taken{cells, table, *places, context};
    takeWhole(taken, record);
    takeMember(taken, record.inspection);
    takeDefect(taken, record.inspection);
  }
  for (InspectionRecord& record : book.records()) context.sink.add(std::move(record));
  return done();
}

}  // namespace hashimichi::import
