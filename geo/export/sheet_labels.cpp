#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "geo/export/sheet_parts.h"
#include "geo/export/sheet_symbols.h"

namespace hashimichi::exporting {
namespace {

/// Numerals repeat every 80 mm along a road of one rank.
constexpr double numeral_spacing_mm = 80;
constexpr double numeral_box_mm = 4.0;
/// Shorter pieces carry no numeral: it would cover them, and late ranks must not crowd out sooner ones.
constexpr double leastPiece_mm(int band) {
  return band == 1 ? 0 : band == 2 ? 5 : band == 3 ? 9 : band == 4 ? 14 : 24;
}
/// Segments whose ends are nearer than this belong together.
constexpr double joint_m = 0.5;
/// A name is drawn where its road stays this near to a straight line over the length of the word.
constexpr double bend_mm = 1.2;
constexpr double name_spacing_mm = 120;
/// Places that are tried for one name: a thousand pieces may share "unnamed road".
constexpr std::size_t most_tries = 200;

/// One ranked segment on paper.
struct Piece {
  std::string name;
  int band = 0;
  PaperPoint middle, direction;
  std::vector<PaperPoint> places;  ///< for a numeral, best first
  double length_mm = 0;
  std::vector<PaperPoint> line;
};

double distance(PaperPoint a, PaperPoint b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

double distanceToLine(PaperPoint p, const std::vector<PaperPoint>& line) {
  double best = 1e9;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const PaperPoint a = line[i], d{line[i + 1].x - a.x, line[i + 1].y - a.y};
    const double square = d.x * d.x + d.y * d.y;
    const double t = square > 0 ? std::clamp(((p.x - a.x) * d.x + (p.y - a.y) * d.y) / square, 0.0, 1.0) : 0;
    best = std::min(best, distance(p, {a.x + t * d.x, a.y + t * d.y}));
  }
  return best;
}

Piece pieceOf(const Sheet& sheet, const assess::Ranked& row) {
  const model::RoadSegment& road = sheet.city().roads[row.index];
  Piece piece{road.name, row.band, {}, {1, 0}, {}, road.length_m * sheet.view.mmPerMetre(), {}};
  if (road.centreline.size() >= 2) {
    const model::OnLine middle = model::pointAlong(road.centreline, model::length2d(road.centreline) / 2);
    piece.middle = sheet.view.toPaper(middle.point);
    piece.direction = {middle.direction.x, -middle.direction.y};
    for (const Vec3d& p : road.centreline) piece.line.push_back(sheet.view.toPaper(p));
    for (const double share : {0.5, 0.25, 0.75, 0.05, 0.95})
      piece.places.push_back(
          sheet.view.toPaper(model::pointAlong(road.centreline, share * model::length2d(road.centreline)).point));
  } else {
    piece.middle = sheet.view.toPaper(model::boundsOf(road.geometry).centre());
    piece.places = {piece.middle};
  }
  return piece;
}

/// Connected pieces of the same rank and road name, by union-find over rounded end points.
std::vector<std::vector<std::size_t>> chains(const Sheet& sheet, const std::vector<Piece>& pieces) {
  std::vector<std::size_t> parent(pieces.size());
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  const auto root = [&parent](std::size_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  };
  const double cell_mm = joint_m * sheet.view.mmPerMetre();
  std::map<std::tuple<int, std::string, long, long>, std::size_t> joints;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].line.empty()) continue;
    for (const PaperPoint end : {pieces[i].line.front(), pieces[i].line.back()}) {
      const auto key =
          std::make_tuple(pieces[i].band, pieces[i].name, std::lround(end.x / cell_mm), std::lround(end.y / cell_mm));
      const auto [found, is_new] = joints.emplace(key, i);
      if (!is_new) parent[root(i)] = root(found->second);
    }
  }
  std::map<std::size_t, std::vector<std::size_t>> by_root;
  for (std::size_t i = 0; i < pieces.size(); ++i) by_root[root(i)].push_back(i);
  std::vector<std::vector<std::size_t>> all;
  for (auto& [first, members] : by_root) all.push_back(std::move(members));
  // Sooner ranks choose their places first; the order is that of the ranking.
  std::stable_sort(all.begin(), all.end(),
                   [&](const auto& a, const auto& b) { return pieces[a.front()].band < pieces[b.front()].band; });
  return all;
}

Box numeralBox(PaperPoint at) {
  return {at.x - numeral_box_mm / 2, at.y - numeral_box_mm / 2, numeral_box_mm, numeral_box_mm};
}

void numeralsOfChain(Sheet& sheet, Occupied& occupied, const std::vector<Piece>& pieces,
                     const std::vector<std::size_t>& chain) {
  double length_mm = 0;
  for (const std::size_t i : chain) length_mm += pieces[i].length_mm;
  if (length_mm < leastPiece_mm(pieces[chain.front()].band)) return;
  // From the middle of the chain outwards, so that a short chain carries its numeral in its middle.
  PaperPoint centre;
  for (const std::size_t i : chain)
    centre.x += pieces[i].middle.x / static_cast<double>(chain.size()),
        centre.y += pieces[i].middle.y / static_cast<double>(chain.size());
  std::vector<std::size_t> order = chain;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return distance(pieces[a].middle, centre) < distance(pieces[b].middle, centre);
  });
  std::vector<PaperPoint> placed;
  for (const std::size_t i : order)
    for (const PaperPoint at : pieces[i].places) {
      const auto is_near = [&](PaperPoint p) { return distance(p, at) < numeral_spacing_mm; };
      if (std::any_of(placed.begin(), placed.end(), is_near) || !occupied.takeIfFree(numeralBox(at))) continue;
      drawRankCircle(sheet.canvas, at, pieces[i].band);
      placed.push_back(at);
    }
}

/// The box that contains a word turned to a direction.
Box boxAround(PaperPoint at, TextSize size, double angle) {
  const double c = std::abs(std::cos(angle)), s = std::abs(std::sin(angle));
  const double width = size.width_mm * c + size.height_mm * s, height = size.width_mm * s + size.height_mm * c;
  return {at.x - width / 2, at.y - height / 2, width, height};
}

/// Boxes along the word: a slanted word does not take the whole rectangle around it.
std::vector<Box> boxesAlong(PaperPoint at, TextSize size, double angle) {
  std::vector<Box> boxes;
  const int count = std::max(1, static_cast<int>(std::ceil(size.width_mm / size.height_mm)));
  for (int i = 0; i < count; ++i) {
    const double along = ((i + 0.5) / count - 0.5) * size.width_mm;
    boxes.push_back(boxAround({at.x + along * std::cos(angle), at.y + along * std::sin(angle)},
                              {size.width_mm / count, size.height_mm}, angle));
  }
  return boxes;
}

/// Takes a road's line, so that no name covers its colour.
void takeLine(Occupied& occupied, const std::vector<PaperPoint>& line, double width_mm) {
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const double length = distance(line[i], line[i + 1]);
    const int steps = std::max(1, static_cast<int>(length / width_mm));
    for (int step = 0; step <= steps; ++step) {
      const double t = static_cast<double>(step) / steps;
      const PaperPoint p{line[i].x + t * (line[i + 1].x - line[i].x), line[i].y + t * (line[i + 1].y - line[i].y)};
      occupied.take({p.x - width_mm / 2, p.y - width_mm / 2, width_mm, width_mm});
    }
  }
}

/// Beside the road line, on its upper side or else its lower, readable from below.
bool placeName(Sheet& sheet, Occupied& occupied, const std::vector<const Piece*>& road, const Piece& piece) {
  const TextStyle style{.size_pt = 6, .colour = sheet.isSnow() ? ink : quiet_ink, .halo_mm = 0.45};
  const TextSize size = sheet.canvas.measure(piece.name, style);
  double angle = std::atan2(piece.direction.y, piece.direction.x);
  if (angle > 1.6) angle -= 3.14159265358979;
  if (angle <= -1.55) angle += 3.14159265358979;
  const PaperPoint along{std::cos(angle), std::sin(angle)};
  for (const double share : {-0.5, -0.25, 0.25, 0.5}) {
    const PaperPoint p{piece.middle.x + share * size.width_mm * along.x,
                       piece.middle.y + share * size.width_mm * along.y};
    if (std::none_of(road.begin(), road.end(), [&](const Piece* o) { return distanceToLine(p, o->line) < bend_mm; }))
      return false;
  }
  const double height = 0.72 * size.height_mm;  // without the line's own leading
  const double aside = height / 2 + (roadWidth_mm(piece.band) / 2 + road_casing_mm) * symbolScale(sheet.view) + 0.35;
  for (const double side : {1.0, -1.0}) {
    const PaperPoint at{piece.middle.x + side * along.y * aside, piece.middle.y - side * along.x * aside};
    const std::vector<Box> boxes = boxesAlong(at, {size.width_mm, height}, angle);
    if (!std::all_of(boxes.begin(), boxes.end(), [&](const Box& b) { return occupied.isFree(b); })) continue;
    for (const Box& box : boxes) occupied.take(box.grown(0.3));
    TextStyle turned = style;
    turned.angle_rad = angle;
    sheet.canvas.textAround(at, piece.name, turned);
    return true;
  }
  return false;
}

}  // namespace

void drawRankNumerals(Sheet& sheet, Occupied& occupied, int first_band, int last_band) {
  if (!sheet.isSnow()) return;
  std::vector<Piece> pieces;
  for (const assess::Ranked& row : sheet.ranking().rows)
    if (row.band >= first_band && row.band <= last_band) pieces.push_back(pieceOf(sheet, row));
  for (const std::vector<std::size_t>& chain : chains(sheet, pieces)) numeralsOfChain(sheet, occupied, pieces, chain);
}

void drawRoadNames(Sheet& sheet, Occupied& occupied) {
  std::vector<Piece> pieces;
  if (sheet.isSnow()) {
    for (const assess::Ranked& row : sheet.ranking().rows) {
      pieces.push_back(pieceOf(sheet, row));
      const int band = row.band;
      if (band >= 1 && band <= 4) takeLine(occupied, pieces.back().line, roadWidth_mm(band) * symbolScale(sheet.view));
    }
  } else {
    for (std::size_t i = 0; i < sheet.city().roads.size(); ++i) {
      assess::Ranked row;
      row.index = i;
      pieces.push_back(pieceOf(sheet, row));
    }
  }
  std::map<std::string, std::vector<const Piece*>> by_name;
  for (const Piece& piece : pieces)
    if (!piece.name.empty() && !piece.line.empty()) by_name[piece.name].push_back(&piece);
  // Long roads first: they lead the eye.
  std::vector<std::pair<double, const std::vector<const Piece*>*>> roads;
  for (const auto& [name, members] : by_name) {
    double length = 0;
    for (const Piece* piece : members) length += piece->length_mm;
    roads.emplace_back(length, &members);
  }
  std::stable_sort(roads.begin(), roads.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [length, members] : roads) {
    std::vector<PaperPoint> placed;
    const std::size_t stride = 1 + members->size() / most_tries;
    for (std::size_t i = 0; i < members->size(); i += stride) {
      const Piece* piece = (*members)[i];
      const auto near = [&](PaperPoint p) { return distance(p, piece->middle) < name_spacing_mm; };
      if (std::none_of(placed.begin(), placed.end(), near) && placeName(sheet, occupied, *members, *piece))
        placed.push_back(piece->middle);
    }
  }
}

}  // namespace hashimichi::exporting
