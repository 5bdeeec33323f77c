#include "app/desktop/typed_glyphs.h"

namespace hashimichi::app {
namespace {

constexpr unsigned first_printable = 0x20, last_of_16_bits = 0xFFFF;
/// More different rare characters than anybody types in a sitting; the atlas stays bounded.
constexpr std::size_t most_characters = 512;

}  // namespace

bool TypedGlyphs::add(const std::vector<unsigned>& typed, const std::function<bool(unsigned)>& known) {
  bool added = false;
  for (const unsigned character : typed) {
    if (character < first_printable || character > last_of_16_bits || known(character)) continue;
    if (characters_.size() < most_characters && characters_.insert(character).second) added = true;
  }
  return added;
}

}  // namespace hashimichi::app
