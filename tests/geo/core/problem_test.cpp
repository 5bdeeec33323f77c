#include "geo/core/problem.h"

#include <gtest/gtest.h>

namespace hashimichi {
namespace {

TEST(Problems, AMillionBadFeaturesAreAllCountedAndFewAreKept) {
  Problems problems;
  for (int i = 0; i < 1000000; ++i)
    problems.skip("a.gml", "line " + std::to_string(i), "ring.unclosed", "The ring is not closed.");
  EXPECT_EQ(problems.count(ProblemKind::skipped), 1000000u);
  EXPECT_EQ(problems.lines().size(), Problems::kept_per_code);
}

TEST(Problems, MergingKeepsTheFullCounts) {
  Problems a, b;
  for (int i = 0; i < 150; ++i) b.skip("b", "", "x", "…");
  a.skip("a", "", "x", "…");
  a.merge(b);
  EXPECT_EQ(a.count(ProblemKind::skipped, "x"), 151u);
  EXPECT_EQ(a.lines().size(), Problems::kept_per_code);
}

}  // namespace
}  // namespace hashimichi
