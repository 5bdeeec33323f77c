#include "geo/assets/inspection.h"

#include "geo/core/text.h"

namespace hashimichi::assets {

const char* toString(Soundness soundness) {
  switch (soundness) {
    case Soundness::I:
      return "I";
    case Soundness::II:
      return "II";
    case Soundness::III:
      return "III";
    case Soundness::IV:
      return "IV";
    case Soundness::unknown:
      break;
  }
  return "?";
}

Soundness soundnessFrom(std::string_view raw) {
  const std::string text = normalizeWidth(trim(raw));
  if (text.find("緊急措置") != std::string::npos) return Soundness::IV;
  if (text.find("早期措置") != std::string::npos) return Soundness::III;
  if (text.find("予防保全") != std::string::npos) return Soundness::II;
  if (text == "健全") return Soundness::I;
  struct Form {
    std::string_view text;
    Soundness value;
  };
  // Longest first where one form begins another.
  static constexpr Form forms[] = {
      {"IV", Soundness::IV}, {"III", Soundness::III}, {"II", Soundness::II}, {"I", Soundness::I},
      {"Ⅳ", Soundness::IV},  {"Ⅲ", Soundness::III},   {"Ⅱ", Soundness::II},  {"Ⅰ", Soundness::I},
      {"04", Soundness::IV}, {"03", Soundness::III},  {"02", Soundness::II}, {"01", Soundness::I},
      {"4", Soundness::IV},  {"3", Soundness::III},   {"2", Soundness::II},  {"1", Soundness::I}};
  for (const Form& form : forms)
    if (text == form.text) return form.value;
  return Soundness::unknown;
}

const char* toString(MeasureStatus status) {
  switch (status) {
    case MeasureStatus::not_needed:
      return "not_needed";
    case MeasureStatus::done:
      return "done";
    case MeasureStatus::started:
      return "started";
    case MeasureStatus::not_started:
      return "not_started";
    case MeasureStatus::unknown:
      break;
  }
  return "unknown";
}

MeasureStatus measureStatusFrom(std::string_view raw) {
  const std::string text = toLower(normalizeWidth(trim(raw)));
  if (text == "01" || text == "not_needed" || text.find("不要") != std::string::npos) return MeasureStatus::not_needed;
  if (text == "04" || text == "not_started" || text.find("未着手") != std::string::npos)
    return MeasureStatus::not_started;
  if (text == "02" || text == "done" || text.find("完了") != std::string::npos || text.find("済") != std::string::npos)
    return MeasureStatus::done;
  if (text == "03" || text == "started" || text.find("着手") != std::string::npos) return MeasureStatus::started;
  return MeasureStatus::unknown;
}

}  // namespace hashimichi::assets
