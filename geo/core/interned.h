#pragma once
#include <string>
#include <string_view>

namespace hashimichi {

/// A text that is kept once however often it occurs: names of attributes, units, labels of code lists. One pointer
/// wide; copying, comparing for equality and hashing cost nothing.
///
/// The texts stay until the process ends, so values that differ from feature to feature do not belong here. Any thread.
class Interned {
 public:
  Interned();  ///< the empty text
  Interned(std::string_view text);
  Interned(const std::string& text) : Interned(std::string_view(text)) {}
  Interned(const char* text) : Interned(std::string_view(text)) {}

  const std::string& str() const { return *text_; }
  std::string_view view() const { return *text_; }
  bool empty() const { return text_->empty(); }

  friend bool operator==(Interned a, Interned b) { return a.text_ == b.text_; }
  /// By content, so that sorted output does not depend on what was read first.
  friend bool operator<(Interned a, Interned b) { return *a.text_ < *b.text_; }

 private:
  const std::string* text_;
};

}  // namespace hashimichi
