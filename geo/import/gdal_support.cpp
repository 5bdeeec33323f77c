#include "geo/import/gdal_support.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_vsi.h>
#include <cpl_vsi_error.h>

#include <mutex>
#include <utility>

#include "geo/core/file.h"
#include "geo/core/text.h"

namespace hashimichi::import {
namespace {
constexpr std::size_t message_limit_bytes = 200;  // GDAL quotes whole lines of bad files
}

void startGdal() {
  static std::once_flag once;
  std::call_once(once, [] {
    GDALAllRegister();
    // An address that does not answer must not hold up the import.
    for (const auto& [option, seconds] :
         {std::pair{"GDAL_HTTP_CONNECTTIMEOUT", "10"}, std::pair{"GDAL_HTTP_TIMEOUT", "30"},
          std::pair{"GDAL_HTTP_LOW_SPEED_TIME", "15"}, std::pair{"GDAL_HTTP_LOW_SPEED_LIMIT", "1"}})
      if (!CPLGetConfigOption(option, nullptr)) CPLSetConfigOption(option, seconds);
  });
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

bool isRemote(const std::filesystem::path& path) {
  const std::string name = toUtf8(path);
  return name.starts_with("http://") || name.starts_with("https://");
}

std::string gdalName(const std::filesystem::path& path) {
  return (isRemote(path) ? "/vsicurl/" : "") + toUtf8(path);
}

Result<std::string> readRemoteHead(const std::filesystem::path& path, std::size_t bytes) {
  startGdal();
  const GdalMessages messages;
  const CPLConfigOptionSetter no_listing("GDAL_DISABLE_READDIR_ON_OPEN", "EMPTY_DIR", false);
  const auto unreadable = [&](std::string reason) {
    if (reason.empty()) reason = messages.last();
    return Error{ErrorCode::unreadable, toUtf8(path),
                 reason.empty() ? "The address cannot be read." : "The address cannot be read: " + reason + ".",
                 "Check the network and the address, or download the file and import it."};
  };
  VSIErrorReset();
  VSILFILE* file = VSIFOpenExL(gdalName(path).c_str(), "rb", TRUE);
  if (!file) return unreadable(VSIGetLastErrorMsg());
  std::string head(bytes, '\0');
  head.resize(VSIFReadL(head.data(), 1, bytes, file));
  VSIFCloseL(file);
  if (head.empty() && messages.any()) return unreadable({});
  return head;
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
