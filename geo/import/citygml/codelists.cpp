#include "geo/import/citygml/codelists.h"

#include <fmt/format.h>

#include "geo/core/data_dir.h"
#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/import/citygml/limits.h"
#include "geo/import/citygml/xml_reader.h"

namespace hashimichi::import::citygml {
namespace fs = std::filesystem;
namespace {

/// gml:Definition elements: the name is the code, the description its label.
class DictionaryHandler final : public XmlHandler {
 public:
  using List = std::unordered_map<std::string, std::string, TextHash, std::equal_to<>>;
  DictionaryHandler(const NameTable& names, List& list, std::size_t room) : names_(names), list_(list), room_(room) {}

  void start(NameIndex name, std::span<const XmlAttribute>, std::uint64_t) override {
    if (names_[name].is(Family::gml, "Definition")) code_.clear(), label_.clear();
    open_.push_back(name);
    text_.clear();
  }
  void text(std::string_view piece) override {
    if (text_.size() < attribute_text_limit) text_ += piece;
  }
  void end() override {
    const Name& name = names_[open_.back()];
    open_.pop_back();
    if (name.is(Family::gml, "name")) code_ = trim(text_);
    if (name.is(Family::gml, "description")) label_ = trim(text_);
    if (name.is(Family::gml, "Definition") && !code_.empty() && room_ > list_.size()) list_.emplace(code_, label_);
    text_.clear();
  }

 private:
  const NameTable& names_;
  List& list_;
  std::size_t room_;
  std::vector<NameIndex> open_;
  std::string text_, code_, label_;
};

bool isFile(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

}  // namespace

Codelists::Codelists(const fs::path& file, Problems& problems)
    : dataset_(file), shown_file_(toUtf8(file)), problems_(problems) {}

std::optional<std::string_view> Codelists::label(std::string_view code_space, std::string_view code) {
  const List& list = listFor(code_space);
  const auto found = list.find(code);
  if (found == list.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

const Codelists::List& Codelists::listFor(std::string_view code_space) {
  const auto known = lists_.find(code_space);
  if (known != lists_.end()) return known->second;
  // A hostile file could name a new list at every attribute; real ones name about forty.
  constexpr std::size_t list_limit = 2000;
  static const List none;
  if (lists_.size() >= list_limit) return none;
  std::string key(code_space);
  return lists_.emplace(key, load(key)).first->second;
}

std::optional<fs::path> Codelists::locate(const std::string& code_space) {
  const bool web = code_space.find("://") != std::string::npos;
  const std::string name = code_space.substr(code_space.find_last_of("/\\") + 1);
  for (const char* suffix : {"", ".xml"}) {
    if (web) {
      const fs::path path = dataset_.root() / "codelists" / (name + suffix);
      if (isFile(path)) return path;
      continue;
    }
    const Dataset::Answer answer = dataset_.find(code_space + suffix);
    if (answer.found == Dataset::Found::yes) return answer.path;
    if (answer.found == Dataset::Found::missing) continue;
    problems_.skip(
        shown_file_, {}, "codelist.escape",
        fmt::format("The code list \"{}\" lies outside the data set and was not opened.", code_space.substr(0, 200)),
        "Put the code lists into the folder \"codelists\" of the data set.");
    return std::nullopt;
  }
  for (const char* suffix : {"", ".xml"}) {
    const fs::path path = datasetsFolder() / "codelists" / (name + suffix);
    if (name.empty() || !isFile(path)) continue;
    problems_.assume(shown_file_, {}, "codelist.built_in",
                     fmt::format("The code list \"{}\" is not there; the one that ships with the program was used.",
                                 code_space.substr(0, 200)),
                     "Keep the folder \"codelists\" beside \"udx\".");
    return path;
  }
  problems_.assume(shown_file_, {}, "codelist.missing",
                   fmt::format("The code list \"{}\" is not there; its codes are shown without their meaning.",
                               code_space.substr(0, 200)),
                   "Keep the folder \"codelists\" beside \"udx\".");
  return std::nullopt;
}

Codelists::List Codelists::load(const std::string& code_space) {
  List list;
  const std::optional<fs::path> path = locate(code_space);
  if (!path) return list;
  std::error_code failed;
  const std::uintmax_t size = fs::file_size(*path, failed);
  NameTable names;
  DictionaryHandler handler(names, list, codelist_entry_limit - std::min(codelist_entry_limit, entries_));
  SilentProgress silent;
  const bool readable = !failed && size <= codelist_bytes_limit;
  const auto end = readable ? readXml(*path, names, handler, silent) : Result<XmlEnd>(Error{});
  if (!end || end->reason != XmlEnd::Reason::complete)
    problems_.assume(toUtf8(*path), {}, "codelist.damaged",
                     "The code list cannot be read completely; codes that it lacks are shown without their meaning.",
                     "Replace it by the published one.");
  entries_ += list.size();
  return list;
}

}  // namespace hashimichi::import::citygml
