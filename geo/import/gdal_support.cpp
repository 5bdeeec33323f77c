#include "geo/import/gdal_support.h"

#include <cpl_conv.h>

#include <mutex>

#include "geo/core/text.h"

namespace hashimichi::import {
namespace {
constexpr std::size_t message_limit_bytes = 200;  // GDAL quotes whole lines of bad files
}

void startGdal() {
  static std::once_flag once;
  std::call_once(once, [] { GDALAllRegister(); });
}

GdalMessages::GdalMessages() {
  CPLErrorReset();
  CPLPushErrorHandlerEx(&GdalMessages::collect, this);
}

GdalMessages::~GdalMessages() {
  CPLPopErrorHandler();
  CPLErrorReset();
}

void CPL_STDCALL GdalMessages::collect(CPLErr severity, CPLErrorNum, const char* message) {
  if (severity != CE_Failure && severity != CE_Fatal && severity != CE_Warning) return;
  auto* self = static_cast<GdalMessages*>(CPLGetErrorHandlerUserData());
  ++self->count_;
  // A failure says more than the warnings around it.
  if (severity != CE_Warning || self->last_.empty()) self->last_ = message ? message : "";
}

std::string GdalMessages::last() const {
  std::string text = isUtf8(last_) ? last_ : utf8FromCp932(last_).value_or("");
  for (char& c : text)
    if (c == '\n' || c == '\r') c = ' ';
  if (text.size() > message_limit_bytes) {
    std::size_t cut = message_limit_bytes;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
    text = text.substr(0, cut) + "…";
  }
  while (text.ends_with('.') || text.ends_with(' ')) text.pop_back();
  return text;
}

void GdalMessages::merge(const Kept& other) {
  count_ += other.count;
  if (last_.empty()) last_ = other.last;
}

void GdalMessages::clear() {
  last_.clear();
  count_ = 0;
}

std::string definitionOf(const OGRSpatialReference* crs) {
  if (!crs || crs->IsEmpty() || crs->IsLocal()) return {};
  const char* authority = crs->GetAuthorityName(nullptr);
  const char* code = crs->GetAuthorityCode(nullptr);
  if (authority && code && std::string(authority) == "EPSG") return "EPSG:" + std::string(code);
  char* wkt = nullptr;
  const char* const options[] = {"FORMAT=WKT2_2019", nullptr};
  std::string definition;
  if (crs->exportToWkt(&wkt, options) == OGRERR_NONE && wkt) definition = wkt;
  CPLFree(wkt);
  return definition;
}

}  // namespace hashimichi::import
