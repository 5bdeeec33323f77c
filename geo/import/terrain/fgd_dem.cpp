#include "geo/import/terrain/fgd_dem.h"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "geo/core/text.h"

namespace hashimichi::import {
namespace {

constexpr std::size_t depth_limit = 64, line_limit_bytes = 4096, piece_limit_bytes = 1u << 20;
constexpr float no_data = std::numeric_limits<float>::quiet_NaN();
constexpr float sentinel = -9999, lowest_m = -500, highest_m = 4000;  // of any ground in Japan, with room

std::string_view localName(const char* name) {
  const std::string_view whole(name);
  const std::size_t colon = whole.rfind(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

/// Numbers of a short text; nothing when there are fewer or one is no number.
template <typename Number>
std::optional<std::array<Number, 2>> pairOf(std::string_view text) {
  std::array<Number, 2> pair{};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (Number& number : pair) {
    while (at != end && static_cast<unsigned char>(*at) <= ' ') ++at;
    const auto [next, failed] = std::from_chars(at, end, number);
    if (failed != std::errc()) return std::nullopt;
    at = next;
  }
  return pair;
}

/// Older files are written in Shift_JIS, which Expat does not know.
int twoByteCharacter(void*, const char* bytes) {
  const std::optional<std::string> utf8 = utf8FromCp932({bytes, 2});
  if (!utf8 || utf8->size() != 3) return -1;
  const auto bits = [&](std::size_t i, unsigned mask) { return static_cast<unsigned char>((*utf8)[i]) & mask; };
  return static_cast<int>(bits(0, 0x0Fu) << 12 | bits(1, 0x3Fu) << 6 | bits(2, 0x3Fu));
}

int onEncoding(void*, const XML_Char* name, XML_Encoding* encoding) {
  const std::string lower = toLower(name);
  if (lower != "shift_jis" && lower != "windows-31j" && lower != "sjis" && lower != "cp932") return XML_STATUS_ERROR;
  for (int byte = 0; byte < 256; ++byte) {
    const bool lead = (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
    const bool kana = byte >= 0xA1 && byte <= 0xDF;
    encoding->map[byte] = byte < 0x80 ? byte : lead ? -2 : kana ? 0xFF61 + byte - 0xA1 : -1;
  }
  encoding->convert = twoByteCharacter;
  return XML_STATUS_OK;
}

enum class Field { none, tuples, type, mesh, lower, upper, grid_low, grid_high, start };

Field fieldOf(std::string_view name) {
  static constexpr std::pair<std::string_view, Field> fields[] = {
      {"tupleList", Field::tuples},  {"type", Field::type},         {"mesh", Field::mesh},
      {"lowerCorner", Field::lower}, {"upperCorner", Field::upper}, {"low", Field::grid_low},
      {"high", Field::grid_high},    {"startPoint", Field::start}};
  for (const auto& [known, field] : fields)
    if (name == known) return field;
  return Field::none;
}

/// Degrees of the square that an 8-digit (third-order) or 6-digit (second-order) mesh code names: its south-west.
std::optional<std::array<double, 2>> meshSouthWest(std::string_view mesh) {
  if (mesh.size() < 6 || mesh.size() > 8) return std::nullopt;
  const auto digits = [&](std::size_t at, std::size_t count) {
    int value = -1;
    std::from_chars(mesh.data() + at, mesh.data() + at + count, value);
    return value;
  };
  double lat = digits(0, 2) / 1.5 + digits(4, 1) / 12.0, lon = digits(2, 2) + 100 + digits(5, 1) / 8.0;
  if (mesh.size() == 8) lat += digits(6, 1) / 120.0, lon += digits(7, 1) / 80.0;
  return std::array{lat, lon};
}

std::string definitionOf(const std::string& srs_name, const std::string& file, Problems& problems) {
  const std::string lower = toLower(srs_name);
  if (lower.find("jgd2000") != std::string::npos) return "EPSG:4612";
  if (lower.find("jgd2024") != std::string::npos)
    problems.assume(file, {}, "height.jgd2024",
                    "The heights are of JGD2024; they were kept as they are, up to some decimetres beside JGD2011.");
  else if (lower.find("jgd2011") == std::string::npos)
    problems.assume(file, {}, "crs.assumed",
                    fmt::format("The reference system \"{}\" is not known; JGD2011 (EPSG:6668) was taken.",
                                srs_name.substr(0, 100)));
  return "EPSG:6668";
}

}  // namespace

struct FgdDemParser::State {
  XML_Parser parser = XML_ParserCreate(nullptr);
  Wish wish;
  FgdDem dem;
  std::string srs_name, text, line;
  std::string broken;  ///< what stopped the reading, as a sentence; empty when nothing did
  std::uint64_t line_number = 0;
  Field field = Field::none;
  std::size_t depth = 0, dems = 0;
  std::optional<std::array<double, 2>> lower, upper;
  std::optional<std::array<long long, 2>> grid_low, grid_high, start;
  bool order_known = true, enough = false, too_many = false;
  std::vector<float> listed;  ///< in the file's order

  ~State() { XML_ParserFree(parser); }

  void stop(std::string why) {
    if (broken.empty() && !enough) {
      broken = std::move(why);
      line_number = XML_GetCurrentLineNumber(parser);
    }
    XML_StopParser(parser, XML_FALSE);
  }
  void onStart(const char* name, const char** attributes);
  void onEnd();
  void onText(std::string_view piece);
  void readTuples(std::string_view piece);
  void readTuple(std::string_view tuple);
  void keep(float height);
  bool haveGrid() const { return lower && upper && grid_high; }
};

void FgdDemParser::State::onStart(const char* name, const char** attributes) {
  if (++depth > depth_limit) return stop(fmt::format("Elements are nested more than {} deep.", depth_limit));
  const std::string_view local = localName(name);
  if (local == "DEM" && ++dems > 1) {
    if (broken.empty()) broken = "The file holds several meshes; only the first is read.";
    enough = true;
    return stop({});
  }
  field = fieldOf(local);
  text.clear();
  if (field == Field::tuples && wish == Wish::place) {
    enough = true;
    return stop({});
  }
  for (; attributes[0]; attributes += 2) {
    if (local == "Envelope" && localName(attributes[0]) == "srsName") srs_name = attributes[1];
    if (local == "sequenceRule" && localName(attributes[0]) == "order")
      order_known = std::string_view(attributes[1]) == "+x-y";
  }
}

void FgdDemParser::State::onEnd() {
  --depth;
  switch (field) {
    case Field::tuples:
      readTuples("\n");
      break;
    case Field::type:
      dem.type = trim(text);
      break;
    case Field::mesh:
      dem.mesh = trim(text);
      break;
    case Field::lower:
      lower = pairOf<double>(text);
      break;
    case Field::upper:
      upper = pairOf<double>(text);
      break;
    case Field::grid_low:
      grid_low = pairOf<long long>(text);
      break;
    case Field::grid_high:
      grid_high = pairOf<long long>(text);
      break;
    case Field::start:
      start = pairOf<long long>(text);
      break;
    case Field::none:
      break;
  }
  field = Field::none;
}

void FgdDemParser::State::onText(std::string_view piece) {
  if (field == Field::tuples) return readTuples(piece);
  if (field == Field::none) return;
  if (text.size() + piece.size() > line_limit_bytes) return stop("A value in its head is longer than any should be.");
  text += piece;
}

/// Expat hands a line over without its end, and any line in several pieces.
void FgdDemParser::State::readTuples(std::string_view piece) {
  while (!piece.empty()) {
    const std::size_t end = piece.find('\n');
    const std::string_view part = piece.substr(0, end);
    if (line.size() + part.size() <= line_limit_bytes) line += part;
    if (end == std::string_view::npos) return;
    readTuple(line);
    line.clear();
    piece.remove_prefix(end + 1);
  }
}

void FgdDemParser::State::readTuple(std::string_view tuple) {
  while (!tuple.empty() && static_cast<unsigned char>(tuple.back()) <= ' ') tuple.remove_suffix(1);
  while (!tuple.empty() && static_cast<unsigned char>(tuple.front()) <= ' ') tuple.remove_prefix(1);
  if (tuple.empty()) return;
  ++dem.tuples;
  const std::size_t comma = tuple.find(',');
  float height = no_data;
  const char* const end = tuple.data() + tuple.size();
  const char* number = comma == std::string_view::npos ? end : tuple.data() + comma + 1;
  while (number != end && *number == ' ') ++number;
  const bool read = comma != std::string_view::npos && std::from_chars(number, end, height).ec == std::errc() &&
                    std::isfinite(height);
  if (!read) {
    ++dem.unreadable;
    return keep(no_data);
  }
  if (height == sentinel) {
    ++dem.no_data;
    return keep(no_data);
  }
  if (height < lowest_m || height > highest_m) {
    ++dem.absurd;
    return keep(no_data);
  }
  if (tuple.starts_with("表層面")) ++dem.surface;
  keep(height);
}

void FgdDemParser::State::keep(float height) {
  if (listed.size() < most_fgd_cells)
    listed.push_back(height);
  else
    ++dem.surplus;
}

FgdDemParser::FgdDemParser(Wish wish) : state_(std::make_unique<State>()) {
  state_->wish = wish;
  if (!state_->parser) return;
  XML_SetUserData(state_->parser, state_.get());
  XML_SetElementHandler(
      state_->parser,
      [](void* state, const XML_Char* name, const XML_Char** attributes) {
        static_cast<State*>(state)->onStart(name, attributes);
      },
      [](void* state, const XML_Char*) { static_cast<State*>(state)->onEnd(); });
  XML_SetCharacterDataHandler(state_->parser, [](void* state, const XML_Char* text, int length) {
    static_cast<State*>(state)->onText({text, static_cast<std::size_t>(length)});
  });
  XML_SetEntityDeclHandler(state_->parser, [](void* state, const XML_Char*, int, const XML_Char*, int, const XML_Char*,
                                              const XML_Char*, const XML_Char*, const XML_Char*) {
    static_cast<State*>(state)->stop("The file declares entities, which no mesh needs; they are refused.");
  });
  XML_SetUnknownEncodingHandler(state_->parser, onEncoding, nullptr);
}

FgdDemParser::~FgdDemParser() = default;

bool FgdDemParser::feed(std::string_view piece, bool last) {
  State& s = *state_;
  if (!s.parser || !s.broken.empty() || s.enough) return false;
  do {
    const std::string_view part = piece.substr(0, piece_limit_bytes);
    piece.remove_prefix(part.size());
    if (XML_Parse(s.parser, part.data(), static_cast<int>(part.size()), last && piece.empty()) == XML_STATUS_ERROR) {
      if (!s.enough && s.broken.empty()) {
        s.line_number = XML_GetCurrentLineNumber(s.parser);
        s.broken = fmt::format("The file is cut off or not well-formed at line {} ({}).", s.line_number,
                               XML_ErrorString(XML_GetErrorCode(s.parser)));
      }
      return false;
    }
  } while (!piece.empty());
  return !last;
}

namespace {

/// The edges in the order south, west, north, east, whichever way the file writes them.
Status placeDem(FgdDem& dem, std::array<double, 2> lower, std::array<double, 2> upper, const std::string& file,
                Problems& problems) {
  if (lower[0] > 90 && upper[0] > 90 && std::fabs(lower[1]) <= 90) {
    std::swap(lower[0], lower[1]);
    std::swap(upper[0], upper[1]);
    problems.assume(file, {}, "axis.swapped",
                    "The envelope is written longitude first, against the format's custom; it was read so.");
  }
  dem.south_lat_deg = lower[0], dem.west_lon_deg = lower[1], dem.north_lat_deg = upper[0], dem.east_lon_deg = upper[1];
  const bool sound = lower[0] >= -90 && upper[0] <= 90 && lower[1] >= -180 && upper[1] <= 180 && lower[0] < upper[0] &&
                     lower[1] < upper[1];
  if (!sound)
    return Error{ErrorCode::bad_input, file,
                 fmt::format("The mesh lies between {} {} and {} {}, which is no box of latitude and longitude.",
                             lower[0], lower[1], upper[0], upper[1]),
                 "Download the file again."};
  const auto named = meshSouthWest(dem.mesh);
  constexpr double a_mesh_deg = 0.15;
  if (named && (std::fabs((*named)[0] - lower[0]) > a_mesh_deg || std::fabs((*named)[1] - lower[1]) > a_mesh_deg))
    problems.assume(
        file, {}, "fgd.mesh",
        fmt::format("The mesh code {} names another place ({:.4f} {:.4f}) than the envelope ({:.4f} {:.4f}); "
                    "the envelope was taken.",
                    dem.mesh, (*named)[0], (*named)[1], lower[0], lower[1]),
        "Check that the file was not renamed or edited.");
  return done();
}

void tellCells(const FgdDem& dem, std::size_t first, std::size_t listed, const std::string& file, Problems& problems) {
  const std::size_t cells = dem.columns * dem.rows, missing = cells - std::min(cells, first + listed);
  if (missing > 0)
    problems.assume(file, {}, "fgd.incomplete",
                    fmt::format("The list ends {} cells before the mesh does; they have no data.", missing),
                    "At the coast the sea is left out so; elsewhere download the file again.");
  if (dem.unreadable > 0)
    problems.skip(file, {}, "fgd.tuple",
                  fmt::format("{} heights of {} cannot be read; they are no data.", dem.unreadable, dem.tuples));
  if (dem.absurd > 0)
    problems.skip(file, {}, "height.absurd",
                  fmt::format("{} heights lie below {} m or above {} m, where no ground is; they are no data.",
                              dem.absurd, lowest_m, highest_m));
  if (dem.surplus > 0)
    problems.skip(file, {}, "fgd.surplus",
                  fmt::format("{} heights more than the mesh has cells were left out.", dem.surplus));
  if (dem.surface > 0)
    problems.assume(
        file, {}, "fgd.surface",
        fmt::format("{} cells are heights of the surface (表層面: with trees and buildings), not of the ground; "
                    "they were taken.",
                    dem.surface));
}

}  // namespace

Result<FgdDem> FgdDemParser::finish(const std::string& file, Problems& problems) {
  State& s = *state_;
  FgdDem& dem = s.dem;
  const auto bad = [&](std::string what) {
    return Error{ErrorCode::bad_input, file, s.broken.empty() ? std::move(what) : s.broken, "Download the file again."};
  };
  if (!s.haveGrid()) return bad("The file names no envelope or no grid of heights.");
  const std::array<long long, 2> low = s.grid_low.value_or(std::array<long long, 2>{0, 0}), high = *s.grid_high;
  constexpr auto most = static_cast<long long>(most_fgd_cells);
  for (std::size_t i : {0u, 1u})
    if (low[i] < 0 || high[i] < low[i] || high[i] - low[i] >= most)
      return bad(fmt::format("The grid from {} {} to {} {} is none of a mesh.", low[0], low[1], high[0], high[1]));
  dem.columns = static_cast<std::size_t>(high[0] - low[0]) + 1,
  dem.rows = static_cast<std::size_t>(high[1] - low[1]) + 1;
  const std::size_t cells = dem.columns * dem.rows;
  if (cells > most_fgd_cells || dem.columns < 2 || dem.rows < 2)
    return Error{ErrorCode::limit, file,
                 fmt::format("The grid announces {} × {} heights; a mesh has 2 × 2 to {} of them.", dem.columns,
                             dem.rows, most_fgd_cells),
                 "Download the file again."};
  if (const Status placed = placeDem(dem, *s.lower, *s.upper, file, problems); !placed) return placed.error();
  dem.crs = definitionOf(s.srs_name, file, problems);
  if (s.wish == Wish::place) return std::move(dem);
  if (!s.order_known)
    return bad("The heights are not listed from the north-west, row after row (+x-y), the one order that is read.");
  if (!s.broken.empty())
    problems.skip(file, s.line_number ? fmt::format("line {}", s.line_number) : "", "xml.broken", s.broken,
                  "What comes before is read; download the file again.");
  const std::array<long long, 2> start = s.start.value_or(low);
  if (start[0] < low[0] || start[1] < low[1] || start[0] > high[0] || start[1] > high[1])
    return bad(fmt::format("The first height lies at {} {}, outside the grid.", start[0], start[1]));
  const std::size_t first =
      static_cast<std::size_t>(start[1] - low[1]) * dem.columns + static_cast<std::size_t>(start[0] - low[0]);
  const std::size_t fitting = std::min(s.listed.size(), cells - first);
  dem.surplus += s.listed.size() - fitting;
  dem.height_m.assign(cells, no_data);
  std::copy_n(s.listed.begin(), fitting, dem.height_m.begin() + static_cast<std::ptrdiff_t>(first));
  tellCells(dem, first, s.listed.size(), file, problems);
  return std::move(dem);
}

bool isFgdDem(std::string_view head) {
  return head.find("FGD_GMLSchema") != std::string_view::npos && head.find("<DEM") != std::string_view::npos;
}

}  // namespace hashimichi::import
