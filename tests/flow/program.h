#pragma once
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/shared_data.h"

namespace hashimichi::tests {

/// What the built program answered.
struct Answer {
  int exit_code = -1;
  std::string out, err;

  nlohmann::json json() const { return nlohmann::json::parse(out, nullptr, false); }
};

inline std::string quoted(const std::string& word) {
  std::string result = "'";
  for (const char c : word) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

/// Runs the program as a person's shell would, in English, with no display.
inline Answer hashimichi(const std::vector<std::string>& words,
                         const std::string& environment = "env -u DISPLAY -u WAYLAND_DISPLAY LC_ALL=C.UTF-8") {
  const TempFolder folder;
  std::string command = environment + " " + quoted(HASHIMICHI_PROGRAM);
  for (const std::string& word : words) command += " " + quoted(word);
  command += " 2>" + quoted((folder / "err").string()) + " </dev/null";
  Answer answer;
  FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> buffer{};
  for (std::size_t n; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) answer.out.append(buffer.data(), n);
  const int status = pclose(pipe);
  answer.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  std::ifstream stream(folder / "err");
  std::stringstream text;
  text << stream.rdbuf();
  answer.err = text.str();
  return answer;
}

}  // namespace hashimichi::tests
