#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "geo/core/date_time.h"
#include "geo/core/result.h"

namespace hashimichi::project {

/// One run of the program: which machine, which process, and when that process began, so that a number that was given
/// to another process meanwhile is not taken for the first one.
struct ProcessMark {
  std::string host;
  long pid = 0;
  std::uint64_t started = 0;  ///< clock ticks since the machine started; 0 where the system does not tell

  bool operator==(const ProcessMark&) const = default;
};
ProcessMark thisProcess();
/// Whether that run still goes on; nothing for another machine, into which one cannot look.
std::optional<bool> isAlive(const ProcessMark& mark);

/// Who writes into a project, and since when.
struct LockHolder {
  ProcessMark process;
  Instant since;
};

/// The right to write into one project folder: the file project.lock in it, for programs that share an office folder.
///
/// Held by a process as a whole: taking it twice shares it, the last one gives it back. All functions may be called
/// from any thread. The file is made whole or not at all (hard link; exclusive creation where a share knows none).
class ProjectLock {
 public:
  /// A holder on another machine that has not shown itself for so long (a machine that sleeps or was switched off)
  /// loses the lock to the next one who asks.
  static constexpr int silent_after_min = 10;

  /// Shows that this process is still there; to be called now and then, writes at most once a minute.
  void beat();
  /// write_failed where another program has taken the lock over meanwhile: nothing must be written any more.
  Status stillHeld() const;

 private:
  friend struct LockTaking;
  struct Held;
  std::shared_ptr<Held> held_;
};

/// What came of asking for the lock: exactly one of `lock`, `holder` and `error` is there.
struct LockOutcome {
  std::optional<ProjectLock> lock;
  std::optional<LockHolder> holder;      ///< another program writes into this project
  std::optional<Error> error;            ///< the folder cannot be written: read-only, or the disk is full
  std::optional<LockHolder> taken_over;  ///< the lock of a program that has ended or fallen silent

  /// The refusal as an Error of code write_failed; only without `lock`.
  Error refusal(const std::filesystem::path& folder) const;
};
/// @param folder  of the project; must exist
LockOutcome takeLock(const std::filesystem::path& folder);

}  // namespace hashimichi::project
