#pragma once
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/session/view_model.h"

namespace hashimichi::app {

/// The ranking as a table, linked both ways: a click on a row selects and flies there, a selection made in the town
/// brings its row into sight. Ctrl adds a row to the selection, Shift takes all between; arrows, page up and down, End
/// and Ctrl+Home move while the table has the focus (Home alone is the view's), Enter flies there. Columns can be
/// hidden and moved at their heads. Sorts and filters for the eye only; the ranks stay the ranking's.
class RankingPanel {
 public:
  void draw(const ViewModel& view, CommandQueue& out, float scale);

  /// The rows in sight: asset id and the height of the row's centre, in window pixels.
  const std::vector<std::pair<std::string, float>>& visibleRows() const { return visible_rows_; }

 private:
  enum Column { by_rank, by_name, by_tier, by_score, by_deciding, by_reason, by_age };

  void toolbar(const ViewModel& view, float scale);
  void arrange(const ViewModel& view);
  void sort(const ViewModel& view);
  void columns(const ViewModel& view, float scale);
  void followSelection(const ViewModel& view, float row_height);
  void keys(const ViewModel& view, CommandQueue& out, float row_height);
  /// Selects the row at a place of `order_`, as plain click, Ctrl or Shift would have it.
  void choose(const ViewModel& view, CommandQueue& out, std::size_t place, bool add, bool range);
  model::AssetRef assetAt(const ViewModel& view, std::size_t place) const;
  void row(const ViewModel& view, CommandQueue& out, std::size_t place, float scale);
  void cells(const ViewModel& view, const assess::Ranked& ranked, float scale);

  std::string filter_;
  Column sorted_by_ = by_rank;
  bool descending_ = false;

  // What `order_` was made from; it is made again only when one of them changed.
  std::shared_ptr<const assess::Ranking> arranged_;
  std::string arranged_filter_;
  Language arranged_language_ = Language::ja;
  bool stale_ = true;
  std::vector<std::size_t> order_;  ///< into arranged_->rows

  std::optional<model::AssetRef> followed_;
  std::string anchor_, cursor_;  ///< ids of the rows where a range begins and where the keys are
  std::vector<std::pair<std::string, float>> visible_rows_;
};

}  // namespace hashimichi::app
