#include "app/session/fuzzy.h"

#include <algorithm>
#include <string>
#include <vector>

#include "geo/core/text.h"

namespace hashimichi::app {
namespace {

constexpr int per_letter = 10, beside_the_last = 8, at_a_word = 6, most_gap_counted = 6;

bool isContinuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

/// The characters of a text, each as its bytes.
std::vector<std::string_view> lettersOf(std::string_view text) {
  std::vector<std::string_view> letters;
  for (std::size_t from = 0; from < text.size();) {
    std::size_t to = from + 1;
    while (to < text.size() && isContinuation(text[to])) ++to;
    letters.push_back(text.substr(from, to - from));
    from = to;
  }
  return letters;
}

bool separates(std::string_view letter) {
  return letter == " " || letter == "." || letter == "_" || letter == "-" || letter == "(" || letter == "/";
}

}  // namespace

std::optional<int> fuzzyScore(std::string_view typed, std::string_view words) {
  const std::string wanted_text = toLower(normalizeWidth(typed)), in_text = toLower(normalizeWidth(words));
  const std::vector<std::string_view> wanted = lettersOf(wanted_text), letters = lettersOf(in_text);
  // From every place where the first letter stands, greedily; the best of them counts.
  std::optional<int> best;
  for (std::size_t start = 0; start < letters.size() || wanted.empty(); ++start) {
    int score = 0;
    std::size_t at = start, last = start, found = 0;
    for (; found < wanted.size() && at < letters.size(); ++at) {
      if (wanted[found] == " ")
        ++found, --at;  // a blank is only for the eye
      else if (letters[at] == wanted[found]) {
        score += per_letter;
        if (found > 0 && at == last + 1) score += beside_the_last;
        if (at == 0 || separates(letters[at - 1])) score += at_a_word;
        if (found > 0) score -= static_cast<int>(std::min<std::size_t>(at - last - 1, most_gap_counted));
        last = at;
        ++found;
      }
    }
    while (found < wanted.size() && wanted[found] == " ") ++found;
    if (found == wanted.size() && (!best || score > *best)) best = score;
    if (wanted.empty()) break;
  }
  return best;
}

}  // namespace hashimichi::app
