#include "geo/project/gdal_errors.h"

#include <cpl_error.h>
#include <gdal.h>

#include <mutex>

namespace hashimichi::project {
namespace {

void remember(CPLErr kind, CPLErrorNum, const char* message) {
  if (kind >= CE_Failure) static_cast<GdalErrors*>(CPLGetErrorHandlerUserData())->note(message);
}

}  // namespace

GdalErrors::GdalErrors() {
  CPLPushErrorHandlerEx(remember, this);
  CPLErrorReset();
}
GdalErrors::~GdalErrors() {
  CPLPopErrorHandler();
}

void registerGdal() {
  static std::once_flag once;
  std::call_once(once, [] { GDALAllRegister(); });
}

}  // namespace hashimichi::project
