#pragma once
#include <CLI/CLI.hpp>
#include <string>

#include "geo/core/text.h"
#include "geo/export/import_report.h"

namespace hashimichi::app::cli {

/// --report and --report-encoding: the import report as a file for people.
struct ReportWords {
  std::string path, encoding = "UTF-8";

  void addTo(CLI::App& verb, Language language);
  /// Nothing without --report. @param say  tell on standard output what was written
  Status write(const exporting::ImportReport& report, bool say) const;
};

}  // namespace hashimichi::app::cli
