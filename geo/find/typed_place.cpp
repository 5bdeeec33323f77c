#include "geo/find/typed_place.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "geo/core/text.h"
#include "geo/crs/japan.h"
#include "geo/crs/mesh_code.h"

namespace hashimichi::find {
namespace {

constexpr const char* jgd2011 = "EPSG:6668";
/// A place farther from the town than this is told as such and not flown to; a swapped pair is always farther.
constexpr double near_m = 50000;
constexpr std::size_t longest_words = 120, ways_kept = 16;

/// One number with what stands round it.
struct Part {
  double value = 0;
  char mark = 0;       ///< d, m, s: degrees, minutes, seconds; 0: none
  char letter = 0;     ///< N, S, E, W, X, Y before it
  char after = 0;      ///< N, S, E, W behind it
  bool comma = false;  ///< behind it
};

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// Width, words and signs as one alphabet: N S E W X Y, d m s, digits, comma, space.
std::string plainWords(std::string_view words) {
  std::string text = normalizeWidth(words);
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 27> same{
      {{"北緯", " N"}, {"南緯", " S"}, {"東経", " E"}, {"西経", " W"}, {"緯度", " N"}, {"経度", " E"}, {"度", "d"},
       {"分", "m"},    {"秒", "s"},    {"°", "d"},     {"º", "d"},     {"˚", "d"},     {"′", "m"},     {"’", "m"},
       {"″", "s"},     {"”", "s"},     {"''", "s"},    {"'", "m"},     {"\"", "s"},    {"、", ","},    {"，", ","},
       {"−", "-"},     {"ー", "-"},    {"=", " "},     {":", " "},     {"：", " "},    {";", ","}}};
  for (const auto& [from, to] : same) replaceAll(text, from, to);
  return text;
}

/// The parts of a text of numbers, marks and letters; nothing where anything else stands in it.
std::optional<std::vector<Part>> partsOf(std::string_view text) {
  std::vector<Part> parts;
  char letter = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == ' ' || c == '\t') {
      ++at;
    } else if ((c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.') {
      Part part;
      const char* begin = text.data() + at + (c == '+');
      const auto [end, error] = std::from_chars(begin, text.data() + text.size(), part.value, std::chars_format::fixed);
      if (error != std::errc{} || !std::isfinite(part.value)) return std::nullopt;
      part.letter = std::exchange(letter, 0);
      parts.push_back(part);
      at = static_cast<std::size_t>(end - text.data());
    } else if (c == ',') {
      if (parts.empty() || letter) return std::nullopt;
      parts.back().comma = true;
      ++at;
    } else if ((c == 'd' || c == 'm' || c == 's') && !parts.empty() && parts.back().mark == 0 && !parts.back().after) {
      parts.back().mark = c;
      ++at;
    } else if (const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
               std::string_view("NSEWXY").find(upper) != std::string_view::npos) {
      // Behind a number where the text began with one, before it where it began with a letter.
      const bool behind = !parts.empty() && parts.front().letter == 0;
      if (behind && (parts.back().after || upper == 'X' || upper == 'Y')) return std::nullopt;
      if (behind)
        parts.back().after = upper;
      else if (letter)
        return std::nullopt;
      else
        letter = upper;
      ++at;
    } else {
      return std::nullopt;
    }
  }
  if (letter || parts.empty()) return std::nullopt;
  return parts;
}

/// One latitude or longitude out of up to three parts.
struct Angle {
  double deg = 0;
  char letter = 0;
};

/// Where the second of two angles begins among the parts; 0 where that cannot be told.
std::size_t secondAngle(const std::vector<Part>& parts) {
  for (std::size_t i = 1; i < parts.size(); ++i)
    if (parts[i].mark == 'd' || parts[i].letter || parts[i - 1].comma || parts[i - 1].after) return i;
  return parts.size() % 2 == 0 ? parts.size() / 2 : 0;
}

std::optional<Angle> angleOf(const Part* first, const Part* last) {
  if (last - first < 1 || last - first > 3) return std::nullopt;
  Angle angle;
  double scale = 1, size = 0;
  constexpr std::string_view marks = "dms";
  for (const Part* part = first; part != last; ++part, scale *= 60) {
    const auto place = static_cast<std::size_t>(part - first);
    if (part->mark && part->mark != marks[place]) return std::nullopt;
    if (place > 0 && !(part->value >= 0 && part->value < 60)) return std::nullopt;
    size += std::fabs(part->value) / scale;
    for (const char letter : {part->letter, part->after})
      if (letter && std::exchange(angle.letter, letter)) return std::nullopt;
  }
  angle.deg = std::signbit(first->value) ? -size : size;
  if (angle.letter == 'S' || angle.letter == 'W') angle.deg = -angle.deg;
  return angle;
}

bool eastern(char letter) {
  return letter == 'E' || letter == 'W';
}

std::optional<TypedNumbers> geographic(const std::vector<Part>& parts) {
  const std::size_t second = secondAngle(parts);
  if (second == 0) return std::nullopt;
  auto a = angleOf(parts.data(), parts.data() + second);
  auto b = angleOf(parts.data() + second, parts.data() + parts.size());
  if (!a || !b) return std::nullopt;
  TypedNumbers numbers;
  numbers.axes_told = a->letter && b->letter;
  if (numbers.axes_told && eastern(a->letter) == eastern(b->letter)) return std::nullopt;
  // A latitude has at most 90°: a larger first number can only be the longitude.
  const bool east_first = numbers.axes_told ? eastern(a->letter) : std::fabs(a->deg) > 90;
  if (east_first) std::swap(a, b);
  numbers.swapped = east_first && !numbers.axes_told;
  if (std::fabs(a->deg) > 90 || std::fabs(b->deg) > 180) return std::nullopt;
  numbers.north = a->deg, numbers.east = b->deg;
  return numbers;
}

/// Two numbers in metres, the northern one first unless X, Y, N or E say otherwise (X is north in Japan's zones).
std::optional<TypedNumbers> projected(const std::vector<Part>& parts, std::string crs, bool north_first) {
  if (parts.size() != 2 || parts[0].mark || parts[1].mark) return std::nullopt;
  const auto letter = [](const Part& part) { return part.letter ? part.letter : part.after; };
  const char a = letter(parts[0]), b = letter(parts[1]);
  TypedNumbers numbers;
  numbers.kind = PlaceKind::projected, numbers.crs = std::move(crs);
  numbers.axes_told = a && b;
  if ((a != 0) != (b != 0)) return std::nullopt;
  bool first_is_north = north_first;
  if (numbers.axes_told) {
    const auto north = [&](char c) { return c == 'N' || c == (north_first ? 'X' : 'Y'); };
    const auto east = [&](char c) { return c == 'E' || c == (north_first ? 'Y' : 'X'); };
    if (!(north(a) && east(b)) && !(east(a) && north(b))) return std::nullopt;
    first_is_north = north(a);
    numbers.told_by_xy = a == 'X' || a == 'Y';
  }
  numbers.north = parts[first_is_north ? 0 : 1].value, numbers.east = parts[first_is_north ? 1 : 0].value;
  return numbers;
}

/// 1…19 of "8", "08", "VIII".
int zoneNumber(std::string_view text) {
  text = trim(text);
  if (const auto number = parseNumber(text); number && *number == std::floor(*number)) return static_cast<int>(*number);
  std::string upper(text);
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  for (int zone = 1; zone <= crs::plane_zone_count; ++zone)
    if (crs::planeZoneNumeral(crs::first_plane_zone_epsg + zone - 1) == upper) return zone;
  return 0;
}

/// Takes "EPSG:6676", "8系", "第VIII系" or "zone 8" off the front; the CRS it names, "" for none, nothing for a zone
/// that there is not.
std::optional<std::string> takeCrs(std::string_view& text) {
  const std::string lower = toLower(std::string(text));
  std::string_view rest = text;
  if (lower.starts_with("epsg")) {
    rest.remove_prefix(4);
    while (!rest.empty() && (rest[0] == ':' || rest[0] == ' ')) rest.remove_prefix(1);
    const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    if (digits == 0 || digits > 6) return std::nullopt;
    text = rest.substr(digits);
    return "EPSG:" + std::string(rest.substr(0, digits));
  }
  int zone = 0;
  constexpr std::string_view system = "系";
  for (const std::string_view before : {"平面直角座標系", "平面直角座標", "平面直角", "第"})
    if (rest.starts_with(before)) rest.remove_prefix(before.size());
  if (const std::size_t end = rest.find(system); end != rest.npos && end <= 8) {
    zone = zoneNumber(rest.substr(0, end));
    rest.remove_prefix(end + system.size());
  } else if (lower.starts_with("zone")) {
    rest = trim(rest.substr(4));
    const std::size_t digits = std::min(rest.find_first_of(" ,"), rest.size());
    zone = zoneNumber(rest.substr(0, digits));
    rest.remove_prefix(digits);
  } else {
    return "";
  }
  if (zone < 1 || zone > crs::plane_zone_count) return std::nullopt;
  text = rest;
  return "EPSG:" + std::to_string(crs::first_plane_zone_epsg + zone - 1);
}

std::optional<TypedNumbers> squareOf(std::string_view words) {
  TypedNumbers numbers;
  numbers.axes_told = true;
  std::string code(words);
  if (const auto mesh = crs::meshRect(code); mesh && crs::insideJapan(mesh->south_deg, mesh->west_deg)) {
    numbers.kind = PlaceKind::mesh;
    numbers.north = (mesh->south_deg + mesh->north_deg) / 2, numbers.east = (mesh->west_deg + mesh->east_deg) / 2;
    numbers.south_extent = numbers.north - mesh->south_deg, numbers.west_extent = numbers.east - mesh->west_deg;
    std::erase(code, '-');
    numbers.code = code;
    return numbers;
  }
  for (char& c : code) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  const auto sheet = crs::sheetRect(code);
  if (!sheet) return std::nullopt;
  numbers.kind = PlaceKind::sheet, numbers.crs = "EPSG:" + std::to_string(sheet->epsg), numbers.code = code;
  numbers.north = (sheet->south_m + sheet->north_m) / 2, numbers.east = (sheet->west_m + sheet->east_m) / 2;
  numbers.south_extent = numbers.north - sheet->south_m, numbers.west_extent = numbers.east - sheet->west_m;
  return numbers;
}

}  // namespace

std::optional<TypedNumbers> readNumbers(std::string_view words) {
  const std::string narrow = normalizeWidth(words);
  std::string_view text = trim(narrow);
  if (text.empty() || text.size() > longest_words) return std::nullopt;
  if (auto square = squareOf(text)) return square;
  const std::optional<std::string> crs = takeCrs(text);
  if (!crs) return std::nullopt;
  const std::optional<std::vector<Part>> parts = partsOf(trim(plainWords(text)));
  if (!parts || parts->size() < 2) return std::nullopt;
  if (!crs->empty()) {
    const Result<crs::CrsInfo> info = crs::describeCrs(*crs);
    if (info && info->geographic) {
      std::optional<TypedNumbers> numbers = geographic(*parts);
      if (numbers) numbers->crs = *crs;
      return numbers;
    }
    return projected(*parts, *crs, !info || info->north_first);
  }
  const bool axes = std::ranges::any_of(*parts, [](const Part& p) { return p.letter == 'X' || p.letter == 'Y'; });
  if (!axes)
    if (auto numbers = geographic(*parts)) return numbers;
  return projected(*parts, "", true);
}

const crs::ToLocal* PlaceReader::wayFrom(const std::string& crs) {
  if (const auto known = ways_.find(crs); known != ways_.end()) return known->second ? &*known->second : nullptr;
  if (ways_.size() >= ways_kept) ways_.clear();
  Result<crs::ToLocal> way = crs::ToLocal::create(crs, crs::AxisOrder::east_first, frame_);
  std::optional<crs::ToLocal>& kept = ways_[crs];
  if (way) kept = std::move(*way);
  return kept ? &*kept : nullptr;
}

double PlaceReader::away(Vec3d place) const {
  if (town_.empty()) return 0;
  return std::hypot(std::max({town_.low.x - place.x, place.x - town_.high.x, 0.0}),
                    std::max({town_.low.y - place.y, place.y - town_.high.y, 0.0}));
}

TypedPlace PlaceReader::placed(const TypedNumbers& numbers) {
  TypedPlace typed{numbers, {}, 0, PlaceTrouble::none, 0};
  const bool degrees = numbers.kind == PlaceKind::geographic || numbers.kind == PlaceKind::mesh;
  std::string crs = numbers.crs;
  if (crs.empty()) crs = degrees ? jgd2011 : "EPSG:" + std::to_string(frame_.epsg());
  const crs::ToLocal* way = wayFrom(crs);
  if (!way) {
    typed.trouble = PlaceTrouble::unknown_crs;
    return typed;
  }
  const std::optional<Vec3d> place = (*way)({numbers.east, numbers.north, 0});
  if (!place) {
    typed.trouble = PlaceTrouble::impossible;
    return typed;
  }
  typed.place = {place->x, place->y, 0};
  if (numbers.south_extent > 0) {
    const auto corner = (*way)({numbers.east - numbers.west_extent, numbers.north - numbers.south_extent, 0});
    if (corner) typed.extent_m = 2 * std::max(std::fabs(place->x - corner->x), std::fabs(place->y - corner->y));
  }
  typed.away_m = std::max(0.0, away(typed.place) - typed.extent_m);
  if (typed.away_m > near_m) typed.trouble = PlaceTrouble::far_away;
  return typed;
}

std::optional<TypedPlace> PlaceReader::read(std::string_view words) {
  const std::optional<TypedNumbers> numbers = readNumbers(words);
  if (!numbers) return std::nullopt;
  TypedNumbers usual = *numbers;
  // Two bare numbers in metres mean the project's own CRS, in its own order.
  if (usual.kind == PlaceKind::projected && usual.crs.empty() && (!usual.axes_told || usual.told_by_xy) &&
      !frame_.northingFirst())
    std::swap(usual.east, usual.north);
  const TypedPlace first = placed(usual);
  if (usual.axes_told || first.trouble == PlaceTrouble::unknown_crs || usual.swapped) return first;
  if (first.trouble == PlaceTrouble::none && first.away_m == 0) return first;
  TypedNumbers other = usual;
  std::swap(other.east, other.north);
  other.swapped = !other.swapped;
  if (other.kind == PlaceKind::geographic && std::fabs(other.north) > 90) return first;
  const TypedPlace second = placed(other);
  return second.trouble == PlaceTrouble::none && second.away_m == 0 ? second : first;
}

}  // namespace hashimichi::find
