#pragma once
#include <bit>
#include <cstring>
#include <string>

namespace hashimichi::import {

static_assert(std::endian::native == std::endian::little, "LAS is little-endian and is copied as it is");

/// Numbers at fixed places of a block of bytes; beyond its end they read as zero, which every caller checks.
class LittleEndian {
 public:
  explicit LittleEndian(const std::string& bytes) : bytes_(bytes) {}
  template <typename T>
  T at(std::size_t offset) const {
    T value{};
    if (offset + sizeof(T) <= bytes_.size()) std::memcpy(&value, bytes_.data() + offset, sizeof(T));
    return value;
  }

 private:
  const std::string& bytes_;
};

}  // namespace hashimichi::import
