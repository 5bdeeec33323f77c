#pragma once
#include <filesystem>

namespace hashimichi::import {

class Importer;

/// COPC files and Potree 2 octrees: seen without indexing. Not in importers(): both are recognised by more than their
/// first bytes and the name, and a Potree octree is a folder.
const Importer& octreeImporter();

/// Points of the coarse sample: whole levels of the octree, the coarsest first. LASzip unpacks so many in about a
/// third of a second.
inline constexpr std::size_t octree_sample_budget = 1'000'000;

}  // namespace hashimichi::import
