#pragma once
#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace hashimichi {

/// What a caller can act on. A new code is added only where somebody acts differently on it.
enum class ErrorCode {
  not_found,     ///< the file, layer or asset does not exist
  unreadable,    ///< exists, but cannot be opened or is damaged from the start
  unsupported,   ///< a format, version or option that this program does not read
  bad_crs,       ///< unknown, missing or unsuitable coordinate reference system
  bad_input,     ///< understood, but not valid
  limit,         ///< refused because it would exceed a stated limit
  write_failed,  ///< disk full, read-only folder, locked file
  cancelled,     ///< the user asked to stop
  no_display,    ///< no OpenGL context can be made
};

/// One failure, told so that a person can act: what happened, where, and what to do about it.
struct Error {
  ErrorCode code = ErrorCode::bad_input;
  std::string where;   ///< file, or file:line / file#feature
  std::string what;    ///< one sentence, with the reason
  std::string advice;  ///< what to do, may be empty

  /// "where: what advice", the one form in which errors are printed.
  std::string text() const;
};

/// Either a value or the Error that prevented it. Programmer's mistakes assert; they are not Results.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::move(value)) {}
  Result(Error error) : content_(std::move(error)) {}

  bool ok() const { return content_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & {
    assert(ok());
    return std::get<0>(content_);
  }
  const T& value() const& {
    assert(ok());
    return std::get<0>(content_);
  }
  T&& value() && {
    assert(ok());
    return std::get<0>(std::move(content_));
  }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }

  const Error& error() const {
    assert(!ok());
    return std::get<1>(content_);
  }

 private:
  std::variant<T, Error> content_;
};

struct Nothing {};
using Status = Result<Nothing>;
inline Status done() {
  return Nothing{};
}

}  // namespace hashimichi
