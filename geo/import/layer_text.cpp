#include "geo/import/layer_text.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "geo/core/file.h"
#include "geo/import/dbf_text.h"

namespace hashimichi::import {
namespace {

constexpr std::size_t cell_limit_bytes = 64u << 10;  // longer cells are documents, not attributes
constexpr int sniffed_features = 20000;              // enough text to know an encoding by

bool isText(const OGRFieldDefn& field) {
  return field.GetType() == OFTString || field.GetType() == OFTStringList;
}

EncodingSniffer sniff(OGRLayer& layer) {
  EncodingSniffer sniffer;
  const OGRFeatureDefn& definition = *layer.GetLayerDefn();
  for (int i = 0; i < definition.GetFieldCount(); ++i) sniffer.add(definition.GetFieldDefn(i)->GetNameRef());
  const char* shapes[] = {"OGR_GEOMETRY", nullptr};  // only text is looked at
  layer.SetIgnoredFields(shapes);
  layer.ResetReading();
  for (int n = 0; n < sniffed_features; ++n) {
    const OGRFeatureUniquePtr feature(layer.GetNextFeature());
    if (!feature) break;
    for (int i = 0; i < definition.GetFieldCount(); ++i)
      if (isText(*definition.GetFieldDefn(i)) && feature->IsFieldSetAndNotNull(i))
        sniffer.add(feature->GetFieldAsString(i));
  }
  layer.SetIgnoredFields(static_cast<const char**>(nullptr));
  layer.ResetReading();
  return sniffer;
}

}  // namespace

std::optional<std::string> LayerText::decode(std::string_view bytes) const {
  if (!raw_) {
    if (isUtf8(bytes)) return std::string(bytes);
    return utf8FromCp932(bytes);
  }
  if (std::optional<std::string> text = decodeCell(bytes, encoding_)) return text;
  return decodeCell(bytes, encoding_ == Encoding::utf8 ? Encoding::cp932 : Encoding::utf8);
}

Encoding findEncoding(OGRLayer& layer, const VectorFile& file) {
  const std::string name = toUtf8(file.path);
  if (const std::optional<Encoding> said = encodingFromName(file.context.options.encoding)) return *said;
  const EncodingSniffer sniffer = sniff(layer);
  const DbfClaim claim = dbfClaim(file.path);
  if (sniffer.onlyAscii()) return Encoding::utf8;
  if (claim.encoding && sniffer.fits(*claim.encoding)) return *claim.encoding;
  const Encoding found = sniffer.fits(Encoding::utf8) ? Encoding::utf8 : Encoding::cp932;
  std::string why = "Names no encoding";
  if (claim.encoding) why = fmt::format("Says {}, but the text is not", toString(*claim.encoding));
  if (claim.unknown_name) why = fmt::format("Names an encoding that is not read (\"{}\")", claim.cpg.substr(0, 40));
  file.context.problems.assume(name, {}, "encoding.assumed", fmt::format("{}; {} was taken.", why, toString(found)),
                               "Name it with --encoding if names look wrong.");
  return found;
}

ShapeType shapeTypeOf(OGRwkbGeometryType type) {
  switch (wkbFlatten(type)) {
    case wkbNone:
      return ShapeType::none;
    case wkbPoint:
    case wkbMultiPoint:
      return ShapeType::point;
    case wkbLineString:
    case wkbMultiLineString:
    case wkbCircularString:
    case wkbCompoundCurve:
    case wkbMultiCurve:
      return ShapeType::line;
    case wkbPolygon:
    case wkbMultiPolygon:
    case wkbCurvePolygon:
    case wkbMultiSurface:
    case wkbTIN:
    case wkbPolyhedralSurface:
      return ShapeType::polygon;
    default:
      return ShapeType::mixed;
  }
}

/// Formats without a declared type (GeoJSON with mixed content, SQLite views): the first feature tells.
ShapeType shapeTypeOf(OGRLayer& layer) {
  const ShapeType declared = shapeTypeOf(layer.GetGeomType());
  if (declared != ShapeType::mixed) return declared;
  layer.ResetReading();
  const OGRFeatureUniquePtr feature(layer.GetNextFeature());
  layer.ResetReading();
  if (!feature || !feature->GetGeometryRef()) return ShapeType::mixed;
  return shapeTypeOf(feature->GetGeometryRef()->getGeometryType());
}

std::vector<std::string> headsOf(OGRLayer& layer, const LayerText& text) {
  std::vector<std::string> heads;
  const OGRFeatureDefn& definition = *layer.GetLayerDefn();
  for (int i = 0; i < definition.GetFieldCount(); ++i)
    heads.push_back(text.decode(definition.GetFieldDefn(i)->GetNameRef()).value_or(fmt::format("column {}", i + 1)));
  return heads;
}

namespace {

/// A number as GDAL's own GetFieldAsString writes it, without the detour through printf; false for other cells.
bool writeNumber(const OGRFieldDefn& field, const OGRField& raw, std::string& cell) {
  std::array<char, 64> text;
  std::to_chars_result written{text.data(), std::errc::value_too_large};
  if (field.GetSubType() != OFSTNone) return false;
  if (field.GetType() == OFTInteger)
    written = std::to_chars(text.begin(), text.end(), raw.Integer);
  else if (field.GetType() == OFTInteger64)
    written = std::to_chars(text.begin(), text.end(), raw.Integer64);
  else if (field.GetType() == OFTReal && field.GetWidth() == 0)
    written = std::to_chars(text.begin(), text.end(), raw.Real, std::chars_format::general, 15);
  else if (field.GetType() == OFTReal)
    written = std::to_chars(text.begin(), text.end(), raw.Real, std::chars_format::fixed, field.GetPrecision());
  if (written.ec != std::errc()) return false;
  cell.assign(text.data(), written.ptr);
  return true;
}

}  // namespace

void readCells(const OGRFeature& feature, const LayerPlan& plan, const LayerText& text, Problems& problems,
               std::vector<std::string>& cells) {
  cells.resize(plan.heads.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const int field = static_cast<int>(i);
    cells[i].clear();
    if (!feature.IsFieldSetAndNotNull(field)) continue;
    const OGRFieldDefn& definition = *feature.GetFieldDefnRef(field);
    if (definition.GetType() == OFTBinary || writeNumber(definition, *feature.GetRawFieldRef(field), cells[i]))
      continue;
    const std::string_view bytes = definition.GetType() == OFTString
                                       ? feature.GetRawFieldRef(field)->String
                                       : const_cast<OGRFeature&>(feature).GetFieldAsString(field);
    std::optional<std::string> cell = text.decode(bytes.substr(0, cell_limit_bytes));
    if (cell)
      cells[i] = *std::move(cell);
    else
      problems.skip(plan.file, fmt::format("feature {}, column \"{}\"", feature.GetFID(), plan.heads[i]),
                    "encoding.undecodable", "The text is neither UTF-8 nor CP932.");
  }
}

}  // namespace hashimichi::import
