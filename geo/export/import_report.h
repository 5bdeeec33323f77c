#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "geo/core/text.h"
#include "geo/import/import_files.h"

namespace hashimichi::exporting {

/// What became of the files of a project, for people who were not there.
struct ImportReport {
  std::string title;  ///< the project's name
  const std::vector<import::SourceInfo>& sources;
  const Problems& problems;
  const crs::LocalFrame* frame = nullptr;  ///< tells places in the project's CRS; nullptr: places are left out
  Language language = Language::ja;
};

/// One page that needs nothing else: styles inside, no script, made for paper too. Everything from files is escaped.
std::string htmlOf(const ImportReport& report);
/// One row per file and type read, then one per report line, then one per code with lines that were not kept.
/// UTF-8 without BOM, lines end in CR LF, formula-looking cells quoted.
std::string csvOf(const ImportReport& report);

/// `.html`/`.htm` or `.csv` by the name; beside and renamed.
/// @param encoding  of CSV: UTF-8 is written with a BOM; in CP932 a character that it lacks becomes 〓. HTML is UTF-8.
/// @returns unsupported for another ending, write_failed
Status writeImportReport(const ImportReport& report, const std::filesystem::path& path,
                         Encoding encoding = Encoding::utf8);

}  // namespace hashimichi::exporting
