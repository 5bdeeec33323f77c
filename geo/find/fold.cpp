#include "geo/find/fold.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_map>

namespace hashimichi::find {
namespace {

/// The character that begins at `at`, and moves on; a byte that begins none stands for itself above Unicode.
constexpr char32_t bad_byte = 0x110000;
char32_t next(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t length = characterBytes(text[at]);
  const unsigned char first = byte(at);
  if (length == 1 || at + length > text.size()) {
    ++at;
    return first < 0x80 ? first : bad_byte + first;
  }
  char32_t code = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80) {
      ++at;
      return bad_byte + first;
    }
    code = code << 6 | (byte(at + i) & 0x3FU);
  }
  at += length;
  return code;
}

void append(std::string& out, char32_t code) {
  if (code >= bad_byte) {
    out += static_cast<char>(code - bad_byte);
  } else if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 0x3F))};
  } else if (code < 0x10000) {
    out += {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 0x3F)),
            static_cast<char>(0x80 | (code & 0x3F))};
  } else {
    out += {static_cast<char>(0xF0 | code >> 18), static_cast<char>(0x80 | (code >> 12 & 0x3F)),
            static_cast<char>(0x80 | (code >> 6 & 0x3F)), static_cast<char>(0x80 | (code & 0x3F))};
  }
}

/// Rare, old and Chinese forms that names of places, bridges and people carry, and the form that is typed.
constexpr std::array<std::pair<char32_t, char32_t>, 62> kanji_forms{
    {{U'髙', U'高'},     {U'﨑', U'崎'},     {U'嵜', U'崎'},     {U'碕', U'崎'},     {U'槗', U'橋'},
     {U'桥', U'橋'},     {U'𣘺', U'橋'},     {U'澤', U'沢'},     {U'邊', U'辺'},     {U'邉', U'辺'},
     {U'齋', U'斎'},     {U'齊', U'斉'},     {U'濱', U'浜'},     {U'濵', U'浜'},     {U'廣', U'広'},
     {U'國', U'国'},     {U'學', U'学'},     {U'縣', U'県'},     {U'驛', U'駅'},     {U'區', U'区'},
     {U'瀧', U'滝'},     {U'龍', U'竜'},     {U'櫻', U'桜'},     {U'嶋', U'島'},     {U'嶌', U'島'},
     {U'德', U'徳'},     {U'𠮷', U'吉'},     {U'惠', U'恵'},     {U'榮', U'栄'},     {U'圓', U'円'},
     {U'淵', U'渕'},     {U'渊', U'渕'},     {U'鐵', U'鉄'},     {U'鹽', U'塩'},     {U'假', U'仮'},
     {U'藏', U'蔵'},     {U'豐', U'豊'},     {U'萬', U'万'},     {U'會', U'会'},     {U'與', U'与'},
     {U'彌', U'弥'},     {U'實', U'実'},     {U'壽', U'寿'},     {U'眞', U'真'},     {U'黑', U'黒'},
     {U'靑', U'青'},     {U'淸', U'清'},     {U'增', U'増'},     {U'邨', U'村'},     {U'曾', U'曽'},
     {U'鷗', U'鴎'},     {U'桒', U'桑'},     {U'舘', U'館'},     {U'之', U'の'},     {U'\uFA19', U'神'},
     {U'\uFA1B', U'福'}, {U'\uFA26', U'都'}, {U'\uF9DC', U'隆'}, {U'\uFA1E', U'羽'}, {U'\uFA10', U'塚'},
     {U'\uFA1A', U'祥'}, {U'\uFA12', U'晴'}}};

char32_t plainKanji(char32_t code) {
  static const std::unordered_map<char32_t, char32_t> forms(kanji_forms.begin(), kanji_forms.end());
  const auto found = forms.find(code);
  return found == forms.end() ? code : found->second;
}

/// Half-width katakana U+FF66…FF9D in hiragana without voice.
constexpr std::u32string_view half_width =
    U"をあいうえおやゆよつーあいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわん";

/// Hiragana U+3041…3096 without voice and size.
constexpr std::u32string_view plain_kana =
    U"ああいいううええおおかかききくくけけここささししすすせせそそたたちちつつつててととなにぬね"
    U"のはははひひひふふふへへへほほほまみむめもややゆゆよよらりるれろわわゐゑをんうかけ";
static_assert(half_width.size() == 0xFF9D - 0xFF66 + 1 && plain_kana.size() == 0x3096 - 0x3041 + 1);

bool isDash(char32_t code) {
  return code == '-' || (code >= 0x2010 && code <= 0x2015) || code == 0x2212 || code == 0x30FC || code == 0xFF0D ||
         code == 0xFF70 || code == 0x2500;
}

bool isKana(char32_t code) {
  return code >= 0x3041 && code <= 0x3096;
}

/// 0 for what is dropped.
char32_t plain(char32_t code) {
  if (code >= 0xFF01 && code <= 0xFF5E) code -= 0xFF01 - 0x21;
  if (code >= 'A' && code <= 'Z') return code + ('a' - 'A');
  if (code < 0x80) return code == ' ' || code == '\t' || code == '\n' || code == '\r' ? 0 : code;
  if (code == 0x3000 || code == 0x00A0 || code == 0x30FB || code == 0xFF65) return 0;  // spaces and middle dots
  if (code == 0x309B || code == 0x309C || code == 0xFF9E || code == 0xFF9F || code == 0x3099 || code == 0x309A)
    return 0;  // marks of voice that stand alone
  if (code >= 0xFF66 && code <= 0xFF9D && code != 0xFF70) return half_width[code - 0xFF66];
  if (code >= 0x30A1 && code <= 0x30F6) code -= 0x60;
  if (isKana(code)) return plain_kana[code - 0x3041];
  return plainKanji(code);
}

int kanjiDigit(char32_t code) {
  constexpr std::u32string_view digits = U"〇一二三四五六七八九十";
  const std::size_t at = digits.find(code);
  return at == std::u32string_view::npos ? -1 : static_cast<int>(at);
}

bool isDigit(char32_t code) {
  return code >= '0' && code <= '9';
}

/// Whether the characters from `at` end a part of an address behind its number, and how many they are.
std::size_t addressUnit(std::u32string_view text, std::size_t at) {
  const std::u32string_view rest = text.substr(std::min(at, text.size()));
  for (const std::u32string_view unit : {U"丁目", U"番地の", U"番地", U"番", U"号"})
    if (rest.starts_with(unit)) return unit == U"号" && rest.substr(1).starts_with(U"線") ? 0 : unit.size();
  return 0;
}

/// 二十三 before a unit of an address as a number; 0 where there is none at `at`. Moves `at` behind it.
int kanjiNumber(std::u32string_view text, std::size_t& at) {
  int number = 0, last = 0;
  std::size_t end = at;
  for (; end < text.size() && kanjiDigit(text[end]) >= 0 && end - at < 4; ++end) {
    const int digit = kanjiDigit(text[end]);
    if (digit == 10)
      number += 10 * std::max(1, last), last = 0;
    else
      last = digit;
  }
  if (end == at || addressUnit(text, end) == 0) return 0;
  at = end;
  return number + last;
}

/// 一丁目2番3号 → 1-2-3.
std::u32string shortAddress(std::u32string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    if (const int number = kanjiNumber(text, at); number > 0)
      for (const char digit : std::to_string(number)) out += static_cast<char32_t>(digit);
    else if (!(at < text.size() && !out.empty() && isDigit(out.back()) && addressUnit(text, at) > 0))
      out += text[at++];
    if (const std::size_t unit = out.empty() || !isDigit(out.back()) ? 0 : addressUnit(text, at)) {
      at += unit;
      if (at < text.size()) out += U'-';
    }
  }
  return out;
}

}  // namespace

std::size_t characterBytes(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte >= 0xC2 && byte < 0xE0) return 2;
  if (byte >= 0xE0 && byte < 0xF0) return 3;
  if (byte >= 0xF0 && byte < 0xF5) return 4;
  return 1;
}

std::size_t characterCount(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::ranges::count_if(utf8, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80; }));
}

std::string fold(std::string_view utf8) {
  std::u32string characters;
  bool wide = false;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t code = next(utf8, at);
    if (isDash(code)) {  // the long vowel ー behind kana, a dash elsewhere
      if (characters.empty() || !isKana(characters.back())) characters += U'-';
      continue;
    }
    if (const char32_t folded = plain(code)) characters += folded, wide = wide || folded >= 0x80;
  }
  if (wide) characters = shortAddress(characters);  // ids are left as they are
  std::string out;
  out.reserve(utf8.size());
  for (const char32_t code : characters) append(out, code);
  return out;
}

}  // namespace hashimichi::find
