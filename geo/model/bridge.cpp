#include "geo/model/bridge.h"

namespace hashimichi::model {

const assets::Inspection* latestInspection(const Bridge& bridge) {
  for (auto it = bridge.inspections.rbegin(); it != bridge.inspections.rend(); ++it)
    if (it->soundness != assets::Soundness::unknown) return &*it;
  return nullptr;
}

}  // namespace hashimichi::model
