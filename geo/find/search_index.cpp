#include "geo/find/search_index.h"

#include <algorithm>
#include <cstring>
#include <tuple>
#include <utility>

#include "geo/core/text.h"
#include "geo/find/fold.h"
#include "geo/find/text_gatherer.h"

namespace hashimichi::find {
namespace {

/// Shorter words are within one edit of nearly everything.
constexpr std::size_t shortest_misspelt = 3;

/// Where a needle ends in a text that holds it but for one character, or false. `rest` is what follows the half that
/// was found, `text` what follows it there.
bool restMatches(std::string_view rest, std::string_view text) {
  std::size_t same = 0;
  while (same < rest.size() && same < text.size() && rest[same] == text[same]) ++same;
  const auto begins = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80; };
  while (same > 0 && ((same < rest.size() && !begins(rest[same])) || (same < text.size() && !begins(text[same]))))
    --same;
  rest.remove_prefix(same), text.remove_prefix(same);
  if (rest.empty()) return true;
  const std::size_t one = characterBytes(rest[0]);
  if (text.starts_with(rest.substr(one))) return true;  // a character is missing there
  if (text.empty()) return false;
  const std::size_t other = std::min(characterBytes(text[0]), text.size());
  if (text.substr(other).starts_with(rest.substr(one)) || text.substr(other).starts_with(rest)) return true;
  const std::string_view swapped = rest.substr(one);  // two exchanged
  return !swapped.empty() && swapped.size() >= other && swapped.substr(0, other) == text.substr(0, other) &&
         text.substr(other).starts_with(rest.substr(0, one)) &&
         text.substr(std::min(text.size(), other + one)).starts_with(swapped.substr(other));
}

/// The same backwards: what stands before the half that was found.
bool headMatches(std::string_view head, std::string_view text) {
  const auto reversed = [](std::string_view utf8) {
    std::string out;
    for (std::size_t end = utf8.size(); end > 0;) {
      std::size_t begin = end - 1;
      while (begin > 0 && (static_cast<unsigned char>(utf8[begin]) & 0xC0U) == 0x80) --begin;
      out.append(utf8.substr(begin, end - begin));
      end = begin;
    }
    return out;
  };
  const std::size_t reach = head.size() + 8;  // one character more, of four bytes at most, and where it is cut
  if (text.size() > reach) text.remove_prefix(text.size() - reach);
  return restMatches(reversed(head), reversed(text));
}

/// Finds a needle by its two rarest bytes: by memchr where one of them is rare, else eight places at a time.
class PairFinder {
 public:
  PairFinder(std::string_view needle, const std::vector<std::uint32_t>& counts, std::size_t text_bytes)
      : needle_(needle) {
    const auto count = [&](std::size_t i) { return counts[static_cast<unsigned char>(needle[i])]; };
    for (std::size_t i = 1; i < needle.size(); ++i)
      if (count(i) < count(rarest_)) rarest_ = i;
    second_ = rarest_ == 0 ? needle.size() - 1 : 0;
    for (std::size_t i = 0; i < needle.size(); ++i)
      if (i != rarest_ && count(i) < count(second_)) second_ = i;
    one_by_one_ = needle.size() == 1 || count(rarest_) < text_bytes / rare_share;
  }

  /// The first place at or behind `at`; nullptr where there is none.
  const char* next(const char* at, const char* end) const {
    if (at >= end || static_cast<std::size_t>(end - at) < needle_.size()) return nullptr;
    const char* const last = end - needle_.size();
    if (!one_by_one_) {
      const std::uint64_t first = repeated(needle_[rarest_]), other = repeated(needle_[second_]);
      for (; last - at >= 8; at += 8) {
        // A byte of `apart` is zero where both are as wanted; that some byte is zero is told exactly.
        const std::uint64_t apart = (word(at + rarest_) ^ first) | (word(at + second_) ^ other);
        if (((apart - ones) & ~apart & (ones << 7U)) == 0) continue;
        for (const char* place = at; place < at + 8; ++place)
          if (isHere(place)) return place;
      }
    }
    for (; at <= last; ++at) {
      const char* found = static_cast<const char*>(
          std::memchr(at + rarest_, needle_[rarest_], static_cast<std::size_t>(last - at) + 1));
      if (!found) return nullptr;
      at = found - rarest_;
      if (isHere(at)) return at;
    }
    return nullptr;
  }

 private:
  static constexpr std::uint64_t ones = 0x0101010101010101U;
  /// memchr goes fast only where it need not stop often.
  static constexpr std::size_t rare_share = 32;

  static std::uint64_t word(const char* at) {
    std::uint64_t value = 0;
    std::memcpy(&value, at, sizeof value);
    return value;
  }
  static std::uint64_t repeated(char byte) { return ones * static_cast<unsigned char>(byte); }
  bool isHere(const char* at) const { return std::memcmp(at, needle_.data(), needle_.size()) == 0; }

  std::string_view needle_;
  std::size_t rarest_ = 0, second_ = 0;
  bool one_by_one_ = false;
};

}  // namespace

std::string_view SearchIndex::originalOf(std::size_t text) const {
  const std::size_t begin = texts_[text].original;
  const std::size_t end = text + 1 < texts_.size() ? texts_[text + 1].original : originals_.size();
  return std::string_view(originals_).substr(begin, end - begin);
}

template <typename Hit>
void SearchIndex::scan(std::string_view needle, Hit hit) const {
  if (needle.empty() || texts_.empty()) return;
  const PairFinder finder(needle, byte_counts_, folded_.size());
  const char *const begin = folded_.data(), *const end = begin + folded_.size();
  std::size_t text = 0;
  for (const char* at = begin; (at = finder.next(at, end)); ++at) {
    const auto offset = static_cast<std::uint32_t>(at - begin);
    while (texts_[text].end <= offset) ++text;
    if (hit(text, offset)) at = begin + texts_[text].end;  // once is enough for this text
  }
}

std::vector<SearchIndex::Scored> SearchIndex::containing(std::string_view needle) const {
  std::vector<Scored> found;
  scan(needle, [&](std::size_t i, std::uint32_t offset) {
    const Text& text = texts_[i];
    const Fit fit = offset != text.begin                     ? Fit::inside
                    : text.end - text.begin == needle.size() ? Fit::exact
                                                             : Fit::prefix;
    found.push_back(scored(static_cast<std::uint32_t>(i), fit));
    return true;
  });
  return found;
}

/// One of the two halves of the words is right, wherever the wrong character is.
std::vector<SearchIndex::Scored> SearchIndex::nearly(std::string_view needle) const {
  std::size_t half = 0;
  for (std::size_t n = characterCount(needle) / 2; n > 0; --n) half += characterBytes(needle[half]);
  const std::string_view left = needle.substr(0, half), right = needle.substr(half);
  std::vector<std::uint32_t> found;
  scan(left, [&](std::size_t i, std::uint32_t offset) {
    const std::size_t from = offset + left.size();
    const bool fits = restMatches(right, std::string_view(folded_).substr(from, texts_[i].end - from));
    if (fits) found.push_back(static_cast<std::uint32_t>(i));
    return fits;
  });
  scan(right, [&](std::size_t i, std::uint32_t offset) {
    const bool fits = headMatches(left, std::string_view(folded_).substr(texts_[i].begin, offset - texts_[i].begin));
    if (fits) found.push_back(static_cast<std::uint32_t>(i));
    return fits;
  });
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::vector<Scored> near;
  for (const std::uint32_t text : found) near.push_back(scored(text, Fit::one_edit));
  return near;
}

/// Keeps the texts of which some thing carries all the other words as well, in any of its texts.
void SearchIndex::keepThingsWith(std::vector<Scored>& scored, const std::vector<std::string>& others) const {
  for (const std::string& word : others) {
    std::vector<Thing> with;
    for (const Scored& one : containing(word))
      with.insert(with.end(), things_.begin() + texts_[one.text].first_thing,
                  things_.begin() + texts_[one.text].last_thing);
    std::ranges::sort(with);
    std::erase_if(scored, [&](const Scored& one) {
      const Text& text = texts_[one.text];
      return std::none_of(things_.begin() + text.first_thing, things_.begin() + text.last_thing,
                          [&](const Thing& thing) { return std::ranges::binary_search(with, thing); });
    });
  }
}

bool SearchIndex::before(const Scored& a, const Scored& b) const {
  if (a.rank != b.rank) return a.rank < b.rank;
  const int order = foldedOf(texts_[a.text]).compare(foldedOf(texts_[b.text]));
  return order != 0 ? order < 0 : a.text < b.text;
}

Matches SearchIndex::find(std::string_view words, std::size_t most) const {
  const std::string whole = fold(words);
  if (whole.empty()) return {};
  std::vector<Scored> found = containing(whole);
  std::vector<std::string> parts;
  const std::string spaced = normalizeWidth(words);
  for (const std::string_view part : split(spaced, ' '))
    if (std::string word = fold(part); !word.empty()) parts.push_back(std::move(word));
  if (found.empty() && parts.size() > 1) {
    std::ranges::stable_sort(parts, std::greater(), &std::string::size);
    found = containing(parts.front());
    keepThingsWith(found, {parts.begin() + 1, parts.end()});
  }
  if (found.empty() && characterCount(whole) >= shortest_misspelt) found = nearly(whole);
  Matches matches;
  matches.total = found.size();
  const auto kept = static_cast<std::ptrdiff_t>(std::min(most, found.size()));
  std::partial_sort(found.begin(), found.begin() + kept, found.end(),
                    [this](const Scored& a, const Scored& b) { return before(a, b); });
  found.resize(static_cast<std::size_t>(kept));
  for (const Scored& one : found) {
    const Text& text = texts_[one.text];
    matches.best.push_back({std::string(originalOf(one.text)),
                            fieldOf(one.text),
                            fitOf(one),
                            {things_.begin() + text.first_thing, things_.begin() + text.last_thing}});
  }
  return matches;
}

/// Puts gathered texts into the block.
class IndexBuilder {
 public:
  static std::shared_ptr<const SearchIndex> pack(std::vector<GatheredText> gathered) {
    // The same text of the same field once, with all that carry it; in an order that does not depend on how they came.
    std::ranges::sort(gathered, [](const GatheredText& a, const GatheredText& b) {
      return std::tie(a.text, a.field, a.thing) < std::tie(b.text, b.field, b.thing);
    });
    std::shared_ptr<SearchIndex> index(new SearchIndex);
    for (std::size_t i = 0; i < gathered.size();) {
      const std::string folded = fold(gathered[i].text);
      SearchIndex::Text text;
      text.begin = static_cast<std::uint32_t>(index->folded_.size());
      text.first_thing = static_cast<std::uint32_t>(index->things_.size());
      text.original = static_cast<std::uint32_t>(index->originals_.size());
      std::size_t end = i;
      for (;
           end < gathered.size() && gathered[end].field == gathered[i].field && gathered[end].text == gathered[i].text;
           ++end)
        if (end == i || gathered[end].thing != gathered[end - 1].thing) index->things_.push_back(gathered[end].thing);
      i = std::exchange(end, i);
      if (folded.empty()) {
        index->things_.resize(text.first_thing);
        continue;
      }
      if (index->folded_.size() + folded.size() > most_bytes) break;
      index->folded_ += folded;
      text.end = static_cast<std::uint32_t>(index->folded_.size());
      text.last_thing = static_cast<std::uint32_t>(index->things_.size());
      const auto length =
          static_cast<std::uint32_t>(std::min<std::size_t>(folded.size(), (1U << SearchIndex::kind_bits) - 1));
      text.rank = static_cast<std::uint32_t>(gathered[end].field) << SearchIndex::field_bits |
                  static_cast<std::uint32_t>(index->things_[text.first_thing].kind) << SearchIndex::kind_bits | length;
      index->folded_ += '\0';
      index->originals_ += gathered[end].text;
      index->texts_.push_back(text);
    }
    index->byte_counts_.assign(256, 0);
    for (const char byte : index->folded_) ++index->byte_counts_[static_cast<unsigned char>(byte)];
    return index;
  }

 private:
  /// Offsets have 32 bits; a country's worth of names fits.
  static constexpr std::size_t most_bytes = std::size_t{2} << 30U;
};

std::shared_ptr<const SearchIndex> SearchIndex::build(const model::CityModel& model, Progress& progress) {
  std::optional<std::vector<GatheredText>> texts = gatherTexts(model, progress);
  return texts ? IndexBuilder::pack(std::move(*texts)) : nullptr;
}

}  // namespace hashimichi::find
