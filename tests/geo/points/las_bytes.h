#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace hashimichi::tests {

/// LAS files of any point format as the specification lays them out, byte by byte.
struct LasBytes {
  int format = 2, minor = 4;
  std::uint16_t extra_bytes = 0;
  std::vector<std::string> extra_names = {};  ///< each described as one uint16
  double scale[3]{0.001, 0.001, 0.001}, offset[3]{};
  std::vector<std::string> records = {};
  std::uint64_t stated = 0;  ///< when not as many as there are
  double bounds_factor = 1;  ///< of the header's extent

  std::size_t formatBytes() const {
    static constexpr std::size_t bytes[]{20, 28, 26, 34, 57, 63, 30, 36, 38, 59, 67};
    return bytes[format];
  }
  std::size_t recordBytes() const { return formatBytes() + extra_bytes; }

  template <typename T>
  static void put(std::string& bytes, std::size_t at, T value) {
    if (bytes.size() < at + sizeof(T)) bytes.resize(at + sizeof(T));
    std::memcpy(bytes.data() + at, &value, sizeof(T));
  }
  template <typename T>
  static T get(const std::string& bytes, std::size_t at) {
    T value;
    std::memcpy(&value, bytes.data() + at, sizeof(T));
    return value;
  }

  void add(std::int32_t x, std::int32_t y, std::int32_t z, std::mt19937& random) {
    std::string record(recordBytes(), '\0');
    for (char& c : record) c = static_cast<char>(random());
    static constexpr std::size_t gps[]{0, 20, 0, 20, 20, 20, 22, 22, 22, 22, 22};
    if (gps[format]) put(record, gps[format], static_cast<double>(random() % 1000000) / 7);
    put(record, 0, x), put(record, 4, y), put(record, 8, z);
    records.push_back(std::move(record));
  }
  /// A wavy surface, so that nodes hold what a survey's do.
  void addSurface(std::size_t count, std::int32_t side, std::uint32_t seed) {
    std::mt19937 random(seed);
    for (std::size_t i = 0; i < count; ++i) {
      const auto x = static_cast<std::int32_t>(random() % static_cast<std::uint32_t>(side)),
                 y = static_cast<std::int32_t>(random() % static_cast<std::uint32_t>(side));
      add(x, y,
          static_cast<std::int32_t>(0.05 * side * std::sin(x * 9.0 / side)) + static_cast<std::int32_t>(random() % 50),
          random);
    }
  }

  std::string bytes() const {
    const std::size_t head = minor >= 4 ? 375 : 227;
    std::string file(head, '\0'), vlr;
    if (!extra_names.empty()) {
      vlr.assign(54 + 192 * extra_names.size(), '\0');
      std::memcpy(vlr.data() + 2, "LASF_Spec", 9);
      put<std::uint16_t>(vlr, 18, 4), put(vlr, 20, static_cast<std::uint16_t>(192 * extra_names.size()));
      for (std::size_t i = 0; i < extra_names.size(); ++i) {
        vlr[54 + 192 * i + 2] = 3;
        std::memcpy(vlr.data() + 54 + 192 * i + 4, extra_names[i].data(),
                    std::min<std::size_t>(31, extra_names[i].size()));
      }
    }
    std::memcpy(file.data(), "LASF", 4);
    file[24] = 1, file[25] = static_cast<char>(minor), file[104] = static_cast<char>(format);
    put(file, 94, static_cast<std::uint16_t>(head)), put(file, 96, static_cast<std::uint32_t>(head + vlr.size()));
    put<std::uint32_t>(file, 100, vlr.empty() ? 0 : 1), put(file, 105, static_cast<std::uint16_t>(recordBytes()));
    const std::uint64_t count = stated ? stated : records.size();
    put(file, 107, static_cast<std::uint32_t>(minor >= 4 && format >= 6 ? 0 : count));
    if (minor >= 4) put(file, 247, count);
    std::int32_t low[3]{INT32_MAX, INT32_MAX, INT32_MAX}, high[3]{INT32_MIN, INT32_MIN, INT32_MIN};
    for (const std::string& record : records)
      for (std::size_t a = 0; a < 3; ++a) {
        low[a] = std::min(low[a], get<std::int32_t>(record, 4 * a));
        high[a] = std::max(high[a], get<std::int32_t>(record, 4 * a));
      }
    for (std::size_t a = 0; a < 3; ++a) {
      put(file, 131 + 8 * a, scale[a]), put(file, 155 + 8 * a, offset[a]);
      if (records.empty()) continue;
      put(file, 179 + 16 * a, (high[a] * scale[a]) * bounds_factor + offset[a]);
      put(file, 187 + 16 * a, (low[a] * scale[a]) * bounds_factor + offset[a]);
    }
    file += vlr;
    for (const std::string& record : records) file += record;
    return file;
  }
  void write(const std::filesystem::path& path) const { std::ofstream(path, std::ios::binary) << bytes(); }

  /// What the specification says that a record means, by Potree's names; position as the file's integers.
  std::map<std::string, std::vector<double>> meaning(const std::string& r) const {
    std::map<std::string, std::vector<double>> m;
    m["position"] = {double(get<std::int32_t>(r, 0)), double(get<std::int32_t>(r, 4)), double(get<std::int32_t>(r, 8))};
    m["intensity"] = {double(get<std::uint16_t>(r, 12))};
    const auto bits = get<std::uint8_t>(r, 14), more = get<std::uint8_t>(r, 15);
    std::size_t rgb = 0, gps = 0, nir = 0;
    if (format < 6) {
      m["return number"] = {double(bits & 7)}, m["number of returns"] = {double(bits >> 3 & 7)};
      m["classification"] = {double(more & 31)};
      m["classification flags"] = {double((more >> 5) + (bits >> 6 & 1) * 64 + (bits >> 7) * 128)};
      m["scan angle rank"] = {double(get<std::int8_t>(r, 16))}, m["user data"] = {double(get<std::uint8_t>(r, 17))};
      m["point source id"] = {double(get<std::uint16_t>(r, 18))};
      gps = format == 0 || format == 2 ? 0 : 20, rgb = format == 2 ? 20 : format == 3 || format == 5 ? 28 : 0;
    } else {
      m["return number"] = {double(bits & 15)}, m["number of returns"] = {double(bits >> 4)};
      m["classification flags"] = {double(more)}, m["classification"] = {double(get<std::uint8_t>(r, 16))};
      m["user data"] = {double(get<std::uint8_t>(r, 17))}, m["scan angle"] = {double(get<std::int16_t>(r, 18))};
      m["point source id"] = {double(get<std::uint16_t>(r, 20))};
      gps = 22, rgb = format == 7 || format == 8 || format == 10 ? 30 : 0, nir = format == 8 || format == 10 ? 36 : 0;
    }
    if (gps) m["gps-time"] = {get<double>(r, gps)};
    if (rgb)
      m["rgb"] = {double(get<std::uint16_t>(r, rgb)), double(get<std::uint16_t>(r, rgb + 2)),
                  double(get<std::uint16_t>(r, rgb + 4))};
    if (nir) m["nir"] = {double(get<std::uint16_t>(r, nir))};
    for (std::size_t i = 0; i < extra_names.size(); ++i)
      m[extra_names[i]] = {double(get<std::uint16_t>(r, formatBytes() + 2 * i))};
    return m;
  }
};

}  // namespace hashimichi::tests
