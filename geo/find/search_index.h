#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "geo/core/progress.h"
#include "geo/model/city_model.h"

namespace hashimichi::find {

/// What can be found, most asked for first: ties are broken in this order.
enum class ThingKind : std::uint8_t { bridge, road, station, dump_site, building, object, result };

/// One thing of the model. For `result`, `index` is that of the layer in model.results and `item` its item.
struct Thing {
  ThingKind kind = ThingKind::bridge;
  std::uint32_t index = 0, item = 0;
  auto operator<=>(const Thing&) const = default;
};

/// By what it was found; the earlier one counts more.
enum class Field : std::uint8_t { name, kana, route, address, id, type };
/// How well; the better one first.
enum class Fit : std::uint8_t { exact, prefix, inside, one_edit };

/// One text of the town that fits, with everything that carries it: a bridge by its name, all pieces of a road, all
/// buildings of a 町丁目.
struct Match {
  std::string text;  ///< as the source writes it
  Field field = Field::name;
  Fit fit = Fit::exact;
  std::vector<Thing> things;  ///< ascending
};

struct Matches {
  std::vector<Match> best;  ///< best first, cut at the limit
  std::size_t total = 0;    ///< texts that fit
};

/// Every name, reading, id, route, address and kind of a town, folded (`fold`) into one block of text that is scanned
/// from end to end for each question: a town of 100,000 buildings takes a few megabytes and under 5 ms.
///
/// Immutable once built; asking is thread-safe. Holds no reference to the model.
class SearchIndex {
 public:
  /// Worker thread: half a second for 100,000 buildings. nullptr when cancelled.
  static std::shared_ptr<const SearchIndex> build(const model::CityModel& model, Progress& progress);

  /// Texts equal to, beginning with or containing the words. Several words, apart by spaces, must all be in the texts
  /// of one thing. Where none fits and the words have three characters or more, texts that contain them but for one
  /// character (wrong, missing, too many, or two exchanged).
  Matches find(std::string_view words, std::size_t most = 50) const;

  std::size_t texts() const { return texts_.size(); }

 private:
  SearchIndex() = default;
  friend class IndexBuilder;
  struct Text {
    std::uint32_t begin = 0, end = 0;               ///< in folded_
    std::uint32_t first_thing = 0, last_thing = 0;  ///< in things_
    std::uint32_t original = 0;                     ///< begin in originals_, up to that of the next
    std::uint32_t rank = 0;  ///< how it stands among equally good fits: field, kind of thing, length
  };
  struct Scored {
    std::uint32_t text = 0;
    std::uint64_t rank = 0;  ///< fit, then the text's own; the smaller the better
  };
  static constexpr unsigned fit_bits = 32, field_bits = 28, kind_bits = 24;
  Scored scored(std::uint32_t text, Fit fit) const {
    return {text, std::uint64_t{static_cast<std::uint8_t>(fit)} << fit_bits | texts_[text].rank};
  }
  static Fit fitOf(const Scored& one) { return static_cast<Fit>(one.rank >> fit_bits); }
  Field fieldOf(std::uint32_t text) const { return static_cast<Field>(texts_[text].rank >> field_bits); }

  std::string_view foldedOf(const Text& text) const { return {folded_.data() + text.begin, text.end - text.begin}; }
  std::string_view originalOf(std::size_t text) const;
  /// Calls hit(text, offset in folded_) for the first place of every text that holds the needle.
  template <typename Hit>
  void scan(std::string_view needle, Hit hit) const;
  std::vector<Scored> containing(std::string_view needle) const;
  std::vector<Scored> nearly(std::string_view needle) const;
  void keepThingsWith(std::vector<Scored>& scored, const std::vector<std::string>& others) const;
  bool before(const Scored& a, const Scored& b) const;

  std::string folded_, originals_;  ///< folded texts end with a zero byte each
  std::vector<Text> texts_;         ///< ascending in folded_
  std::vector<Thing> things_;
  std::vector<std::uint32_t> byte_counts_;  ///< of folded_: the rarest byte of a needle is looked for
};

}  // namespace hashimichi::find
