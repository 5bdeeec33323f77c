#pragma once

// Code points of the packaged Material Design Icons font (4.x; all below U+F900, so 16-bit glyph indices reach them).
// An icon never stands alone: a word or a tooltip goes with it.
namespace hashimichi::app::icon {

inline constexpr const char* eye = "\xEF\x88\x88";           // F208
inline constexpr const char* eye_off = "\xEF\x88\x89";       // F209
inline constexpr const char* alert = "\xEF\x80\xA6";         // F026
inline constexpr const char* information = "\xEF\x8B\xBC";   // F2FC
inline constexpr const char* check = "\xEF\x84\xAC";         // F12C
inline constexpr const char* close = "\xEF\x85\x96";         // F156
inline constexpr const char* play = "\xEF\x90\x8A";          // F40A
inline constexpr const char* pause = "\xEF\x8F\xA4";         // F3E4
inline constexpr const char* step_back = "\xEF\x85\x81";     // F141
inline constexpr const char* step_forward = "\xEF\x85\x82";  // F142
inline constexpr const char* layers = "\xEF\x8C\xA8";        // F328
inline constexpr const char* search = "\xEF\x8D\x89";        // F349
inline constexpr const char* road = "\xEF\x91\xA1";          // F461
inline constexpr const char* bridge = "\xEF\x98\x98";        // F618
inline constexpr const char* building = "\xEF\x87\x97";      // F1D7
inline constexpr const char* sensor = "\xEF\x94\x8F";        // F50F
inline constexpr const char* terrain = "\xEF\x94\x89";       // F509
inline constexpr const char* image = "\xEF\x8B\xA9";         // F2E9
inline constexpr const char* water = "\xEF\x96\x8C";         // F58C
inline constexpr const char* label = "\xEF\x8C\x95";         // F315
inline constexpr const char* history = "\xEF\x8B\x9A";       // F2DA
inline constexpr const char* printer = "\xEF\x90\xAA";       // F42A
inline constexpr const char* home = "\xEF\x8B\x9E";          // F2DE
inline constexpr const char* fit = "\xEF\x86\xA4";           // F1A4
inline constexpr const char* undo = "\xEF\x95\x8C";          // F54C
inline constexpr const char* redo = "\xEF\x91\x8E";          // F44E
inline constexpr const char* settings = "\xEF\x92\x93";      // F493
inline constexpr const char* note = "\xEF\x8E\x9E";          // F39E
inline constexpr const char* bookmark = "\xEF\x83\x80";      // F0C0
inline constexpr const char* alert_ring = "\xEF\x97\x96";    // F5D6
inline constexpr const char* table = "\xEF\x93\xAB";         // F4EB
inline constexpr const char* cube = "\xEF\x86\xA7";          // F1A7
inline constexpr const char* ruler = "\xEF\x91\xAD";         // F46D
inline constexpr const char* palette = "\xEF\x8F\x98";       // F3D8
inline constexpr const char* film = "\xEF\x88\xAF";          // F22F
inline constexpr const char* compare = "\xEF\x86\x8A";       // F18A
inline constexpr const char* float_out = "\xEF\x8F\x8C";     // F3CC
inline constexpr const char* help = "\xEF\x8B\x97";          // F2D7
inline constexpr const char* keyboard = "\xEF\x8C\x8C";      // F30C
inline constexpr const char* snow = "\xEF\x96\x98";          // F598
inline constexpr const char* marker = "\xEF\x8D\x8E";        // F34E
inline constexpr const char* flag = "\xEF\x88\xBB";          // F23B
inline constexpr const char* save = "\xEF\x86\x93";          // F193
inline constexpr const char* import_file = "\xEF\x8B\xBA";   // F2FA

}  // namespace hashimichi::app::icon
