#pragma once
#include <string_view>

namespace hashimichi {

/// What long work says while it runs, and how it learns that it should stop. Called from the working thread.
class Progress {
 public:
  virtual ~Progress() = default;
  /// @param fraction  0…1 of the present step; negative when the length is unknown
  virtual void report(double fraction, std::string_view step) = 0;
  virtual bool cancelled() const { return false; }
};

/// For callers that do not watch.
class SilentProgress final : public Progress {
 public:
  void report(double, std::string_view) override {}
};

}  // namespace hashimichi
