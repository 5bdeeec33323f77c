#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace hashimichi::points {

/// One chunk of a LAZ file whose chunks differ in size.
struct ChunkSize {
  std::uint32_t points = 0, bytes = 0;
};

/// The table of chunks as LASzip 2 and later read it: version 0, the number of chunks, then points and bytes of each,
/// the difference to the one before, by LASzip's integer compressor (32 bits, 2 contexts, 8 high bits) on its
/// arithmetic coder. After A. Said, "Introduction to Arithmetic Coding" (HP Labs, 2004) and the LAZ specification 1.4.
std::vector<unsigned char> chunkTable(std::span<const ChunkSize> chunks);

}  // namespace hashimichi::points
