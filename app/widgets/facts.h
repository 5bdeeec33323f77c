#pragma once
#include <imgui.h>

#include <optional>
#include <string>

#include "app/desktop/theme.h"

namespace hashimichi::app {

// The quiet furniture of the panels: headings, lines of facts, bars.

/// A heading in a stronger hand (drawn twice, half a pixel apart: one font serves all).
void title(const std::string& text);
/// A small heading with a rule under it.
void heading(const char* text, const Palette& colours);
/// A heading that opens and closes; true while open.
bool foldingHeading(const char* text, bool open_at_first);
/// Text in the quiet tone; wraps at the panel's edge.
void quiet(const std::string& text, const Palette& colours);
/// The same in one line: for bars and for windows that fit themselves to their content.
void quietLine(const std::string& text, const Palette& colours);

/// Two columns: what, and its value with the unit in a lighter tone. Empty values are left out by the caller.
class Facts {
 public:
  Facts(const char* id, const Palette& colours);
  ~Facts();
  Facts(const Facts&) = delete;
  Facts& operator=(const Facts&) = delete;

  void text(const char* label, const std::string& value);
  /// Right-aligned.
  void number(const char* label, const std::string& value, const char* unit = "");
  /// A value that leads somewhere; true when it was clicked. `id` tells lines of one table apart.
  bool link(const char* label, const std::string& value, std::size_t id);
  void yesNo(const char* label, const std::optional<bool>& value, const char* yes, const char* no);

 private:
  const Palette& colours_;
  bool open_;
};

/// A value at the right end of the present table cell or line, the unit quiet behind it.
void rightAligned(const std::string& value, const char* unit, const Palette& colours);

/// Text in the accent colour that leads somewhere; true when it was clicked. Wraps at the panel's edge.
bool linkText(const std::string& text, const Palette& colours);

/// A horizontal bar, `fraction` 0…1 of the width, as an item.
void scoreBar(double fraction, ImVec2 size, ImU32 colour, ImU32 ground);

/// The button that does what the window is for.
bool mainButton(const char* label, ImVec2 size, const Palette& colours);

}  // namespace hashimichi::app
