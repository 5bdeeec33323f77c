#include "render/layers/point_layer.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "render/in_shares.h"
#include "render/layers/point_choice.h"

namespace hashimichi::render {
namespace {

/// A moving picture's points may take so long, of 50 ms for the whole; below the lower limit the budget rises again.
constexpr double slow_ms = 16, quick_ms = 10;
constexpr double least_budget = 300'000;
/// So many points a picture are made ready that were not drawn before: nodes that arrive do not hold a picture up.
constexpr std::size_t fresh_points_moving = 250'000, fresh_points_still = 1'500'000;
/// The range of a ramp leaves out so much at either end.
constexpr double range_tail = 0.02;
constexpr std::size_t range_sample = 20'000;
/// Neighbours are apart by the spacing along a row and by more across it: so much wider, points close the surface.
constexpr double closing = 1.4;
constexpr double seconds_a_year = 365.25 * 86'400;

bool sameView(const splat::View& a, const splat::View& b) {
  return a.eye == b.eye && a.right == b.right && a.up == b.up && a.scale == b.scale &&
         a.orthographic == b.orthographic && a.width_px == b.width_px && a.height_px == b.height_px;
}

}  // namespace

PointLayer::PointLayer()
    : arrived_(std::make_shared<std::atomic<bool>>(false)),
      distance_worker_(arrived_),
      moving_budget_(static_cast<double>(style_.point_budget)) {}

std::size_t PointLayer::octreeSources() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(sources_, [](const auto& source) { return !source->cloud().octree.empty(); }));
}

void PointLayer::show(const PreparedTownPtr& town) {
  std::vector<std::unique_ptr<PointSource>> former = std::move(sources_);
  sources_.clear(), drawn_.clear();
  distance_worker_.forget();
  town_ = town, last_view_.reset();
  const std::size_t count = town ? town->model->clouds.size() : 0;
  std::size_t octrees = 0;
  for (std::size_t i = 0; i < count; ++i) octrees += !town->model->clouds[i].octree.empty();
  const std::size_t memory_mib = style_.memory_mib / std::max<std::size_t>(1, octrees);
  for (std::size_t i = 0; i < count; ++i) {
    PointSource::Samples samples = i < town->point_samples.size() ? town->point_samples[i] : PointSource::Samples{};
    const auto kept = std::ranges::find_if(
        former, [&](const auto& source) { return source && source->isOf(town->model->clouds[i]); });
    if (kept != former.end()) {
      (*kept)->moveTo(town->model, i, std::move(samples));
      if ((*kept)->store()) (*kept)->store()->setMemoryCeiling(memory_mib);
      (*kept)->distances = nullptr;
      sources_.push_back(std::move(*kept));
    } else {
      sources_.push_back(std::make_unique<PointSource>(town->model, i, std::move(samples), memory_mib, arrived_));
    }
  }
  recolour();
}

void PointLayer::recolour() {
  range_.reset(), range_points_ = 0;
  ++revision_;
}

void PointLayer::setStyle(const PointStyle& style) {
  if (style == style_) return;
  const bool repaint = style.colour != style_.colour || style.hidden_classes != style_.hidden_classes ||
                       style.clip != style_.clip || style.range_low != style_.range_low ||
                       style.range_high != style_.range_high;
  const PointStyle former = std::exchange(style_, style);
  if (repaint && style.colour != former.colour)
    recolour();
  else if (repaint)
    ++revision_;
  moving_budget_ = former.point_budget == style.point_budget
                       ? moving_budget_
                       : std::max(least_budget, static_cast<double>(style.point_budget));
  if (former.memory_mib != style.memory_mib)
    for (const auto& source : sources_)
      if (source->store())
        source->store()->setMemoryCeiling(style.memory_mib / std::max<std::size_t>(1, octreeSources()));
}

void PointLayer::setCloudVisible(const std::string& cloud, bool visible) {
  for (const auto& source : sources_)
    if (source->cloud().id == cloud && source->visible != visible) source->visible = visible, recolour();
}

void PointLayer::setDistances(const std::string& cloud, PointDistances distances) {
  for (const auto& source : sources_) {
    if (source->cloud().id != cloud) continue;
    source->distances = distances;
    for (auto& [node, block] : source->blocks()) block->distances_m.clear(), block->distances_asked = false;
  }
  distance_worker_.forget();
  for (const auto& source : sources_)
    for (auto& [node, block] : source->blocks())
      if (block->distances_m.empty()) block->distances_asked = false;
  recolour();
}

void PointLayer::setAgeAt(Instant day) {
  if (age_at_ == day) return;
  age_at_ = day;
  recolour();
}

Bounds PointLayer::bounds() const {
  Bounds all;
  for (const auto& source : sources_) {
    if (!source->visible) continue;
    all.add(source->cloud().bounds);
    for (const points::ResidentNodePtr& chunk : source->samples()) all.add(chunk->bounds);
  }
  return all;
}

bool PointLayer::pending() const {
  return visible_ && !sources_.empty() && (*arrived_ || deferred_ || reduced_);
}

void PointLayer::tookTime(double milliseconds) {
  const auto most = static_cast<double>(style_.point_budget);
  if (still_) return;  // it had the whole budget, and says nothing about moving
  if (milliseconds > slow_ms)
    moving_budget_ *= std::max(0.7, slow_ms / milliseconds);
  else if (milliseconds < quick_ms)
    moving_budget_ *= 1.1;
  moving_budget_ = std::clamp(moving_budget_, std::min(least_budget, most), most);
}

std::size_t PointLayer::sampledPoints() const {
  std::size_t count = 0;
  for (const auto& source : sources_)
    if (source->drawsSample())
      for (const points::ResidentNodePtr& chunk : source->samples()) count += chunk->size();
  return count;
}

void PointLayer::wantSamples(const splat::View& view, std::size_t budget, std::vector<Wanted>& wanted) {
  std::vector<Wanted> seen;
  std::size_t total = 0;
  for (std::size_t s = 0; s < sources_.size(); ++s) {
    PointSource& source = *sources_[s];
    if (!source.drawsSample()) continue;
    for (const points::ResidentNodePtr& chunk : source.samples())
      if (mayBeSeen(view, chunk->bounds) && clipped(style_.clip, chunk->bounds) != Clipped::outside) {
        seen.push_back({chunk, s, chunk->size(), chunk->spacing_m});
        total += chunk->size();
      }
  }
  const double share = total > budget ? static_cast<double>(budget) / static_cast<double>(total) : 1;
  if (share < 1) budget_hit_ = true;
  for (Wanted& want : seen) {
    want.count = static_cast<std::size_t>(std::ceil(static_cast<double>(want.count) * share));
    want.spacing_m /= std::sqrt(std::max(1e-6, share));
    wanted.push_back(std::move(want));
  }
}

void PointLayer::wantOctrees(const splat::View& view, std::size_t budget, std::vector<Wanted>& wanted) {
  std::vector<const points::LodTree*> trees;
  std::vector<std::size_t> of;
  for (std::size_t s = 0; s < sources_.size(); ++s)
    if (sources_[s]->visible && sources_[s]->store()) trees.push_back(&sources_[s]->store()->tree()), of.push_back(s);
  points::LodView lod;
  lod.view_projection = viewProjection(view);
  lod.viewport_height_px = view.height_px, lod.point_budget = budget;
  if (style_.clip) lod.clip = enclosing(*style_.clip);
  const std::vector<points::LodSelection> selections = points::selectNodes(trees, lod);
  for (std::size_t i = 0; i < selections.size(); ++i) {
    budget_hit_ = budget_hit_ || selections[i].budget_hit;
    const std::vector<points::ResidentNodePtr> nodes = sources_[of[i]]->store()->request(selections[i]);
    const std::vector<double> spacings = drawnSpacings(*trees[i], nodes, view);
    for (std::size_t n = 0; n < nodes.size(); ++n)
      if (clipped(style_.clip, nodes[n]->bounds) != Clipped::outside)
        wanted.push_back({nodes[n], of[i], nodes[n]->size(), spacings[n]});
  }
}

std::vector<PointLayer::Wanted> PointLayer::wantedNodes(const splat::View& view, std::size_t budget) {
  std::vector<Wanted> wanted;
  const bool octrees = std::ranges::any_of(sources_, [](const auto& s) { return s->visible && s->store(); });
  const std::size_t for_samples = octrees ? std::min(sampledPoints(), budget / 2) : budget;
  if (octrees) wantOctrees(view, budget - for_samples, wanted);
  wantSamples(view, for_samples, wanted);
  return wanted;
}

void PointLayer::choose(const splat::View& view) {
  drawn_.clear();
  if (!visible_ || sources_.empty()) return;
  *arrived_ = false, ++picture_;
  for (const auto& source : sources_) source->poll();
  takeDistances();
  const bool first = !last_view_;  // of a town: nobody waits for it in the middle of a movement
  still_ = first || sameView(*last_view_, view);
  last_view_ = view, budget_hit_ = false;
  const auto most = static_cast<double>(style_.point_budget);
  const double budget = still_ ? most : std::min(most, moving_budget_);
  const std::vector<Wanted> wanted = wantedNodes(view, static_cast<std::size_t>(budget));
  reduced_ = budget_hit_ && budget < most;
  paint(wanted, first ? style_.point_budget : still_ ? fresh_points_still : fresh_points_moving);
}

DrawnBlock PointLayer::drawnOf(const PointBlock& block, const Wanted& wanted) const {
  DrawnBlock drawn{&block, wanted.count, static_cast<float>(style_.size_px), 0, wanted.source};
  if (style_.size == PointSize::by_distance) drawn.size_m = static_cast<float>(style_.size_m);
  if (style_.size == PointSize::adaptive) drawn.size_m = static_cast<float>(closing * wanted.spacing_m);
  return drawn;
}

void PointLayer::paint(const std::vector<Wanted>& wanted, std::size_t fresh_limit) {
  std::size_t fresh = 0;
  std::vector<PointBlock*> blocks;
  deferred_ = false;
  for (const Wanted& want : wanted) {
    PointSource& source = *sources_[want.source];
    PointBlock* block = source.find(*want.node);
    if (!block && fresh > 0 && fresh + want.node->size() > fresh_limit) {
      deferred_ = true;
      blocks.push_back(nullptr);
      continue;
    }
    if (!block) fresh += want.node->size(), block = &source.add(want.node);
    block->used = picture_;
    if (style_.colour == PointColour::distance && source.distances && !block->distances_asked) {
      block->distances_asked = true;
      distance_worker_.ask(want.node, source.distances);
    }
    blocks.push_back(block);
  }
  for (const auto& source : sources_)
    if (source->store()) source->forgetBefore(picture_);
  refreshRange();
  std::vector<std::pair<PointBlock*, PointPaint>> unpainted;
  for (std::size_t i = 0; i < blocks.size(); ++i)
    if (blocks[i] && blocks[i]->painted != revision_)
      unpainted.emplace_back(blocks[i], paintOf(*sources_[wanted[i].source]));
  inEqualShares(unpainted.size(), [&](std::size_t i) { unpainted[i].first->paint(unpainted[i].second, revision_); });
  for (std::size_t i = 0; i < blocks.size(); ++i)
    if (blocks[i]) drawn_.push_back(drawnOf(*blocks[i], wanted[i]));
}

void PointLayer::takeDistances() {
  for (DistanceWorker::Answer& answer : distance_worker_.take())
    for (const auto& source : sources_)
      if (PointBlock* block = source->find(*answer.node)) {
        block->distances_m = answer.distances_m;
        block->painted = 0;
      }
}

PointPaint PointLayer::paintOf(const PointSource& source) const {
  PointPaint paint;
  paint.colour = style_.colour, paint.hidden_classes = style_.hidden_classes, paint.clip = style_.clip;
  paint.low = style_.range_low.value_or(range_ ? range_->first : 0);
  paint.high = style_.range_high.value_or(range_ ? range_->second : 1);
  if (town_) paint.ground = &town_->ground;
  std::optional<Instant> day = age_at_;
  if (!day)
    for (const auto& other : sources_)
      if (other->cloud().surveyed && (!day || *day < *other->cloud().surveyed)) day = other->cloud().surveyed;
  if (day && source.cloud().surveyed)
    paint.age_years = static_cast<double>(day->unix_s - source.cloud().surveyed->unix_s) / seconds_a_year;
  return paint;
}

void PointLayer::refreshRange() {
  const bool ramp = isRamp(style_.colour) || style_.colour == PointColour::rgb;
  std::size_t known = 0;
  for (const auto& source : sources_)
    for (const auto& [node, block] : source->blocks())
      known += style_.colour == PointColour::distance ? block->distances_m.size() : block->node->size();
  // Once there are points it stays, so that colours do not swim while detail comes; a first handful is not enough.
  if (!ramp || known == 0 || (range_ && (range_points_ >= range_sample || known < 2 * range_points_))) return;
  std::vector<double> values;
  const std::size_t step = std::max<std::size_t>(1, known / range_sample);
  for (const auto& source : sources_) {
    if (!source->visible) continue;
    PointPaint paint = paintOf(*source);
    if (style_.colour == PointColour::rgb) paint.colour = PointColour::height;
    for (const auto& [node, block] : source->blocks())
      for (std::size_t i = 0; i < block->node->size(); i += step)
        if (const double value = scalarOf(*block->node, i, paint, block->distances_m); std::isfinite(value))
          values.push_back(value);
  }
  range_points_ = known;
  const auto former = range_;
  range_ = rangeOf(std::move(values), range_tail, style_.colour);
  if (range_ != former) ++revision_;
}

PointStatus PointLayer::status() const {
  PointStatus status;
  for (const DrawnBlock& block : drawn_) status.drawn += block.count;
  status.budget = static_cast<std::uint64_t>(std::min(moving_budget_, static_cast<double>(style_.point_budget)));
  status.detail_complete = !pending() && !distance_worker_.busy();
  status.whole = !budget_hit_;
  for (const auto& source : sources_) {
    status.resident_bytes += source->store() ? source->store()->state().resident_bytes : 0;
    if (!source->visible) continue;
    if (source->opening() || (source->store() && !source->store()->complete())) status.detail_complete = false;
    if (source->store() && source->store()->state().trimmed) status.whole = false;
    if (status.trouble.empty()) status.trouble = source->trouble();
  }
  if (isRamp(style_.colour)) {
    if (range_) status.range_low = range_->first, status.range_high = range_->second;
    if (style_.range_low) status.range_low = style_.range_low;
    if (style_.range_high) status.range_high = style_.range_high;
  }
  return status;
}

}  // namespace hashimichi::render
