#include "geo/points/node_store.h"

#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <thread>

#include "tests/geo/points/made_octree.h"

namespace hashimichi::points {
namespace {

using tests::madeFrame;
using tests::MadeOctree;

/// Looking straight down from `height` above (x, y) in a parallel projection that shows `width` metres in 1000 pixels.
LodView downView(double x, double y, double width) {
  LodView view;
  const double s = 2 / width;
  view.view_projection = {s, 0, 0, -s * x, 0, s, 0, -s * y, 0, 0, -0.001, 0, 0, 0, 0, 1};
  view.viewport_height_px = 1000;
  return view;
}

LodTree treeOf(const Octree& octree) {
  const auto placer = OctreePlacer::create({madeFrame(), "EPSG:6676"});
  return lodTree(octree, *placer);
}

bool waitUntil(const auto& holds) {
  for (int i = 0; i < 1000; ++i) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return false;
}

TEST(LodSelect, RefinesUntilTheSpacingIsSmallerThanTheWishedError) {
  const MadeOctree octree(5);
  LodView view = downView(64, 64, 128);  // 7.8 px per metre: spacings 100, 50, 25, 12.5, 6.25, 3.1 px
  view.screen_error_px = 20;
  const LodSelection selection = selectNodes(treeOf(octree), view);
  // Levels 0 to 3: 1 + 4 + 16 + 64; level 3 has 12.5 px and is not refined.
  EXPECT_EQ(selection.picks.size(), 85u);
  EXPECT_EQ(selection.points, 8500u);
  EXPECT_FALSE(selection.budget_hit);
  EXPECT_NEAR(selection.picks.front().spacing_px, 100, 1e-6);
}

TEST(LodSelect, ParentsComeFirstAndTheBudgetHolds) {
  const MadeOctree octree(5);
  LodView view = downView(64, 64, 128);
  view.point_budget = 3000;
  const LodTree tree = treeOf(octree);
  const LodSelection selection = selectNodes(tree, view);
  EXPECT_EQ(selection.points, 3000u);
  EXPECT_TRUE(selection.budget_hit);
  std::set<std::uint32_t> seen;
  for (const auto& pick : selection.picks) {
    seen.insert(pick.node);
    for (std::uint32_t parent = 0; parent < tree.nodes.size(); ++parent)
      for (const std::int32_t child : tree.nodes[parent].children)
        if (child == static_cast<std::int32_t>(pick.node)) {
          EXPECT_TRUE(seen.contains(parent));
        }
  }
}

TEST(LodSelect, NodesBesideThePictureAreNotChosen) {
  const MadeOctree octree(4);
  LodView view = downView(16, 16, 30);
  view.screen_error_px = 0.01;
  const LodTree tree = treeOf(octree);
  const LodSelection selection = selectNodes(tree, view);
  for (const auto& pick : selection.picks) {
    EXPECT_LE(tree.nodes[pick.node].bounds.low.x, 31);
    EXPECT_LE(tree.nodes[pick.node].bounds.low.y, 31);
  }
  // 1 + 1 + 1 + 4 + 16: the view from 1 to 31 m touches 32 m once, 16 m twice and 8 m four times each way.
  EXPECT_EQ(selection.picks.size(), 23u);
}

TEST(LodSelect, PerspectiveRefinesWhatIsNear) {
  const MadeOctree octree(5);
  // Eye at (0, 64, 10) looking east: clip w = x, x' = -(y - 64), y' = z - 10.
  LodView view;
  view.view_projection = {0, -1, 0, 64, 0, 0, 1, -10, 1, 0, 0, -1, 1, 0, 0, 0};
  view.viewport_height_px = 700;
  view.screen_error_px = 30;
  const LodTree tree = treeOf(octree);
  const LodSelection selection = selectNodes(tree, view);
  int deepest_near = 0, deepest_far = 0;
  for (const auto& pick : selection.picks) {
    const LodTree::Node& node = tree.nodes[pick.node];
    int& deepest = node.bounds.low.x < 16 ? deepest_near : deepest_far;
    if (node.bounds.low.x < 16 || node.bounds.low.x >= 96) deepest = std::max(deepest, node.level);
  }
  EXPECT_GT(deepest_near, deepest_far);
}

TEST(NodeStore, WhatIsWantedArrivesAndTheDetailIsComplete) {
  const auto octree = std::make_shared<MadeOctree>(3);
  const auto store = NodeStore::create(octree, {madeFrame(), "EPSG:6676"}, {64, 2, {}});
  ASSERT_TRUE(store);
  LodView view = downView(64, 64, 128);
  const LodSelection wanted = selectNodes((*store)->tree(), view);
  (*store)->request(wanted);
  ASSERT_TRUE(waitUntil([&] { return (*store)->complete(); }));
  const auto nodes = (*store)->request(wanted);
  ASSERT_EQ(nodes.size(), wanted.picks.size());
  EXPECT_EQ(nodes.front()->node, 0u);
  // The first point of the root lies half a step from the corner: 6.4 m.
  EXPECT_NEAR(nodes.front()->position(0).x, 6.4, 1e-5);
  EXPECT_EQ(nodes.front()->classification.at(0), 2);
  EXPECT_FALSE((*store)->state().trimmed);
  EXPECT_FALSE((*store)->takeFailure());
}

TEST(NodeStore, StaysBelowItsCeilingAndKeepsTheCoarseLevels) {
  const auto octree = std::make_shared<MadeOctree>(7);  // 21,845 nodes, about 50 MB
  const auto store = NodeStore::create(octree, {madeFrame(), "EPSG:6676"}, {4, 2, {}});
  ASSERT_TRUE(store);
  LodView view;
  for (int i = 0; i < 40; ++i) {
    view = downView(10 + 2.5 * i, 64, 20);
    view.screen_error_px = 0.1;
    (*store)->request(selectNodes((*store)->tree(), view));
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_LE((*store)->state().resident_bytes, 4u << 20);
  }
  ASSERT_TRUE(waitUntil([&] { return (*store)->complete(); }));
  LodSelection root;
  root.picks.push_back({0, 1});
  EXPECT_EQ((*store)->request(root).size(), 1u);
  EXPECT_LE((*store)->state().resident_bytes, 4u << 20);
}

TEST(NodeStore, ASourceThatIsGoneIsToldOnce) {
  const auto octree = std::make_shared<MadeOctree>(2);
  octree->gone = true;
  const auto store = NodeStore::create(octree, {madeFrame(), "EPSG:6676"}, {64, 1, {}});
  ASSERT_TRUE(store);
  (*store)->request(selectNodes((*store)->tree(), downView(64, 64, 128)));
  ASSERT_TRUE(waitUntil([&] { return (*store)->complete(); }));
  const auto failure = (*store)->takeFailure();
  ASSERT_TRUE(failure);
  EXPECT_NE(failure->what.find("removed"), std::string::npos);
  EXPECT_FALSE((*store)->takeFailure());
}

}  // namespace
}  // namespace hashimichi::points
