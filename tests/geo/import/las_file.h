#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace hashimichi::tests {

/// LAS files as the specification (ASPRS LAS 1.2, point format 2) lays them out, byte by byte, so that the reader is
/// not tested against the library that it uses.
struct WrittenPoint {
  double x = 0, y = 0, z = 0;
  std::uint8_t classification = 0;
  std::uint16_t red = 0, green = 0, blue = 0;
};

struct LasFile {
  std::vector<WrittenPoint> points = {};
  int epsg = 0;             ///< projected; 0 writes no coordinate system
  bool geographic = false;  ///< the code is a geographic one
  std::string wkt = {};
  double scale = 0.001;
  double offset_x = 0, offset_y = 0;
  std::uint32_t stated_points = 0;  ///< when not as many as there are
  std::uint32_t stated_vlrs = 0;

  std::string bytes() const;
};

namespace las {

template <typename T>
void put(std::string& bytes, std::size_t at, T value) {
  if (bytes.size() < at + sizeof(T)) bytes.resize(at + sizeof(T));
  std::memcpy(bytes.data() + at, &value, sizeof(T));
}

inline std::string vlr(std::uint16_t id, const std::string& data) {
  std::string bytes(54, '\0');
  std::memcpy(bytes.data() + 2, "LASF_Projection", 15);
  put<std::uint16_t>(bytes, 18, id);
  put<std::uint16_t>(bytes, 20, static_cast<std::uint16_t>(data.size()));
  return bytes + data;
}

inline std::string geoKeys(int epsg, bool geographic) {
  std::string keys;
  const std::uint16_t model = geographic ? 2 : 1, key = geographic ? 2048 : 3072;
  const std::vector<std::uint16_t> numbers{1, 1, 0, 2, 1024, 0, 1, model, key, 0, 1, static_cast<std::uint16_t>(epsg)};
  for (std::size_t i = 0; i < numbers.size(); ++i) put(keys, 2 * i, numbers[i]);
  return vlr(34735, keys);
}

}  // namespace las

inline std::string LasFile::bytes() const {
  std::string records;
  std::uint32_t count = 0;
  if (epsg > 0) records += las::geoKeys(epsg, geographic), ++count;
  if (!wkt.empty()) records += las::vlr(2112, wkt + '\0'), ++count;
  std::string file(227, '\0');
  std::memcpy(file.data(), "LASF", 4);
  las::put<std::uint16_t>(file, 6, wkt.empty() ? 0 : 0x10);
  file[24] = 1, file[25] = 2;
  las::put<std::uint16_t>(file, 94, 227);
  las::put<std::uint32_t>(file, 96, static_cast<std::uint32_t>(227 + records.size()));
  las::put<std::uint32_t>(file, 100, stated_vlrs ? stated_vlrs : count);
  file[104] = 2;
  las::put<std::uint16_t>(file, 105, 26);
  las::put<std::uint32_t>(file, 107, stated_points ? stated_points : static_cast<std::uint32_t>(points.size()));
  for (std::size_t i = 0; i < 3; ++i) las::put<double>(file, 131 + 8 * i, scale);
  las::put<double>(file, 155, offset_x);
  las::put<double>(file, 163, offset_y);
  double low[3] = {1e300, 1e300, 1e300}, high[3] = {-1e300, -1e300, -1e300};
  std::string data;
  for (const WrittenPoint& p : points) {
    const double place[3] = {p.x, p.y, p.z};
    for (int i = 0; i < 3; ++i) low[i] = std::min(low[i], place[i]), high[i] = std::max(high[i], place[i]);
    std::string record(26, '\0');
    las::put<std::int32_t>(record, 0, static_cast<std::int32_t>(std::lround((p.x - offset_x) / scale)));
    las::put<std::int32_t>(record, 4, static_cast<std::int32_t>(std::lround((p.y - offset_y) / scale)));
    las::put<std::int32_t>(record, 8, static_cast<std::int32_t>(std::lround(p.z / scale)));
    record[14] = 0x09;  // return 1 of 1
    record[15] = static_cast<char>(p.classification);
    las::put<std::uint16_t>(record, 20, p.red);
    las::put<std::uint16_t>(record, 22, p.green);
    las::put<std::uint16_t>(record, 24, p.blue);
    data += record;
  }
  for (std::size_t i = 0; i < 3 && !points.empty(); ++i) {
    las::put<double>(file, 179 + 16 * i, high[i]);
    las::put<double>(file, 187 + 16 * i, low[i]);
  }
  return file + records + data;
}

}  // namespace hashimichi::tests
