#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "geo/core/geometry.h"
#include "geo/core/problem.h"
#include "geo/core/progress.h"
#include "geo/core/result.h"
#include "geo/points/record_layout.h"

namespace hashimichi::points {

/// How a cloud's integers become coordinates: integer × scale + offset.
struct Steps {
  Vec3d scale{0.001, 0.001, 0.001}, offset;
  bool operator==(const Steps&) const = default;
};

/// A run of points of a source. `at` is the source's own mark (a byte offset in texts).
struct Piece {
  std::uint64_t first = 0, count = 0, at = 0;
};

/// What a source says of itself before its points are read.
struct SourceInfo {
  std::string file, format;
  std::uint64_t points = 0;   ///< that the file has room for
  std::uint64_t stated = 0;   ///< that its header promises
  Steps steps;                ///< finite, scale > 0
  Bounds bounds;              ///< in the file's coordinates; empty when it names none
  bool bounds_exact = false;  ///< found in the points, not stated by a header
  std::string crs;            ///< empty when the file names none
  bool geographic = false;    ///< x and y in degrees
  std::vector<Field> fields;
  std::uint64_t bytes = 0;
};

/// Reads one piece from its first point on; used by one thread.
class PointCursor {
 public:
  virtual ~PointCursor() = default;
  /// Writes up to `limit` records of the layout; 0 at the end of the piece and where the file is damaged.
  virtual std::size_t read(std::byte* records, std::size_t limit) = 0;
  /// Why it ended before its piece did; empty when it did not.
  virtual std::string damage() const { return {}; }
  /// Points passed over because they are not numbers.
  virtual std::uint64_t unusable() const { return 0; }
};

/// One file of a survey. Immutable; `open` may be called from any thread, each cursor holds its own file.
class PointSource {
 public:
  virtual ~PointSource() = default;
  virtual const SourceInfo& info() const = 0;
  /// Pieces that together are the whole file, for several threads.
  virtual std::vector<Piece> pieces() const = 0;
  /// Short pieces spread over the file, about `wanted` points in all.
  virtual std::vector<Piece> samples(std::uint64_t wanted) const = 0;
  virtual Result<std::unique_ptr<PointCursor>> open(const Piece& piece, const RecordLayout& layout,
                                                    const Steps& steps) const = 0;
};
using PointSourcePtr = std::unique_ptr<PointSource>;

/// Opens any survey file that this program indexes; texts are read once to find their extent.
/// @returns not_found, unreadable, unsupported, bad_input (no points), cancelled
Result<PointSourcePtr> openSource(const std::filesystem::path& path, Problems& problems, Progress& progress);

/// The pieces of equal length that cover `points` points.
std::vector<Piece> evenPieces(std::uint64_t points, std::uint64_t length);
/// About `wanted` points in runs of `run`, spread evenly over `points`, beginning at multiples of `multiple`.
std::vector<Piece> spreadPieces(std::uint64_t points, std::uint64_t wanted, std::uint64_t run, std::uint64_t multiple);

/// Turns a file's integers into the cloud's.
class StepChange {
 public:
  StepChange(const Steps& from, const Steps& to) : from_(from), to_(to), same_(from == to) {}
  bool same() const { return same_; }
  /// In place, 3 integers; what does not fit is held at the limit.
  void apply(std::int32_t* xyz) const;

 private:
  Steps from_, to_;
  bool same_;
};

}  // namespace hashimichi::points
