#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "geo/points/chunk_plan.h"
#include "geo/points/chunk_store.h"
#include "geo/points/index_space.h"
#include "geo/points/index_work.h"
#include "geo/points/point_source.h"
#include "geo/points/record_stats.h"

namespace hashimichi::points {

/// Several sources as one cloud.
struct Cloud {
  std::vector<PointSourcePtr> sources;
  RecordLayout layout;
  Steps steps;
  std::uint64_t points = 0;  ///< that the sources have room for
  std::uint64_t bytes = 0;
  bool geographic = false;
  std::string crs;
};

/// Some points of one source, each standing for `weight` points: bounds are held against them, memory is planned by
/// them.
struct SourceSample {
  std::vector<std::int32_t> xyz;  ///< 3 a point, in the source's own steps
  float weight = 1;
  Bounds bounds;
};

/// What became of one source.
struct SourceOutcome {
  std::uint64_t read = 0, unusable = 0;
  std::string damage;  ///< the first
};
struct Distribution {
  RecordStats stats;
  std::vector<SourceOutcome> sources;
};

/// Bounds of stored integers, in the cloud's coordinates.
Bounds boundsOfSteps(const std::array<std::int32_t, 3>& low, const std::array<std::int32_t, 3>& high,
                     const Steps& steps);
/// Positions of records by the ranges of their first attribute; empty without points.
Bounds boundsOf(const RecordStats& stats, const Steps& steps);

/// One for each source.
Result<std::vector<SourceSample>> sampleCloud(const Cloud& cloud, IndexWork& work);
/// Reads every point for its place alone; one box for each source.
Result<std::vector<Bounds>> exactBounds(const Cloud& cloud, IndexWork& work);
/// How many points each cell of the root's plan will get, by the samples.
std::vector<float> estimateCounts(const Cloud& cloud, const std::vector<SourceSample>& samples,
                                  const IndexSpace& space);
/// Reads every point and lays it on its chunk's heap.
/// @param first_heap  of chunk 0 in the store
Result<Distribution> distribute(const Cloud& cloud, const IndexSpace& space, const ChunkPlan& plan, ChunkStore& store,
                                std::uint32_t first_heap, std::size_t memory_bytes, IndexWork& work);
/// Lays a heap's records on those of a plan below the heap's cube.
Status redistribute(ChunkStore& store, std::uint32_t heap, const RecordLayout& layout, const IndexSpace& space,
                    const ChunkPlan& plan, std::uint32_t first_heap, std::size_t memory_bytes, IndexWork& work);
/// Points of a heap in each cell below its cube.
Result<std::vector<float>> countHeap(const ChunkStore& store, std::uint32_t heap, const RecordLayout& layout,
                                     const IndexSpace& space, const VoxelKey& root, IndexWork& work);

}  // namespace hashimichi::points
