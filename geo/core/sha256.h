#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "geo/core/result.h"

namespace hashimichi {

/// SHA-256 (FIPS 180-4), fed piece by piece so that a file of any size costs 64 bytes of memory. Processors that have
/// instructions for it (x86-64 since about 2017) are used by them, six times as fast.
class Sha256 {
 public:
  void add(std::string_view bytes);
  /// 64 lower-case hexadecimal digits. The object is finished afterwards; make a new one for the next text.
  std::string hex();

 private:
  void blocks(const std::uint8_t* bytes, std::size_t count);

  std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<std::uint8_t, 64> buffer_{};
  std::size_t buffered_ = 0;
  std::uint64_t length_bytes_ = 0;
};

std::string sha256Hex(std::string_view bytes);
/// Of a whole file, streamed; not_found or unreadable.
Result<std::string> sha256OfFile(const std::filesystem::path& path);

}  // namespace hashimichi
