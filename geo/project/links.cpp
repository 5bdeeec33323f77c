#include "geo/project/links.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <set>

#include "geo/core/file.h"
#include "geo/import/importer.h"
#include "geo/project/layout.h"

namespace hashimichi::project {
namespace fs = std::filesystem;

namespace {

/// A folder of a town's data holds fewer files than this; more are not looked through.
constexpr std::size_t most_files_searched = 500'000;

struct LinkColumn {
  const char *table, *column;
};
constexpr std::array link_columns{LinkColumn{"sources", "path"}, LinkColumn{"point_clouds", "path"},
                                  LinkColumn{"point_clouds", "octree"}, LinkColumn{"imagery", "path"},
                                  LinkColumn{"materials", "texture_path"}};

fs::path pathFrom(const std::string& utf8) {
  return {std::u8string(utf8.begin(), utf8.end())};
}

bool isFile(const std::string& path) {
  return !path.empty() && !import::isDatabase(path) && !path.starts_with("http://") && !path.starts_with("https://");
}

/// Every place in the model that names a file.
template <typename City, typename Visit>
void visitModelLinks(City& city, Visit visit) {
  for (auto& cloud : city.clouds) visit(cloud.path), visit(cloud.octree);
  for (auto& image : city.imagery) visit(image.path);
  for (auto& material : city.materials) visit(material.texture_path);
}

/// How many folders from the end upwards are called the same.
std::size_t agreement(const fs::path& a, const fs::path& b) {
  const std::vector<fs::path> left(a.begin(), a.end()), right(b.begin(), b.end());
  std::size_t count = 0;
  while (count < std::min(left.size(), right.size()) &&
         left[left.size() - 1 - count] == right[right.size() - 1 - count])
    ++count;
  return count;
}

std::multimap<fs::path, fs::path> filesBelow(const fs::path& folder, const std::set<fs::path>& names) {
  std::multimap<fs::path, fs::path> found;
  std::error_code error;
  std::size_t seen = 0;
  auto at = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && at != fs::recursive_directory_iterator() && seen < most_files_searched; at.increment(error), ++seen)
    if (names.contains(at->path().filename())) found.emplace(at->path().filename(), at->path());
  return found;
}

/// The one candidate whose folders agree most with where the file was; nothing when two agree alike.
fs::path bestOf(const std::multimap<fs::path, fs::path>& found, const fs::path& missing) {
  fs::path best;
  std::size_t most = 0;
  bool alike = false;
  const auto [first, last] = found.equal_range(missing.filename());
  for (auto at = first; at != last; ++at) {
    const std::size_t same = agreement(at->second, missing);
    if (same == most) alike = true;
    if (same <= most) continue;
    best = at->second, most = same, alike = false;
  }
  return alike ? fs::path() : best;
}

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};
struct CloseStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, CloseStatement>;

Error damaged(const fs::path& gpkg, sqlite3* database) {
  return {ErrorCode::unreadable, toUtf8(gpkg),
          std::string("The project file is damaged: ") + (database ? sqlite3_errmsg(database) : "it cannot be opened") +
              ".",
          "Restore it from a backup, or import the sources again."};
}

Result<Database> openDatabase(const fs::path& gpkg, int flags) {
  sqlite3* raw = nullptr;
  const int status = sqlite3_open_v2(toUtf8(gpkg).c_str(), &raw, flags, nullptr);
  Database database(raw);
  if (status != SQLITE_OK) return damaged(gpkg, raw);
  return database;
}

Statement prepare(sqlite3* database, const std::string& sql) {
  sqlite3_stmt* raw = nullptr;
  sqlite3_prepare_v2(database, sql.c_str(), -1, &raw, nullptr);
  return Statement(raw);
}

}  // namespace

std::vector<std::string> linksOf(const Project& project) {
  std::set<std::string> links;
  const auto add = [&](const std::string& path) {
    if (isFile(path)) links.insert(path);
  };
  for (const import::SourceInfo& source : project.sources) add(source.path);
  if (project.model) visitModelLinks(*project.model, add);
  return {links.begin(), links.end()};
}

std::vector<fs::path> missingLinks(const Project& project) {
  std::vector<fs::path> missing;
  for (const std::string& link : linksOf(project)) {
    // A source that was named by a relative path in another folder at another time cannot be looked for.
    const fs::path path = pathFrom(link);
    if (path.is_absolute() && fileOf(link).empty()) missing.push_back(path);
  }
  return missing;
}

std::map<fs::path, fs::path> repairedBy(const std::vector<fs::path>& all_missing, const fs::path& missing,
                                        const fs::path& found) {
  std::map<fs::path, fs::path> places;
  std::error_code ignored;
  const fs::path there = fs::absolute(found, ignored).lexically_normal();
  if (!fs::exists(there, ignored)) return places;
  const bool folder = fs::is_directory(there, ignored) && there.filename() != missing.filename();
  if (!folder) places[missing] = there;
  std::set<fs::path> names;
  for (const fs::path& one : all_missing) names.insert(one.filename());
  const auto candidates = filesBelow(folder ? there : there.parent_path(), names);
  for (const fs::path& one : all_missing)
    if (const fs::path best = bestOf(candidates, one); !best.empty()) places.emplace(one, best);
  return places;
}

Project relinked(const Project& project, const std::map<fs::path, fs::path>& place_by_link) {
  Project changed = project;
  const auto change = [&](std::string& path) {
    if (const auto found = place_by_link.find(pathFrom(path)); found != place_by_link.end())
      path = toUtf8(found->second);
  };
  for (import::SourceInfo& source : changed.sources) change(source.path);
  if (!project.model) return changed;
  auto city = std::make_shared<model::CityModel>(*project.model);
  visitModelLinks(*city, change);
  changed.model = std::move(city);
  return changed;
}

Result<std::vector<StoredLink>> storedLinksOf(const fs::path& gpkg, const fs::path& folder) {
  const Result<Database> database = openDatabase(gpkg, SQLITE_OPEN_READONLY);
  if (!database) return database.error();
  std::vector<StoredLink> links;
  for (const LinkColumn& link : link_columns) {
    const Statement rows =
        prepare(database->get(), std::string("SELECT DISTINCT ") + link.column + " FROM " + link.table);
    if (!rows) continue;  // older layouts lack some of them
    int status = SQLITE_ROW;
    while ((status = sqlite3_step(rows.get())) == SQLITE_ROW) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(rows.get(), 0));
      if (text == nullptr || !isFile(text)) continue;
      const bool source = std::string_view(link.table) == "sources";
      links.push_back({text, source ? resolvedSource(text, folder) : resolvedPath(text, folder), source});
    }
    if (status != SQLITE_DONE) return damaged(gpkg, database->get());
  }
  return links;
}

Status relinkFile(const fs::path& gpkg, const std::map<std::string, std::string>& stored_by_stored) {
  const Result<Database> database = openDatabase(gpkg, SQLITE_OPEN_READWRITE);
  if (!database) return database.error();
  sqlite3* const file = database->get();
  const auto run = [file](const std::string& sql) {
    return sqlite3_exec(file, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  };
  if (!run("CREATE TEMP TABLE moved(before_move TEXT PRIMARY KEY, after_move TEXT)") || !run("BEGIN"))
    return damaged(gpkg, file);
  {
    const Statement insert = prepare(file, "INSERT INTO moved VALUES (?1, ?2)");
    for (const auto& [before, after] : stored_by_stored) {
      sqlite3_reset(insert.get());
      sqlite3_bind_text(insert.get(), 1, before.c_str(), -1, SQLITE_TRANSIENT);
      sqlite3_bind_text(insert.get(), 2, after.c_str(), -1, SQLITE_TRANSIENT);
      if (sqlite3_step(insert.get()) != SQLITE_DONE) return damaged(gpkg, file);
    }
  }
  for (const LinkColumn& link : link_columns) {
    const std::string table = link.table, column = link.column;
    if (!prepare(file, "SELECT " + column + " FROM " + table)) continue;  // older layouts lack some of them
    if (!run("UPDATE " + table + " SET " + column + "=(SELECT after_move FROM moved WHERE before_move=" + table + "." +
             column + ") WHERE " + column + " IN (SELECT before_move FROM moved)"))
      return damaged(gpkg, file);
  }
  if (sqlite3_exec(file, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK) return damaged(gpkg, file);
  return done();
}

}  // namespace hashimichi::project
