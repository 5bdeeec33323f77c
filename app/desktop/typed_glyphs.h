#pragma once
#include <functional>
#include <set>
#include <vector>

namespace hashimichi::app {

/// Which characters beyond the usual rows the fonts have to hold, because somebody typed them.
///
/// A character is asked for once only: a font that does not have it would otherwise be built again at every stroke.
/// ImGui's glyphs are numbered with 16 bits, so nothing beyond U+FFFF (𠮷) can be added.
class TypedGlyphs {
 public:
  /// @param typed  code points
  /// @param known  whether the font holds one
  /// @returns whether the fonts have to be built again
  bool add(const std::vector<unsigned>& typed, const std::function<bool(unsigned)>& known);
  std::vector<unsigned> characters() const { return {characters_.begin(), characters_.end()}; }

 private:
  std::set<unsigned> characters_;
};

}  // namespace hashimichi::app
