#include "geo/assess/ranking.h"

#include <algorithm>

#include "geo/assess/order.h"

namespace hashimichi::assess {
namespace {

bool before(const Ranked& a, const Ranked& b) {
  if (a.tier != b.tier) return a.tier < b.tier;
  if (a.precedence != b.precedence) return a.precedence < b.precedence;
  if (a.tier != Tier::not_assessed && a.score != b.score) return a.score > b.score;
  if (a.asset_id != b.asset_id) return a.asset_id < b.asset_id;
  return a.index < b.index;
}

int bandOf(Tier tier, bool upper_half) {
  switch (tier) {
    case Tier::overdue:
      return 1;
    case Tier::dispatch:
      return upper_half ? 2 : 3;
    case Tier::watch:
      return 4;
    case Tier::none:
      return 5;
    case Tier::hold:
    case Tier::not_assessed:
      break;
  }
  return 0;
}

}  // namespace

const Ranked* Ranking::find(const std::string& asset_id) const {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const Ranked& row) { return row.asset_id == asset_id; });
  return found == rows.end() ? nullptr : &*found;
}

double missingShare(const Ranking& ranking) {
  if (ranking.rows.empty()) return 0;
  const auto lacking = std::count_if(ranking.rows.begin(), ranking.rows.end(),
                                     [](const Ranked& r) { return !r.missing_inputs.empty(); });
  return static_cast<double>(lacking) / static_cast<double>(ranking.rows.size());
}

void putInOrder(std::vector<Ranked>& rows) {
  std::sort(rows.begin(), rows.end(), before);
  const auto dispatched = static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(), [](const Ranked& row) { return row.tier == Tier::dispatch; }));
  std::size_t rank = 0, dispatch = 0;
  for (Ranked& row : rows) {
    row.rank = row.tier == Tier::not_assessed ? 0 : ++rank;
    const bool upper_half = row.tier == Tier::dispatch && dispatch++ < (dispatched + 1) / 2;
    row.band = bandOf(row.tier, upper_half);
  }
}

}  // namespace hashimichi::assess
