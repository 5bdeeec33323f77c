#include "geo/import/tables/sheets.h"

#include <cpl_conv.h>
#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include "geo/core/file.h"
#include "geo/import/gdal_support.h"
#include "geo/import/tables/csv_reader.h"
#include "geo/import/zip_check.h"

namespace hashimichi::import {
namespace {

constexpr const char* workbook_drivers[] = {"XLSX", "ODS", nullptr};

class SheetReader final : public RecordSource {
 public:
  SheetReader(std::shared_ptr<GDALDataset> workbook, OGRLayer& layer, std::string file)
      : workbook_(std::move(workbook)), layer_(layer), file_(std::move(file)), rows_(layer.GetFeatureCount(true)) {
    layer_.ResetReading();
  }

  bool next(CsvRecord& record, Problems&) override {
    const OGRFeatureUniquePtr row(layer_.GetNextFeature());
    if (!row) return false;
    ++read_;
    record = {static_cast<std::size_t>(std::max<GIntBig>(row->GetFID(), 1)), {}, false};
    for (int i = 0; i < row->GetFieldCount(); ++i)
      record.cells.emplace_back(row->IsFieldSetAndNotNull(i) ? row->GetFieldAsString(i) : "");
    return true;
  }

  Encoding encoding() const override { return Encoding::utf8; }
  const std::string& file() const override { return file_; }
  double fraction() const override { return rows_ > 0 ? static_cast<double>(read_) / static_cast<double>(rows_) : 1; }

 private:
  std::shared_ptr<GDALDataset> workbook_;
  OGRLayer& layer_;
  std::string file_;
  GIntBig rows_ = 0, read_ = 0;
};

/// No row is taken for a head and no column for a type: both are found out as in a CSV. GDAL asks while a sheet is
/// first looked at, so these stay until all were.
struct AsText {
  CPLConfigOptionSetter xlsx_heads{"OGR_XLSX_HEADERS", "DISABLE", false};
  CPLConfigOptionSetter xlsx_types{"OGR_XLSX_FIELD_TYPES", "STRING", false};
  CPLConfigOptionSetter ods_heads{"OGR_ODS_HEADERS", "DISABLE", false};
  CPLConfigOptionSetter ods_types{"OGR_ODS_FIELD_TYPES", "STRING", false};
};

}  // namespace

Result<std::vector<Sheet>> openSheets(const std::filesystem::path& path) {
  if (const Status whole = checkZip(path); !whole) return whole.error();
  startGdal();
  const std::string file = toUtf8(path);
  const GdalMessages messages;
  const AsText as_text;
  const std::shared_ptr<GDALDataset> workbook(
      GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, workbook_drivers, nullptr, nullptr),
      [](GDALDataset* dataset) { GDALClose(dataset); });
  if (!workbook)
    return Error{
        ErrorCode::unreadable, file,
        messages.any() ? "The workbook cannot be opened: " + messages.last() + "." : "The workbook cannot be opened.",
        "Save it again as XLSX, or as \"CSV UTF-8\"."};
  std::vector<Sheet> sheets;
  for (OGRLayer* layer : workbook->GetLayers()) {
    const auto columns = static_cast<std::size_t>(layer->GetLayerDefn()->GetFieldCount());
    if (layer->GetFeatureCount(true) <= 0 || columns == 0 || columns > csv_cell_limit) continue;
    sheets.push_back({layer->GetName(), std::make_unique<SheetReader>(workbook, *layer, file)});
  }
  if (sheets.empty())
    return Error{ErrorCode::bad_input, file,
                 messages.any() ? "No sheet of the workbook can be read: " + messages.last() + "."
                                : "The workbook holds no table.",
                 "Save it again as XLSX, or as \"CSV UTF-8\"."};
  return sheets;
}

}  // namespace hashimichi::import
