#pragma once
#include "geo/assess/snow/segment.h"
#include "geo/assess/snow/what_if.h"

namespace hashimichi::assess::snow {

/// What the sentences of one ranking have in common.
struct Telling {
  const Profile* profile = nullptr;
  const model::CityModel* model = nullptr;
  Instant at, finish;
  const WhatIf* what_if = nullptr;
  std::array<std::string, ruled_classes> class_texts;  ///< "1種・函館市|class 1, Hakodate City"
};
Telling startTelling(const Profile& profile, const model::CityModel& model, Instant at, Instant finish);

/// Rule reasons first, then the three largest shares of the score, then what limits the trust.
std::vector<Reason> reasonsOf(const Telling& telling, const Segment& segment, const Verdict& verdict,
                              const Criteria& criteria, bool raised_by_pipe);

/// Keys of what would have been used and is not known.
std::vector<std::string> missingOf(const Segment& segment, const Criteria& criteria);

/// 0 … 1; a product of named factors, listed in SNOW.md.
double confidenceOf(const Segment& segment, const Criteria& criteria);

}  // namespace hashimichi::assess::snow
