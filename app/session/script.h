#pragma once
#include <functional>
#include <string>
#include <vector>

#include "app/session/command_text.h"
#include "app/session/session.h"

namespace hashimichi::app {

/// What a line of a script led to.
struct ScriptStep {
  std::size_t line = 0;
  std::string word;  ///< the command's
  bool failed = false;
  std::vector<std::string> said;  ///< notices, in the session's language
};

/// Runs commands through a session without a window: after each, its jobs are waited for, and the camera stands at once
/// where a flight would have led. Pictures are drawn off the screen; what only a window can do is told and left out.
/// @param told  after every line
/// @returns how many lines failed; those after Quit, and after `stop` said so, are not run
std::size_t runScript(Session& session, const std::vector<ScriptLine>& lines,
                      const std::function<void(const ScriptStep&)>& told, Progress& stop);

}  // namespace hashimichi::app
