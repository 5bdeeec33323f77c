#pragma once
#include <string>

namespace hashimichi::project {

/// Keeps GDAL's messages off the terminal while it lives and remembers the first failure. One per call, on one thread.
class GdalErrors {
 public:
  GdalErrors();
  ~GdalErrors();
  GdalErrors(const GdalErrors&) = delete;
  GdalErrors& operator=(const GdalErrors&) = delete;

  bool any() const { return !first_.empty(); }
  const std::string& first() const { return first_; }
  void note(const char* message) {
    if (first_.empty()) first_ = message;
  }

 private:
  std::string first_;
};

/// Registers GDAL's drivers once.
void registerGdal();

}  // namespace hashimichi::project
