#include "geo/points/text_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <optional>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/points/point_columns.h"
#include "geo/points/point_rows.h"

namespace hashimichi::points {
namespace {

/// Rows between two marks at which a thread can begin.
constexpr std::uint64_t rows_per_mark = 1u << 16;
constexpr std::size_t head_bytes = 64u << 10;
constexpr int most_decimals = 6, most_decimals_of_degrees = 9;

/// How a file's rows are read; the same for its extent and for its points.
struct Table {
  std::filesystem::path path;
  std::string format;
  std::uint64_t begin = 0;   ///< byte of the first row
  std::uint64_t stated = 0;  ///< rows that the file promises; 0: does not say
  bool binary = false, big_endian = false;
  bool has_others = false;    ///< a PLY file with faces or other elements beside its points
  bool unknown_head = false;  ///< a line of words before the rows that names no coordinates
  std::vector<BinaryColumn> binary_columns;
  std::vector<PointColumn> columns;  ///< empty: to be guessed

  Result<std::unique_ptr<RowReader>> rows(std::uint64_t at) const {
    return binary ? openBinaryRows(path, at, binary_columns, big_endian) : openTextRows(path, at);
  }
};

class RowCursor final : public PointCursor {
 public:
  struct Target {
    std::size_t column;
    Scalar type;
    std::uint32_t at;
    double factor, shift;
  };
  RowCursor(std::unique_ptr<RowReader> rows, std::uint64_t count, const std::vector<PointColumn>& columns,
            const RecordLayout& layout, const Steps& steps)
      : rows_(std::move(rows)), left_(count), bytes_(layout.bytes()), steps_(steps) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].axis >= 0) axis_[static_cast<std::size_t>(columns[i].axis)] = i;
      if (columns[i].axis >= 0 || columns[i].field.name.empty()) continue;
      if (const Field* field = layout.find(columns[i].field.name))
        targets_.push_back({i, field->type,
                            field->offset + static_cast<std::uint32_t>(columns[i].element * bytesOf(field->type)),
                            columns[i].factor, columns[i].shift});
    }
  }

  std::size_t read(std::byte* records, std::size_t limit) override {
    std::size_t done = 0;
    for (; done < limit && left_ > 0 && rows_->next(row_); --left_)
      if (write(records + done * bytes_))
        ++done;
      else
        ++unusable_;
    return done;
  }
  std::uint64_t unusable() const override { return unusable_; }

 private:
  bool write(std::byte* record) const {
    const double scale[]{steps_.scale.x, steps_.scale.y, steps_.scale.z};
    const double offset[]{steps_.offset.x, steps_.offset.y, steps_.offset.z};
    std::int32_t xyz[3];
    for (std::size_t a = 0; a < 3; ++a) {
      if (axis_[a] >= row_.size()) return false;
      const double step = std::round((row_[axis_[a]] - offset[a]) / scale[a]);
      if (!(std::fabs(step) <= 2147483647.0)) return false;
      xyz[a] = static_cast<std::int32_t>(step);
    }
    std::memset(record, 0, bytes_);
    std::memcpy(record, xyz, sizeof(xyz));
    for (const Target& target : targets_)
      if (target.column < row_.size())
        writeScalar(target.type, record + target.at, (row_[target.column] + target.shift) * target.factor);
    return true;
  }

  std::unique_ptr<RowReader> rows_;
  std::uint64_t left_, unusable_ = 0;
  std::uint32_t bytes_;
  Steps steps_;
  std::size_t axis_[3]{};
  std::vector<Target> targets_;
  std::vector<double> row_;
};

class RowSource final : public PointSource {
 public:
  RowSource(Table table, SourceInfo info, std::vector<Piece> marks)
      : table_(std::move(table)), info_(std::move(info)), marks_(std::move(marks)) {}
  const SourceInfo& info() const override { return info_; }
  std::vector<Piece> pieces() const override { return marks_; }
  std::vector<Piece> samples(std::uint64_t wanted) const override {
    std::vector<Piece> pieces = marks_;
    const std::uint64_t each = std::max<std::uint64_t>(64, wanted / pieces.size());
    for (Piece& piece : pieces) piece.count = std::min(piece.count, each);
    return pieces;
  }
  Result<std::unique_ptr<PointCursor>> open(const Piece& piece, const RecordLayout& layout,
                                            const Steps& steps) const override {
    Result<std::unique_ptr<RowReader>> rows = table_.rows(piece.at);
    if (!rows) return rows.error();
    return std::unique_ptr<PointCursor>(
        std::make_unique<RowCursor>(std::move(*rows), piece.count, table_.columns, layout, steps));
  }

 private:
  Table table_;
  SourceInfo info_;
  std::vector<Piece> marks_;
};

/// What one pass over all rows finds.
struct Survey {
  std::vector<ColumnRange> ranges;
  std::vector<Piece> marks;
  std::uint64_t rows = 0;
  int decimals = 0;
};

Result<Survey> surveyRows(const Table& table, std::uint64_t file_bytes, Progress& progress) {
  Result<std::unique_ptr<RowReader>> rows = table.rows(table.begin);
  if (!rows) return rows.error();
  Survey survey;
  std::vector<double> row;
  for (std::uint64_t at = table.begin; table.stated == 0 || survey.rows < table.stated; at = (*rows)->place()) {
    if (!(*rows)->next(row)) break;
    if (survey.rows % rows_per_mark == 0) {
      if (progress.cancelled()) return Error{ErrorCode::cancelled, {}, "Indexing was cancelled; nothing was kept.", {}};
      progress.report(static_cast<double>(at) / static_cast<double>(std::max<std::uint64_t>(1, file_bytes)),
                      "reading text");
      survey.marks.push_back({survey.rows, 0, at});
    }
    ++survey.marks.back().count, ++survey.rows;
    if (row.size() > survey.ranges.size()) survey.ranges.resize(row.size());
    for (std::size_t i = 0; i < row.size(); ++i) survey.ranges[i].add(row[i]);
    survey.decimals = std::max(survey.decimals, (*rows)->decimals());
  }
  return survey;
}

/// Steps as fine as the file's digits (or its binary numbers deserve), as far as 32 bits reach.
Steps stepsOf(const Bounds& bounds, int decimals, bool binary) {
  const bool degrees = std::fabs(bounds.low.x) <= 360 && std::fabs(bounds.high.x) <= 360 &&
                       std::fabs(bounds.low.y) <= 90 && std::fabs(bounds.high.y) <= 90;
  const int most = degrees ? most_decimals_of_degrees : most_decimals;
  const Vec3d size = bounds.size();
  double scale = std::pow(10.0, -std::clamp(binary ? most : decimals, 0, most));
  while (std::max({size.x, size.y, size.z}) / scale > 2e9) scale *= 10;
  return {{scale, scale, scale}, {std::floor(bounds.low.x), std::floor(bounds.low.y), std::floor(bounds.low.z)}};
}

Result<PointSourcePtr> sourceOf(Table table, Problems& problems, Progress& progress) {
  const std::string file = toUtf8(table.path);
  std::error_code ignored;
  const std::uint64_t file_bytes = std::filesystem::file_size(table.path, ignored);
  Result<Survey> survey = surveyRows(table, file_bytes, progress);
  if (!survey) return survey.error();
  if (survey->rows == 0 || survey->ranges.size() < 3)
    return Error{ErrorCode::bad_input, file, "The file holds no points.", "Copy or export it again."};
  const bool guessed = table.columns.empty();
  if (guessed) table.columns = columnsByValue(survey->ranges);
  survey->ranges.resize(table.columns.size());
  const std::string assumed = fitColumns(table.columns, survey->ranges);
  if (guessed || !assumed.empty())
    problems.assume(file, {}, "points.columns",
                    fmt::format("The columns were read as: {}.{}", columnWords(table.columns), assumed),
                    "If that is wrong, write a first line with their names: x y z intensity red green blue …");
  SourceInfo info;
  info.file = file, info.format = table.format, info.bytes = file_bytes;
  Vec3d low, high;
  std::uint64_t numbers = survey->rows;
  info.fields = {standardField(field::position)};
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const PointColumn& column = table.columns[i];
    if (column.axis >= 0) {
      double Vec3d::*const axes[]{&Vec3d::x, &Vec3d::y, &Vec3d::z};
      low.*axes[column.axis] = survey->ranges[i].low, high.*axes[column.axis] = survey->ranges[i].high;
      numbers = std::min(numbers, survey->ranges[i].numbers);
    } else if (!column.field.name.empty() && column.element == 0) {
      info.fields.push_back(column.field);
    }
  }
  if (numbers == 0)
    return Error{ErrorCode::bad_input, file, "No line holds three coordinates.", "Check the file's columns."};
  info.bounds.add(low), info.bounds.add(high);
  info.bounds_exact = true;
  info.steps = stepsOf(info.bounds, survey->decimals, table.binary);
  info.points = survey->rows;
  info.stated = std::max(table.stated, survey->rows);
  return PointSourcePtr(std::make_unique<RowSource>(std::move(table), std::move(info), std::move(survey->marks)));
}

std::optional<std::uint64_t> wholeNumber(std::string_view text) {
  std::uint64_t value = 0;
  text = trim(text);
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<std::string> words(std::string_view line, bool commas) {
  std::vector<std::string> found(1);
  for (const char c : line) {
    const bool blank = c == ' ' || c == '\t' || c == '\r', comma = c == ',' || c == ';';
    if (comma || (blank && !commas && !found.back().empty()))
      found.emplace_back();
    else if (!blank && c != '"')
      found.back() += c;
  }
  if (found.back().empty()) found.pop_back();
  return found;
}

std::optional<Scalar> plyType(std::string_view word) {
  static constexpr std::pair<std::string_view, Scalar> known[]{
      {"char", Scalar::i8},   {"int8", Scalar::i8},     {"uchar", Scalar::u8},   {"uint8", Scalar::u8},
      {"short", Scalar::i16}, {"int16", Scalar::i16},   {"ushort", Scalar::u16}, {"uint16", Scalar::u16},
      {"int", Scalar::i32},   {"int32", Scalar::i32},   {"uint", Scalar::u32},   {"uint32", Scalar::u32},
      {"float", Scalar::f32}, {"float32", Scalar::f32}, {"double", Scalar::f64}, {"float64", Scalar::f64}};
  for (const auto& [name, type] : known)
    if (name == word) return type;
  return std::nullopt;
}

/// The columns of the element "vertex", which must be the first that has rows.
Result<Table> plyTable(const std::filesystem::path& path) {
  const std::string file = toUtf8(path);
  const Result<std::string> head = readHead(path, head_bytes);
  if (!head) return head.error();
  const auto bad = [&](std::string what) {
    return Error{ErrorCode::unreadable, file, std::move(what), "Export it again."};
  };
  const std::size_t end = head->find("end_header");
  const std::size_t line_end = end == std::string::npos ? end : head->find('\n', end);
  if (line_end == std::string::npos) return bad("The PLY header has no end.");
  Table table;
  table.path = path, table.format = "PLY";
  table.begin = line_end + 1;
  std::vector<std::string> names;
  std::vector<Scalar> types;
  bool in_vertex = false, seen = false;
  for (const std::string_view line : split(std::string_view(*head).substr(0, end), '\n')) {
    const std::vector<std::string> word = words(line, false);
    if (word.size() >= 2 && word[0] == "format")
      table.binary = word[1] != "ascii", table.big_endian = word[1] == "binary_big_endian";
    if (word.size() >= 3 && word[0] == "element") {
      in_vertex = word[1] == "vertex";
      const std::uint64_t count = wholeNumber(word[2]).value_or(0);
      if (in_vertex) table.stated = count, seen = true;
      if (!in_vertex && count > 0) table.has_others = true;
      if (!in_vertex && !seen && count > 0)
        return Error{ErrorCode::unsupported, file, "The PLY file has other elements before its points.",
                     "Export it again."};
    }
    if (!in_vertex || word.size() < 3 || word[0] != "property") continue;
    const std::optional<Scalar> type = plyType(word[1]);
    if (!type)
      return Error{ErrorCode::unsupported, file,
                   fmt::format("A point's property is of a kind that is not read (\"{}\").", word[1]),
                   "Export it again."};
    names.push_back(word[2]), types.push_back(*type);
  }
  if (!seen || table.stated == 0)
    return Error{ErrorCode::bad_input, file, "The file holds no points.", "Copy or export it again."};
  if (names.size() > most_columns) return bad("The PLY file has more than 64 properties a point.");
  table.columns = columnsByName(names);
  if (table.columns.empty()) return bad("The PLY file's points have no x, y and z.");
  for (std::size_t i = 0; i < types.size(); ++i) {
    table.binary_columns.push_back({types[i]});
    Field& field = table.columns[i].field;
    if (field.name == names[i] && table.columns[i].axis < 0 && field.type == Scalar::f64) field.type = types[i];
  }
  return table;
}

/// Names or values: the first line that is no comment decides; a lone number before it is the count of a PTS file.
Result<Table> textTable(const std::filesystem::path& path) {
  const Result<std::string> head = readHead(path, head_bytes);
  if (!head) return head.error();
  Table table;
  table.path = path, table.format = "text";
  std::uint64_t at = head->starts_with("\xef\xbb\xbf") ? 3 : 0;
  while (at < head->size()) {
    const std::size_t end = std::min(head->find('\n', at), head->size());
    const std::string_view line = std::string_view(*head).substr(at, end - at);
    const std::string_view text = trim(line);
    const std::uint64_t next = end + 1;
    const bool comment = text.starts_with('#') || text.starts_with("//");
    std::string_view bare = text;
    while (bare.starts_with('#') || bare.starts_with('/')) bare.remove_prefix(1);
    std::vector<double> row;
    int decimals = 0;
    parseRow(text, row, decimals);
    if (!text.empty() && !comment && row.size() == 1 && table.stated == 0 && wholeNumber(text)) {
      table.stated = *wholeNumber(text), table.format = "PTS";
    } else if (!comment && row.size() >= 3 && std::isfinite(row[0]) && std::isfinite(row[1])) {
      table.begin = at;
      return table;
    } else if (!text.empty()) {
      const std::optional<Decoded> decoded = decodeText(bare);
      const bool commas = bare.find_first_of(",;") != std::string_view::npos;
      std::vector<PointColumn> named =
          columnsByName(decoded ? words(decoded->utf8, commas) : std::vector<std::string>());
      if (!named.empty()) {
        table.columns = std::move(named), table.begin = next;
        return table;
      }
      table.unknown_head = table.unknown_head || !comment;
      if (!comment && !std::isfinite(row.empty() ? NAN : row[0]) && row.size() < 3 && table.stated == 0) break;
    }
    at = next;
  }
  return Error{ErrorCode::unsupported, toUtf8(path), "This text holds no lines of coordinates.",
               "A point is a line of three numbers or more: x y z."};
}

/// Whether a table with these heads is a survey: its first three are the coordinates. Places in degrees with columns
/// that no scanner writes (depths, names of stations) are tables of something else.
bool headsOfPoints(const std::vector<PointColumn>& columns) {
  bool degrees = false, others = false;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i < 3 && columns[i].axis < 0) return false;
    const std::string name = toLower(columns[i].name);
    degrees = degrees || name.starts_with("lat") || name.starts_with("lon") || name == "緯度" || name == "経度";
    others = others || (columns[i].axis < 0 && columns[i].field.name == columns[i].name);
  }
  return !(degrees && others);
}

/// The first rows hold nothing but numbers: no names, dates or remarks.
bool onlyNumbers(const std::filesystem::path& path, std::uint64_t begin) {
  constexpr int rows_looked_at = 8;
  Result<std::unique_ptr<RowReader>> rows = openTextRows(path, begin);
  if (!rows) return false;
  std::vector<double> row;
  for (int i = 0; i < rows_looked_at && (*rows)->next(row); ++i)
    if (row.size() < 3 || !std::all_of(row.begin(), row.end(), [](double v) { return std::isfinite(v); })) return false;
  return true;
}

}  // namespace

Result<PointSourcePtr> openTextSource(const std::filesystem::path& path, Problems& problems, Progress& progress) {
  Result<Table> table = textTable(path);
  if (!table) return table.error();
  return sourceOf(std::move(*table), problems, progress);
}

Result<PointSourcePtr> openPlySource(const std::filesystem::path& path, Problems& problems, Progress& progress) {
  Result<Table> table = plyTable(path);
  if (!table) return table.error();
  return sourceOf(std::move(*table), problems, progress);
}

bool hasPointTextEnding(const std::filesystem::path& path) {
  const std::string ending = toLower(toUtf8(path.extension()));
  static constexpr std::string_view endings[]{".xyz", ".csv", ".txt", ".pts", ".asc", ".xyzrgb"};
  return std::find(std::begin(endings), std::end(endings), ending) != std::end(endings);
}

bool isPointText(const std::filesystem::path& path) {
  if (!hasPointTextEnding(path)) return false;
  // A table with other heads, such as a bridge register with latitude and longitude, is no survey.
  const Result<Table> table = textTable(path);
  if (!table || table->unknown_head) return false;
  const std::string ending = toLower(toUtf8(path.extension()));
  if (ending != ".csv" && ending != ".txt") return true;
  return headsOfPoints(table->columns) && onlyNumbers(path, table->begin);
}

Result<PointTextHead> peekPointText(const std::filesystem::path& path) {
  const Result<std::string> head = readHead(path, 4);
  if (!head) return head.error();
  const Result<Table> table = head->starts_with("ply") ? plyTable(path) : textTable(path);
  if (!table) return table.error();
  std::size_t axis[3]{0, 1, 2};
  for (std::size_t i = 0; i < table->columns.size(); ++i)
    if (table->columns[i].axis >= 0) axis[table->columns[i].axis] = i;
  PointTextHead found;
  found.format = table->format == "text" ? "XYZ" : table->format;
  std::error_code ignored;
  const std::uint64_t bytes = std::filesystem::file_size(path, ignored);
  constexpr std::uint64_t places = 64;
  constexpr int rows_at_a_place = 64;
  std::uint64_t row_bytes = 0;
  for (const BinaryColumn& column : table->binary_columns)
    row_bytes += static_cast<std::uint64_t>(bytesOf(column.type));
  std::vector<double> row;
  for (std::uint64_t i = 0; i < places; ++i) {
    std::uint64_t at = table->begin + (bytes - std::min(bytes, table->begin)) / places * i;
    if (table->binary && row_bytes > 0) at -= (at - table->begin) % row_bytes;
    Result<std::unique_ptr<RowReader>> rows = table->rows(at);
    if (!rows) return rows.error();
    if (i > 0 && !table->binary) (*rows)->next(row);  // probably cut in two
    for (int r = 0; r < rows_at_a_place && (*rows)->next(row); ++r) {
      // Rows of another length are cut off, or other elements of a PLY file.
      if (row.size() <= std::max({axis[0], axis[1], axis[2]})) continue;
      const Vec3d p{row[axis[0]], row[axis[1]], row[axis[2]]};
      const bool in_vertices = table->format != "PLY" || i == 0 || !table->has_others;
      if (isFinite(p) && in_vertices) found.bounds.add(p);
    }
  }
  return found;
}

bool isPointPly(const std::filesystem::path& path) {
  const Result<Table> table = plyTable(path);
  return table.ok() && !table->has_others;
}

}  // namespace hashimichi::points
