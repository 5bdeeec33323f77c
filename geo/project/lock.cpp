#include "geo/project/lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>

#include "geo/core/file.h"

namespace hashimichi::project {
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr const char* lock_name = "project.lock";
/// A lock file that cannot be understood may be one that is just being written; after this it is debris.
constexpr std::int64_t unreadable_stale_after_s = 10;
constexpr std::chrono::seconds beat_every{60};
constexpr std::uintmax_t largest_lock_bytes = 64u << 10;
constexpr int most_tries = 3;

Instant now() {
  return {
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

/// When a process began: field 22 of /proc/PID/stat, counted after the name in brackets, which may hold anything.
std::uint64_t startOf(long pid) {
  std::ifstream stream(fmt::format("/proc/{}/stat", pid));
  std::string line;
  std::getline(stream, line);
  const std::size_t bracket = line.rfind(')');
  if (bracket == std::string::npos) return 0;
  std::istringstream rest(line.substr(bracket + 1));
  std::string word;
  constexpr int words_between = 20;
  for (int i = 0; i < words_between; ++i) rest >> word;
  return rest ? std::strtoull(word.c_str(), nullptr, 10) : 0;
}

std::string textOf(const LockHolder& holder, unsigned nonce) {
  return json{{"format", "hashimichi lock"},       {"host", holder.process.host},          {"pid", holder.process.pid},
              {"started", holder.process.started}, {"since", formatInstant(holder.since)}, {"nonce", nonce}}
             .dump(-1, ' ', false, json::error_handler_t::replace) +
         "\n";
}

std::optional<LockHolder> holderFrom(const std::string& text) {
  const json document = json::parse(text, nullptr, false);
  if (!document.is_object()) return std::nullopt;
  const auto host = document.find("host"), pid = document.find("pid"), started = document.find("started"),
             since = document.find("since");
  const auto end = document.end();
  if (host == end || !host->is_string() || pid == end || !pid->is_number_integer() || started == end ||
      !started->is_number_integer())
    return std::nullopt;
  LockHolder holder{{host->get<std::string>(), pid->get<long>(), started->get<std::uint64_t>()}, {}};
  if (since != end && since->is_string()) holder.since = parseInstant(since->get<std::string>()).value_or(Instant{});
  return holder;
}

Error cannotWrite(const fs::path& folder, int reason) {
  return {ErrorCode::write_failed, toUtf8(folder),
          std::string("The project's folder cannot be written: ") + std::strerror(reason) + ".",
          reason == ENOSPC || reason == EDQUOT || reason == EFBIG
              ? "Make room on the disk; until then the project can only be read."
              : "The project can be read; to work on it, copy it to a folder where you may write."};
}

/// Makes a file that must not be there yet; 0, or what went wrong.
int makeFile(const fs::path& path, const std::string& text) {
  const int handle = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (handle < 0) return errno;
  const ssize_t written = ::write(handle, text.data(), text.size());
  int failed = written == static_cast<ssize_t>(text.size()) ? 0 : written < 0 ? errno : ENOSPC;
  if (::close(handle) != 0 && failed == 0) failed = errno;
  if (failed != 0) ::unlink(path.c_str());
  return failed;
}

std::optional<std::int64_t> changedAt(const fs::path& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return std::nullopt;
  return static_cast<std::int64_t>(info.st_mtime);
}

std::mutex& registryMutex() {
  static std::mutex mutex;
  return mutex;
}

}  // namespace

ProcessMark thisProcess() {
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  const long pid = ::getpid();
  return {host.data(), pid, startOf(pid)};
}

std::optional<bool> isAlive(const ProcessMark& mark) {
  if (mark.host != thisProcess().host) return std::nullopt;
  if (mark.pid <= 0 || (::kill(static_cast<pid_t>(mark.pid), 0) != 0 && errno == ESRCH)) return false;
  const std::uint64_t started = startOf(mark.pid);
  return started == 0 || mark.started == 0 || started == mark.started;
}

struct ProjectLock::Held {
  fs::path file;
  std::string text;
  std::mutex mutex;
  std::chrono::steady_clock::time_point last_beat = std::chrono::steady_clock::now();

  ~Held() {
    const std::lock_guard guard(registryMutex());
    if (const Result<std::string> there = readFile(file, largest_lock_bytes); there && *there == text)
      ::unlink(file.c_str());
  }
};

void ProjectLock::beat() {
  const std::lock_guard guard(held_->mutex);
  const auto at = std::chrono::steady_clock::now();
  if (at - held_->last_beat < beat_every) return;
  held_->last_beat = at;
  if (const Result<std::string> there = readFile(held_->file, largest_lock_bytes); there && *there == held_->text)
    ::utimensat(AT_FDCWD, held_->file.c_str(), nullptr, 0);
}

Status ProjectLock::stillHeld() const {
  const Result<std::string> there = readFile(held_->file, largest_lock_bytes);
  if (there && *there == held_->text) return done();
  const fs::path folder = held_->file.parent_path();
  if (!there && there.error().code == ErrorCode::not_found) {
    // Somebody cleaned up. Whoever comes first has it.
    const int failed = makeFile(held_->file, held_->text);
    if (failed == 0) return done();
    if (failed != EEXIST) return cannotWrite(folder, failed);
  }
  const Result<std::string> again = readFile(held_->file, largest_lock_bytes);
  LockOutcome lost;
  lost.holder = (again ? holderFrom(*again) : std::nullopt).value_or(LockHolder{});
  return lost.refusal(folder);
}

/// One attempt to become the holder of one folder's lock.
struct LockTaking {
  fs::path folder, file = folder / lock_name;
  LockHolder me{thisProcess(), now()};
  std::string text = textOf(me, nextNonce());
  fs::path own = folder / fmt::format(".{}.{}", lock_name, me.process.pid);

  static unsigned nextNonce() {
    static std::atomic<unsigned> next{1};
    return next++;
  }

  /// 0, EEXIST where somebody holds it, or what went wrong.
  int put() const {
    if (::link(own.c_str(), file.c_str()) == 0) return 0;
    return errno == EEXIST ? EEXIST : makeFile(file, text);
  }

  bool isStale(const std::optional<LockHolder>& holder, std::int64_t age_s) const {
    if (!holder) return age_s > unreadable_stale_after_s;
    if (holder->process == me.process) return true;  // left by a lock that this very process is giving back
    if (const std::optional<bool> alive = isAlive(holder->process)) return !*alive;
    return age_s > ProjectLock::silent_after_min * 60;
  }

  /// Takes a stale file away; one that changed in the moment between looking and taking is put back.
  void clear(const std::string& seen) const {
    const fs::path aside = folder / fmt::format(".{}.old.{}", lock_name, me.process.pid);
    if (::rename(file.c_str(), aside.c_str()) != 0) return;
    const Result<std::string> taken = readFile(aside, largest_lock_bytes);
    if (!taken || *taken != seen) ::link(aside.c_str(), file.c_str());
    ::unlink(aside.c_str());
  }

  LockOutcome run(std::shared_ptr<ProjectLock::Held>& held) const {
    LockOutcome outcome;
    ::unlink(own.c_str());
    if (const int failed = makeFile(own, text); failed != 0) {
      outcome.error = cannotWrite(folder, failed);
      return outcome;
    }
    const std::int64_t share_now = changedAt(own).value_or(me.since.unix_s);  // by the clock of the share itself
    for (int attempt = 0; attempt < most_tries && !outcome.lock; ++attempt) {
      outcome.holder.reset();
      const int failed = put();
      if (failed == 0) {
        held = std::make_shared<ProjectLock::Held>();
        held->file = file, held->text = text;
        outcome.lock.emplace().held_ = held;
      } else if (failed != EEXIST) {
        outcome.error = cannotWrite(folder, failed);
        break;
      } else if (const Result<std::string> there = readFile(file, largest_lock_bytes)) {
        const std::optional<LockHolder> holder = holderFrom(*there);
        outcome.holder = holder.value_or(LockHolder{});
        if (!isStale(holder, share_now - changedAt(file).value_or(share_now))) break;
        clear(*there);
        if (holder && holder->process != me.process) outcome.taken_over = holder;
      }
    }
    if (!outcome.lock && !outcome.error && !outcome.holder) outcome.holder.emplace();
    if (!outcome.lock) outcome.taken_over.reset();
    ::unlink(own.c_str());
    return outcome;
  }

  static LockOutcome take(const fs::path& wanted) {
    static std::map<fs::path, std::weak_ptr<ProjectLock::Held>> registry;
    std::error_code ignored;
    const fs::path folder = fs::weakly_canonical(wanted, ignored);
    std::shared_ptr<ProjectLock::Held> held;  // outlives the guard: giving back locks the registry too
    const std::lock_guard guard(registryMutex());
    std::weak_ptr<ProjectLock::Held>& known = registry[folder];
    if ((held = known.lock())) {
      LockOutcome outcome;
      outcome.lock.emplace().held_ = held;
      return outcome;
    }
    LockOutcome outcome = LockTaking{folder}.run(held);
    known = held;
    return outcome;
  }
};

LockOutcome takeLock(const fs::path& folder) {
  return LockTaking::take(folder);
}

Error LockOutcome::refusal(const fs::path& folder) const {
  if (error) return *error;
  const std::string who = holder && !holder->process.host.empty() ? holder->process.host : "another program";
  const std::string since = holder && holder->since.unix_s != 0 ? " since " + formatJst(holder->since) : "";
  return {ErrorCode::write_failed, toUtf8(folder), "The project is open for writing on " + who + since + ".",
          "It can be read meanwhile; close it there to work on it here."};
}

}  // namespace hashimichi::project
