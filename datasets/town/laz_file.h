#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "datasets/town/survey.h"

struct laszip_point;

namespace hashimichi::datasets {

/// When a survey was made, as LAS headers say it.
struct LasDay {
  int year = 0, day_of_year = 1;
};

/// A LAZ file being written (LAS 1.4, point format 7, EPSG:6676 and T.P. as WKT); laszip's C handle inside.
class LazFile {
 public:
  LazFile() = default;
  LazFile(const LazFile&) = delete;
  LazFile& operator=(const LazFile&) = delete;
  ~LazFile();

  // All three: false when it failed, and lastError() says why.
  bool open(const std::filesystem::path& path, const Window& window, LasDay day);
  bool write(const SurveyPoint& p, std::size_t number, std::uint64_t bits);
  bool close();
  std::string lastError() const;

 private:
  void* handle_ = nullptr;
  laszip_point* point_ = nullptr;
  bool open_ = false;
};

}  // namespace hashimichi::datasets
