#pragma once
#include <cstddef>
#include <filesystem>
#include <string>

#include "geo/core/progress.h"
#include "geo/import/citygml/members.h"

namespace hashimichi::import::citygml {

/// How the members of a file are read. The outcome is the same whatever stands here.
struct MembersReading {
  int threads = 0;  ///< this one included; 0: as many as the machine has cores
  std::size_t piece_bytes = 256u << 10;
};

struct MembersEnd {
  XmlEnd xml;
  std::string open_feature;  ///< the place of the feature in whose middle the file breaks; empty for none
};

/// Hands every feature of a file to the taker, in the file's order and on the calling thread, as Members does.
///
/// The file is cut into pieces between members; threads turn pieces into feature trees ahead of the taker, at most one
/// piece more than threads, so memory does not grow with the file. The calling thread parses too while it has to wait.
/// From the first piece on that cannot be read by itself (a border in a comment, damage, a relief), the rest is
/// streamed on this thread. `progress` is called on the calling thread only.
/// @returns as readXml
Result<MembersEnd> readMembers(const std::filesystem::path& path, FeatureTaker& taker, Progress& progress,
                               const MembersReading& how);

}  // namespace hashimichi::import::citygml
