#pragma once
#include <map>
#include <string>
#include <vector>

#include "geo/core/problem.h"
#include "geo/model/bridge.h"
#include "geo/model/sink.h"

namespace hashimichi::model {

/// Bridges after the join, and under which other ids (of their shapes) they are known.
struct JoinedBridges {
  std::vector<Bridge> bridges;                 ///< register entries in their order, then shapes without an entry
  std::map<std::string, std::size_t> aliases;  ///< comparable id → index
};

/// Register entries take the shape that means the same bridge (assets/match.h). A joined bridge has the register's id
/// and facts, the shape's geometry and attributes, and what only the shape knows. Shapes without length get that of
/// their outline when it is clearly longer than wide. Lists in the report what found no partner, both ways, unless
/// there is no register or no shape at all.
JoinedBridges joinBridges(std::vector<Bridge> registered, std::vector<Bridge> shapes, Problems& problems);

/// Gives the records to their bridges, sorts oldest first, and leaves one inspection per fiscal year: rows of one
/// inspection are put together, a table counts more than the shape's own risk attribute (which becomes a note where it
/// differs). Records of unknown bridges are skipped.
void joinInspections(JoinedBridges& joined, std::vector<InspectionRecord> records, Problems& problems);

}  // namespace hashimichi::model
