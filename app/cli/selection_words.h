#pragma once
#include <CLI/CLI.hpp>
#include <string>

#include "geo/core/text.h"
#include "geo/import/selection.h"

namespace hashimichi::app::cli {

/// --area, --mesh, --types, --lods: what is wanted of the files.
struct SelectionWords {
  std::string area, mesh, types, lods;

  void addTo(CLI::App& verb, Language language);
  /// bad_input where one of them cannot be understood.
  Result<import::Selection> selection() const;
};

}  // namespace hashimichi::app::cli
