#pragma once

namespace hashimichi::import {

class Importer;

/// Surveys as text (XYZ, PTS, CSV and TXT of coordinates) and PLY files of points alone. Asked before the importers of
/// meshes and tables: it takes only what nothing but a survey looks like.
const Importer& pointTextImporter();

}  // namespace hashimichi::import
