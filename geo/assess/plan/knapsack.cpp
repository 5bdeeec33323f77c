#include "geo/assess/plan/knapsack.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace hashimichi::assess::plan {
namespace {

/// Depth first, taking before leaving: the first leaf is the greedy selection.
class Search {
 public:
  Search(std::span<const Choice> choices, const std::vector<std::uint32_t>& order, std::int64_t budget_yen)
      : choices_(choices), order_(order), left_yen_(budget_yen) {}

  /// True when the best is proven.
  bool run(std::uint64_t most_steps) {
    std::size_t place = 0;
    bool proven = false;
    for (std::uint64_t step = 0; step < most_steps + order_.size(); ++step) {
      if (place < order_.size() && promising(place)) {
        take(place);
        ++place;
        continue;
      }
      if (place == order_.size() && value_ > best_value_) {
        best_value_ = value_;
        best_ = taken_;
      }
      if (taken_.empty()) {
        proven = true;
        break;
      }
      place = leaveLast() + 1;
    }
    return proven;
  }
  const std::vector<std::size_t>& best() const { return best_; }

 private:
  const Choice& at(std::size_t place) const { return choices_[order_[place]]; }
  void take(std::size_t place) {
    if (at(place).cost_yen > left_yen_) return;
    left_yen_ -= at(place).cost_yen;
    value_ += at(place).value;
    taken_.push_back(place);
  }
  std::size_t leaveLast() {
    const std::size_t place = taken_.back();
    taken_.pop_back();
    left_yen_ += at(place).cost_yen;
    value_ -= at(place).value;
    return place;
  }
  /// Martello's cheap bound: the rest of the budget spent at the next item's value per yen.
  bool promising(std::size_t place) const {
    const Choice& next = at(place);
    return best_.empty() || value_ + static_cast<double>(left_yen_) * next.value / static_cast<double>(next.cost_yen) >
                                best_value_ * (1 + 1e-12);
  }

  std::span<const Choice> choices_;
  const std::vector<std::uint32_t>& order_;
  std::int64_t left_yen_;
  double value_ = 0, best_value_ = 0;
  std::vector<std::size_t> taken_, best_;  ///< places in order_
};

double relaxation(std::span<const Choice> choices, const std::vector<std::uint32_t>& order, std::int64_t left_yen) {
  double value = 0;
  for (const std::uint32_t index : order) {
    const Choice& one = choices[index];
    if (one.cost_yen > left_yen)
      return value + one.value * static_cast<double>(left_yen) / static_cast<double>(one.cost_yen);
    left_yen -= one.cost_yen;
    value += one.value;
  }
  return value;
}

}  // namespace

Result<Selection> chooseUnderBudget(std::span<const Choice> choices, std::int64_t budget_yen,
                                    std::uint64_t most_steps) {
  const auto bad = [](std::string what) { return Error{ErrorCode::bad_input, "plan", std::move(what), {}}; };
  if (budget_yen < 0) return bad("The budget is negative.");
  Selection selection;
  std::vector<std::uint32_t> order;
  double free_value = 0;
  for (std::uint32_t i = 0; i < choices.size(); ++i) {
    const Choice& one = choices[i];
    if (one.cost_yen < 0 || !(one.value >= 0) || !std::isfinite(one.value))
      return bad(fmt::format("Choice {} has a negative cost, or a value that is negative or not a number.", i));
    if (one.value == 0 || one.cost_yen > budget_yen) continue;
    if (one.cost_yen > 0) {
      order.push_back(i);
      continue;
    }
    selection.chosen.push_back(i);
    free_value += one.value;
  }
  const auto rate = [&](std::uint32_t i) { return choices[i].value / static_cast<double>(choices[i].cost_yen); };
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const double left = rate(a), right = rate(b);
    return left != right ? left > right : a < b;
  });
  Search search(choices, order, budget_yen);
  selection.exact = search.run(most_steps);
  for (const std::size_t place : search.best()) selection.chosen.push_back(order[place]);
  std::sort(selection.chosen.begin(), selection.chosen.end());
  for (const std::uint32_t i : selection.chosen) {
    selection.cost_yen += choices[i].cost_yen;
    selection.value += choices[i].value;
  }
  selection.bound = selection.exact ? selection.value
                                    : std::max(selection.value, free_value + relaxation(choices, order, budget_yen));
  return selection;
}

}  // namespace hashimichi::assess::plan
