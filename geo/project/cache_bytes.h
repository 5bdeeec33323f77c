#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <vector>

namespace hashimichi::project {

/// A 64-bit mix over words: finds damage, tells contents apart; not meant against intent.
inline std::uint64_t mix(std::uint64_t hash, const void* data, std::size_t bytes) {
  const auto* at = static_cast<const unsigned char*>(data);
  const auto step = [&hash](std::uint64_t word) {
    hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 32;
  };
  for (; bytes >= 8; at += 8, bytes -= 8) {
    std::uint64_t word;
    std::memcpy(&word, at, 8);
    step(word);
  }
  std::uint64_t rest = bytes;
  std::memcpy(&rest, at, bytes);
  step(rest ^ (static_cast<std::uint64_t>(bytes) << 56));
  return hash;
}

/// Arrays as they lie in memory.
template <typename T>
void put(std::ofstream& stream, const std::vector<T>& values) {
  stream.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(T)));
}
template <typename T>
void get(std::ifstream& stream, std::vector<T>& values, std::size_t count) {
  values.resize(count);
  stream.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(count * sizeof(T)));
}

}  // namespace hashimichi::project
