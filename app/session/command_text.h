#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/session/command.h"
#include "geo/core/result.h"

namespace hashimichi::app {

// Commands as lines of text, for scripts: one JSON object a line, {"do": "select_asset", "kind": "road", "id": "R1"}.
// What is as in a freshly made command is left out. Lengths in metres, places [east, north, up] of the local frame,
// numbers that are no finite ones as "inf", "-inf", "nan"; texts that are no UTF-8 lose what is not.

std::string textOf(const Command& command);

/// @param where  file and line, for the error
/// @returns bad_input naming the word that is not known or whose value does not fit
Result<Command> commandFrom(std::string_view line, const std::string& where);

struct ScriptLine {
  std::size_t number = 0;  ///< in the file, from 1
  Command command;
};
/// Every line of a script; empty ones and those that begin with # say nothing. bad_input at the first wrong line.
Result<std::vector<ScriptLine>> scriptFrom(std::string_view text, const std::string& file);

/// What stands behind "do".
std::string wordOf(const Command& command);
std::vector<std::string> allCommandWords();

}  // namespace hashimichi::app
