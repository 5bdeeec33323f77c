#include "geo/import/citygml/dataset.h"

#include <algorithm>

#include "geo/core/file.h"

namespace hashimichi::import::citygml {
namespace fs = std::filesystem;
namespace {

std::string inSmallLetters(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

}  // namespace

Dataset::Dataset(const fs::path& file) {
  std::error_code failed;
  file_ = fs::weakly_canonical(file, failed);
  if (failed) file_ = file;
  const fs::path folder = file_.parent_path();
  for (fs::path above = folder; above.has_relative_path(); above = above.parent_path())
    if (above.filename() == "udx") root_ = above.parent_path();
  if (root_.empty()) root_ = folder.parent_path().parent_path();
}

bool Dataset::isInside(const fs::path& path) const {
  const fs::path below = path.lexically_relative(root_);
  return !below.empty() && *below.begin() != "..";
}

const fs::path* Dataset::inOtherLetters(const fs::path& path) const {
  const auto [place, added] = listings_.try_emplace(path.parent_path());
  Listing& listing = place->second;
  constexpr std::size_t entry_limit = 100'000;
  std::error_code failed;
  if (added)
    for (fs::directory_iterator entry(path.parent_path(), failed), end;
         !failed && entry != end && listing.size() < entry_limit; entry.increment(failed))
      listing.emplace(inSmallLetters(toUtf8(entry->path().filename())), entry->path());
  const auto found = listing.find(inSmallLetters(toUtf8(path.filename())));
  return found == listing.end() ? nullptr : &found->second;
}

Dataset::Answer Dataset::find(const std::string& relative) const {
  if (relative.empty() || relative.find('\0') != relative.npos) return {};
  std::string slashes = relative;
  std::replace(slashes.begin(), slashes.end(), '\\', '/');
  const fs::path named(std::u8string(slashes.begin(), slashes.end()));
  const bool drive = slashes.size() > 1 && slashes[1] == ':';
  if (named.is_absolute() || drive || slashes.find("://") != slashes.npos) return {Found::outside, {}};
  std::error_code failed;
  fs::path real = fs::weakly_canonical(file_.parent_path() / named, failed);
  if (failed) return {};
  if (!isInside(real)) return {Found::outside, {}};
  if (fs::is_regular_file(real, failed)) return {Found::yes, real};
  const fs::path* const other = inOtherLetters(real);
  if (!other) return {};
  real = fs::weakly_canonical(*other, failed);
  if (failed || !fs::is_regular_file(real, failed)) return {};
  if (!isInside(real)) return {Found::outside, {}};
  return {Found::yes, real};
}

}  // namespace hashimichi::import::citygml
