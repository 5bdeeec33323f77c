#include "app/cli/report_words.h"

#include <fmt/format.h>

#include "app/i18n/text.h"

namespace hashimichi::app::cli {

void ReportWords::addTo(CLI::App& verb, Language language) {
  verb.add_option("--report", path, tr(language, "cli.report"));
  verb.add_option("--report-encoding", encoding, tr(language, "cli.report_encoding"))
      ->check(CLI::IsMember({"UTF-8", "CP932"}));
}

Status ReportWords::write(const exporting::ImportReport& report, bool say) const {
  if (path.empty()) return done();
  const Status written =
      exporting::writeImportReport(report, path, encoding == "CP932" ? Encoding::cp932 : Encoding::utf8);
  if (written && say) fmt::print("{}: {}\n", tr(report.language, "cli.written"), path);
  return written;
}

}  // namespace hashimichi::app::cli
