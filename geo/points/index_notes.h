#pragma once
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace hashimichi::points {

/// Numbers and texts one after the other, for what a build notes down for itself on the same machine.
class Notes {
 public:
  template <typename T>
  void put(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof(T));
  }
  void text(std::string_view words) { put<std::uint64_t>(words.size()), bytes_.append(words); }
  template <typename T>
  void list(const std::vector<T>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    put<std::uint64_t>(values.size());
    bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// Reads them again; what is not there comes as zero, and `sound` is false from then on.
class NotesReader {
 public:
  explicit NotesReader(std::string_view bytes) : left_(bytes) {}
  template <typename T>
  T take() {
    T value{};
    if (!enough(sizeof(T))) return value;
    std::memcpy(&value, left_.data(), sizeof(T));
    left_.remove_prefix(sizeof(T));
    return value;
  }
  std::string text() {
    const auto length = take<std::uint64_t>();
    if (!enough(length)) return {};
    std::string words(left_.substr(0, static_cast<std::size_t>(length)));
    left_.remove_prefix(words.size());
    return words;
  }
  template <typename T>
  std::vector<T> list() {
    const auto count = take<std::uint64_t>();
    if (count > left_.size() / sizeof(T)) sound_ = false;
    if (!sound_) return {};
    std::vector<T> values(static_cast<std::size_t>(count));
    std::memcpy(values.data(), left_.data(), values.size() * sizeof(T));
    left_.remove_prefix(values.size() * sizeof(T));
    return values;
  }
  bool sound() const { return sound_; }
  bool atEnd() const { return left_.empty(); }

 private:
  bool enough(std::uint64_t bytes) { return sound_ = sound_ && bytes <= left_.size(); }
  std::string_view left_;
  bool sound_ = true;
};

}  // namespace hashimichi::points
