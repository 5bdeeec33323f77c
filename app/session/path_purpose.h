#pragma once

namespace hashimichi::app {

/// What a path is asked for.
enum class PathPurpose {
  open_project,
  import_files,
  export_pdf,
  export_geopackage,
  export_geojson,
  export_csv,
  picture,
  measurements_csv,
  section_file,
  road_sections_csv,
  project_zip,
  unpack_zip,
  film,
  script,
};

}  // namespace hashimichi::app
