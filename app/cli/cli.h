#pragma once
#include <string>
#include <vector>

namespace hashimichi::app::cli {

/// The exit codes are a contract (README.md beside this file).
enum ExitCode { exit_done = 0, exit_problems = 1, exit_usage = 2, exit_failed = 3, exit_cancelled = 4 };

/// The whole program: `arguments` without the program's own name.
int run(const std::vector<std::string>& arguments);

}  // namespace hashimichi::app::cli
