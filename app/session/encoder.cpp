#include "app/session/encoder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "geo/core/file.h"

extern char** environ;

namespace hashimichi::app {
namespace fs = std::filesystem;
namespace {

std::vector<std::string> wordsFor(const fs::path& program, const fs::path& out, int width, int height, int rate) {
  return {program.string(), "-nostdin", "-y", "-loglevel", "error", "-f", "rawvideo", "-pixel_format", "rgba",
          "-video_size", fmt::format("{}x{}", width, height), "-framerate", std::to_string(rate), "-i", "pipe:0", "-an",
          // Players want the common colour format, which needs even sides.
          "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-pix_fmt", "yuv420p", "file:" + out.string()};
}

/// The child with one end of the socket as its input and nothing to write to; -1 when it cannot be started.
pid_t spawn(const std::vector<std::string>& words, int input) {
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = -1;
  if (posix_spawn(&child, pointers.front(), &actions, nullptr, pointers.data(), environ) != 0) child = -1;
  posix_spawn_file_actions_destroy(&actions);
  return child;
}

}  // namespace

std::optional<fs::path> Encoder::find() {
  const char* path = std::getenv("PATH");
  if (!path) return std::nullopt;
  const std::string folders = path;
  for (std::size_t at = 0; at <= folders.size();) {
    const std::size_t end = std::min(folders.find(':', at), folders.size());
    const fs::path candidate = fs::path(folders.substr(at, end - at)) / "ffmpeg";
    if (candidate.is_absolute() && access(candidate.c_str(), X_OK) == 0) return candidate;
    at = end + 1;
  }
  return std::nullopt;
}

Error Encoder::failed(const char* what) const {
  return {ErrorCode::write_failed, toUtf8(out_), what,
          "Check the free space, try another ending (mp4, mkv), or name a folder for numbered pictures."};
}

Result<std::unique_ptr<Encoder>> Encoder::start(const fs::path& program, const fs::path& out, int width_px,
                                                int height_px, int frames_per_second) {
  std::unique_ptr<Encoder> encoder(new Encoder);
  std::error_code wrong;
  encoder->out_ = fs::absolute(out, wrong);
  encoder->beside_ = besideOf(encoder->out_);
  int ends[2];
  // A socket and not a pipe: a child that has gone is then an error and no signal.
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return encoder->failed("ffmpeg could not be started.");
  encoder->socket_ = ends[0];
  encoder->child_ = spawn(wordsFor(program, encoder->beside_, width_px, height_px, frames_per_second), ends[1]);
  close(ends[1]);
  if (encoder->child_ < 0) return encoder->failed("ffmpeg could not be started.");
  return encoder;
}

Encoder::~Encoder() {
  if (socket_ >= 0) close(socket_);
  if (child_ <= 0) return;
  kill(child_, SIGTERM);
  waitpid(child_, nullptr, 0);
  std::error_code ignored;
  fs::remove(beside_, ignored);
}

Status Encoder::write(std::span<const std::uint8_t> rgba) {
  while (!rgba.empty()) {
    const ssize_t sent = send(socket_, rgba.data(), rgba.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return failed("ffmpeg ended before the film was whole.");
    rgba = rgba.subspan(static_cast<std::size_t>(sent));
  }
  return done();
}

Status Encoder::finish() {
  close(std::exchange(socket_, -1));
  int state = 0;
  const pid_t child = std::exchange(child_, -1);
  while (waitpid(child, &state, 0) < 0 && errno == EINTR) continue;
  if (WIFEXITED(state) && WEXITSTATUS(state) == 0 && fs::exists(beside_)) return moveIntoPlace(beside_, out_);
  std::error_code ignored;
  fs::remove(beside_, ignored);
  return failed("ffmpeg could not write this video.");
}

}  // namespace hashimichi::app
