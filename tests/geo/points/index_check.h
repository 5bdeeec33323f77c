#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "geo/points/build_octree.h"
#include "tests/geo/points/las_bytes.h"
#include "tests/geo/points/potree_folder.h"

namespace hashimichi::tests {

using Rows = std::vector<std::vector<double>>;

/// All points of the octree, an attribute's numbers after the other in the order of their names, sorted.
inline Rows rowsOf(const PotreeFolder& folder) {
  std::map<std::string, const PotreeFolder::Attribute*> by_name;
  for (const auto& attribute : folder.attributes) by_name[attribute.name] = &attribute;
  Rows rows;
  for (const auto& node : folder.nodes)
    for (std::uint32_t i = 0; i < node.points; ++i) {
      rows.emplace_back();
      for (const auto& [name, attribute] : by_name)
        for (int e = 0; e < attribute->elements; ++e) rows.back().push_back(folder.number(node, i, *attribute, e));
    }
  std::sort(rows.begin(), rows.end());
  return rows;
}
inline Rows rowsOf(const LasBytes& las) {
  Rows rows;
  for (const std::string& record : las.records) {
    rows.emplace_back();
    for (const auto& [name, numbers] : las.meaning(record))
      rows.back().insert(rows.back().end(), numbers.begin(), numbers.end());
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

/// Cubes in their parents is how the reader makes them; here: points in their cubes, names once, the stated sum.
inline void expectSound(const PotreeFolder& folder) {
  std::uint64_t points = 0, outside = 0;
  std::set<std::string> names;
  for (const auto& node : folder.nodes) {
    EXPECT_TRUE(names.insert(node.name).second) << node.name << " is there twice";
    points += node.points;
    for (std::uint32_t i = 0; i < node.points; ++i)
      for (int axis = 0; axis < 3; ++axis) {
        const double c = folder.coordinate(node, i, axis);
        const double slack = 1e-9 * (folder.nodes[0].high[axis] - folder.nodes[0].low[axis]) +
                             0.5 * folder.metadata["scale"][static_cast<std::size_t>(axis)].get<double>();
        outside += c < node.low[axis] - slack || c > node.high[axis] + slack;
      }
  }
  EXPECT_EQ(points, folder.metadata["points"].get<std::uint64_t>());
  EXPECT_EQ(outside, 0u) << "points outside of their cubes";
}

struct Indexed {
  Result<points::IndexReport> report;
  Problems problems;
};
inline Indexed index(std::vector<std::filesystem::path> files, const std::filesystem::path& out,
                     int memory_mib = points::IndexJob::default_memory_mib, Progress* progress = nullptr) {
  points::IndexJob job;
  job.files = std::move(files), job.out = out, job.memory_mib = memory_mib;
  Problems problems;
  SilentProgress quiet;
  Result<points::IndexReport> report = points::buildOctree(job, problems, progress ? *progress : quiet);
  return {std::move(report), std::move(problems)};
}

}  // namespace hashimichi::tests
