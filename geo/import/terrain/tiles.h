#pragma once
#include <filesystem>

namespace hashimichi::import {

class Importer;

/// For folders of map tiles (heights become terrain, pictures imagery). Not in importers(): a folder leads to it, no
/// file does.
const Importer& tileFolderImporter();

/// By the folder's shape alone: z/x/y.png, .jpg, .webp or .txt. Names only are read, no tile.
bool isTileFolder(const std::filesystem::path& path);

}  // namespace hashimichi::import
