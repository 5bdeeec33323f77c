#include "geo/model/road.h"

#include "geo/core/text.h"

namespace hashimichi::model {

const char* toString(TrafficDirection value) {
  if (value == TrafficDirection::forward) return "forward";
  return value == TrafficDirection::backward ? "backward" : "both";
}
namespace {

template <typename Value>
struct Spelling {
  std::string_view text;
  Value value;
};

/// The first spelling that the normalised text contains; order decides where one contains another.
template <typename Value, std::size_t n>
Value match(std::string_view raw, const Spelling<Value> (&spellings)[n], Value otherwise) {
  const std::string text = toLower(normalizeWidth(trim(raw)));
  if (text.empty()) return otherwise;
  for (const Spelling<Value>& spelling : spellings)
    if (text.find(spelling.text) != std::string::npos) return spelling.value;
  return otherwise;
}

}  // namespace

const char* toString(ClearingClass value) {
  switch (value) {
    case ClearingClass::priority:
      return "priority";
    case ClearingClass::class1:
      return "class1";
    case ClearingClass::class2:
      return "class2";
    case ClearingClass::class3:
      return "class3";
    case ClearingClass::residential:
      return "residential";
    case ClearingClass::none:
      return "none";
    case ClearingClass::unknown:
      break;
  }
  return "unknown";
}

const char* toString(RoadAdministrator value) {
  switch (value) {
    case RoadAdministrator::nation:
      return "nation";
    case RoadAdministrator::prefecture:
      return "prefecture";
    case RoadAdministrator::city:
      return "city";
    case RoadAdministrator::expressway_company:
      return "expressway";
    case RoadAdministrator::other:
      return "other";
    case RoadAdministrator::unknown:
      break;
  }
  return "unknown";
}

const char* toString(SprinklerPipe value) {
  switch (value) {
    case SprinklerPipe::none:
      return "none";
    case SprinklerPipe::working:
      return "working";
    case SprinklerPipe::failed:
      return "failed";
    case SprinklerPipe::unknown:
      break;
  }
  return "unknown";
}

ClearingClass clearingClassFrom(std::string_view text) {
  using enum ClearingClass;
  static constexpr Spelling<ClearingClass> spellings[] = {{"重点", priority},     {"最優先", priority},
                                                          {"priority", priority}, {"1種", class1},
                                                          {"class1", class1},     {"class 1", class1},
                                                          {"2種", class2},        {"class2", class2},
                                                          {"class 2", class2},    {"3種", class3},
                                                          {"class3", class3},     {"class 3", class3},
                                                          {"生活", residential},  {"residential", residential},
                                                          {"除雪なし", none},     {"対象外", none},
                                                          {"none", none}};
  return match(text, spellings, unknown);
}

RoadAdministrator administratorFrom(std::string_view text) {
  using enum RoadAdministrator;
  static constexpr Spelling<RoadAdministrator> spellings[] = {{"高速", expressway_company},
                                                              {"expressway", expressway_company},
                                                              {"nation", nation},
                                                              {"state", nation},
                                                              {"prefecture", prefecture},
                                                              {"city", city},
                                                              {"municipal", city},
                                                              {"other", other},
                                                              {"県", prefecture},
                                                              {"都道府", prefecture},
                                                              {"国", nation},
                                                              {"市", city},
                                                              {"町", city},
                                                              {"村", city},
                                                              {"区", city}};
  return match(text, spellings, unknown);
}

SprinklerPipe sprinklerPipeFrom(std::string_view text) {
  using enum SprinklerPipe;
  static constexpr Spelling<SprinklerPipe> spellings[] = {{"故障", failed},  {"停止", failed},     {"fail", failed},
                                                          {"稼働", working}, {"working", working}, {"有", working},
                                                          {"なし", none},    {"無", none},         {"none", none}};
  return match(text, spellings, unknown);
}

}  // namespace hashimichi::model
