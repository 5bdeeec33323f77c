#include "geo/core/interned.h"

#include <mutex>
#include <shared_mutex>
#include <unordered_set>

namespace hashimichi {
namespace {

struct Hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

/// Elements of an unordered_set keep their address.
struct Pool {
  std::shared_mutex guard;
  std::unordered_set<std::string, Hash, std::equal_to<>> texts;

  const std::string* keep(std::string_view text) {
    {
      const std::shared_lock reading(guard);
      if (const auto found = texts.find(text); found != texts.end()) return &*found;
    }
    const std::unique_lock writing(guard);
    return &*texts.emplace(text).first;
  }
};

Pool& pool() {
  // Never destroyed: objects with static life time may hold texts.
  static Pool& instance = *new Pool;
  return instance;
}

}  // namespace

Interned::Interned() {
  static const std::string none;
  text_ = &none;
}

Interned::Interned(std::string_view text) : Interned() {
  if (!text.empty()) text_ = pool().keep(text);
}

}  // namespace hashimichi
