#include "app/session/command_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/session/command_words.h"

namespace hashimichi::app {
namespace {

using text::Json;

/// A longer line is no command of anybody.
constexpr std::size_t longest_line_bytes = 4u << 20;
constexpr std::size_t shown_bytes = 60;

template <typename T>
inline constexpr bool is_family = false;
template <typename... T>
inline constexpr bool is_family<std::variant<T...>> = true;

template <typename Family, typename T>
inline constexpr bool holds = false;
template <typename... One, typename T>
inline constexpr bool holds<std::variant<One...>, T> = (std::is_same_v<One, T> || ...);

template <typename T>
Json objectOf(const T& command) {
  if constexpr (is_family<T>) {
    return std::visit([](const auto& one) { return objectOf(one); }, command);
  } else {
    Json out = Json::object();
    out["do"] = text::Word<T>::word;
    out.update(text::writeFields(command));
    return out;
  }
}

/// `take(T{})` for every single command, until one says that it is it.
template <typename Variant, typename Take, std::size_t... index>
bool anyOf(Take& take, std::index_sequence<index...>);
template <typename T, typename Take>
bool offer(Take& take) {
  if constexpr (is_family<T>)
    return anyOf<T>(take, std::make_index_sequence<std::variant_size_v<T>>());
  else
    return take(T{});
}
template <typename Variant, typename Take, std::size_t... index>
bool anyOf(Take& take, std::index_sequence<index...>) {
  return (offer<std::variant_alternative_t<index, Variant>>(take) || ...);
}

template <typename T>
Command commandOf(T one) {
  if constexpr (holds<PointCommand, T>)
    return PointCommand{std::move(one)};
  else if constexpr (holds<EditCommand, T>)
    return EditCommand{std::move(one)};
  else if constexpr (holds<FindCommand, T>)
    return FindCommand{std::move(one)};
  else if constexpr (holds<FileCommand, T>)
    return FileCommand{std::move(one)};
  else if constexpr (holds<LookCommand, T>)
    return LookCommand{std::move(one)};
  else
    return Command{std::move(one)};
}

Error wrong(const std::string& where, std::string what) {
  return {ErrorCode::bad_input, where, std::move(what),
          "The commands and their words are listed in app/cli/README.md."};
}

std::string shown(const Json& json) {
  std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() <= shown_bytes) return text;
  text.resize(shown_bytes);
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0x80)) text.pop_back();  // no half letters
  return text + "…";
}

/// "pose.distance_m" of {"pose": {"distance_m": …}}; nullptr where it does not lead anywhere.
const Json* valueAt(const Json& json, const std::string& word) {
  const Json* at = &json;
  for (std::size_t from = 0; from <= word.size();) {
    const std::size_t dot = std::min(word.find('.', from), word.size());
    if (!at->is_object() || !at->contains(word.substr(from, dot - from))) return nullptr;
    at = &(*at)[word.substr(from, dot - from)];
    from = dot + 1;
  }
  return at;
}

}  // namespace

std::string textOf(const Command& command) {
  return objectOf(command).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string wordOf(const Command& command) {
  return objectOf(command)["do"].get<std::string>();
}

std::vector<std::string> allCommandWords() {
  std::vector<std::string> words;
  auto take = [&]<typename T>(const T&) {
    words.push_back(text::Word<T>::word);
    return false;
  };
  offer<Command>(take);
  return words;
}

Result<Command> commandFrom(std::string_view line, const std::string& where) {
  if (line.size() > longest_line_bytes) return wrong(where, "The line is too long to be a command.");
  const Json json = Json::parse(line, nullptr, false);
  if (!json.is_object()) return wrong(where, "This is no JSON object in one line.");
  const auto word = json.find("do");
  if (word == json.end() || !word->is_string()) return wrong(where, "The line has no word \"do\" with a command.");
  const std::string name = word->get<std::string>();
  std::optional<Command> command;
  std::string trouble;
  auto take = [&]<typename T>(T fresh) {
    if (name != text::Word<T>::word) return false;
    if (text::readFields(json, fresh, trouble, 1)) command = commandOf(std::move(fresh));
    return true;
  };
  if (!offer<Command>(take)) return wrong(where, fmt::format("There is no command \"{}\".", name));
  if (command) return *command;
  const Json* value = valueAt(json, trouble);
  return wrong(where, fmt::format("\"{}\" does not understand the word \"{}\"{}.", name, trouble,
                                  value ? ": " + shown(*value) : std::string()));
}

Result<std::vector<ScriptLine>> scriptFrom(std::string_view text, const std::string& file) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";  // as some editors begin UTF-8
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  std::vector<ScriptLine> lines;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::size_t first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos || line[first] == '#') continue;
    Result<Command> command = commandFrom(line, fmt::format("{}:{}", file, number));
    if (!command) return command.error();
    lines.push_back({number, std::move(*command)});
  }
  return lines;
}

}  // namespace hashimichi::app
