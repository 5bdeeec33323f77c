#include "geo/import/mesh/georeference.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <numbers>

#include "geo/core/file.h"
#include "geo/core/text.h"

namespace hashimichi::import::mesh {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

constexpr std::uintmax_t size_limit_bytes = 1u << 20;

Error notUnderstood(const std::string& file, std::string what) {
  return {ErrorCode::bad_input, file, std::move(what),
          R"(Write {"crs": "EPSG:6676", "origin": [east, north, height], "up": "z"}.)"};
}

/// A member that must be a finite number when it is there.
bool readNumber(const Json& json, const char* name, double& value) {
  const auto found = json.find(name);
  if (found == json.end()) return true;
  if (!found->is_number()) return false;
  value = found->get<double>();
  return std::isfinite(value);
}

bool readOrigin(const Json& json, Vec3d& origin) {
  const auto found = json.find("origin");
  if (found == json.end() || !found->is_array() || found->size() < 2 || found->size() > 3) return false;
  double values[3] = {0, 0, 0};
  for (std::size_t i = 0; i < found->size(); ++i) {
    if (!(*found)[i].is_number()) return false;
    values[i] = (*found)[i].get<double>();
  }
  origin = {values[0], values[1], values[2]};
  return isFinite(origin);
}

/// The text of the first element of that name; the file is a flat handful of elements.
std::string_view elementText(std::string_view xml, std::string_view name) {
  const std::size_t start = xml.find(fmt::format("<{}>", name));
  const std::size_t end = xml.find(fmt::format("</{}>", name));
  if (start == xml.npos || end == xml.npos || end < start) return {};
  return trim(xml.substr(start + name.size() + 2, end - start - name.size() - 2));
}

std::optional<Vec3d> threeNumbers(std::string_view text) {
  double values[3] = {0, 0, 0};
  for (double& value : values) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::optional<double> number = parseNumber(trim(text.substr(0, comma)));
    if (!number || !std::isfinite(*number)) return std::nullopt;
    value = *number;
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return Vec3d{values[0], values[1], values[2]};
}

}  // namespace

Vec3d Georeference::turned(Vec3d model) const {
  const Vec3d up = y_up ? Vec3d{model.x, -model.z, model.y} : model;
  const double angle = heading_deg * std::numbers::pi / 180;
  const double c = std::cos(angle), s = std::sin(angle);
  return Vec3d{up.x * c + up.y * s, up.y * c - up.x * s, up.z} * metres_per_unit;
}

Result<Georeference> parseGeoreference(std::string_view text, const std::string& file, bool y_up_by_custom) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return notUnderstood(file, "The georeference is no JSON object.");
  Georeference reference;
  reference.y_up = y_up_by_custom;
  const auto crs = json.find("crs");
  if (crs == json.end() || !crs->is_string() || crs->get_ref<const std::string&>().empty())
    return notUnderstood(file, "The georeference names no \"crs\".");
  reference.crs = crs->get<std::string>();
  if (!readOrigin(json, reference.origin))
    return notUnderstood(file, "The georeference's \"origin\" is not two or three numbers.");
  if (const auto up = json.find("up"); up != json.end()) {
    if (*up != "y" && *up != "z") return notUnderstood(file, "The georeference's \"up\" is neither \"y\" nor \"z\".");
    reference.y_up = *up == "y";
  }
  if (!readNumber(json, "scale", reference.metres_per_unit) || reference.metres_per_unit <= 0)
    return notUnderstood(file, "The georeference's \"scale\" is not a positive number.");
  if (!readNumber(json, "heading_deg", reference.heading_deg))
    return notUnderstood(file, "The georeference's \"heading_deg\" is not a number.");
  return reference;
}

Result<Georeference> parseModelMetadata(std::string_view xml, const std::string& file, bool y_up_by_custom) {
  Georeference reference;
  reference.y_up = y_up_by_custom;
  reference.crs = std::string(elementText(xml, "SRS"));
  if (reference.crs.empty()) return notUnderstood(file, "The metadata name no SRS.");
  const std::optional<Vec3d> origin = threeNumbers(elementText(xml, "SRSOrigin"));
  if (!origin) return notUnderstood(file, "The metadata's SRSOrigin is not three numbers.");
  reference.origin = *origin;
  return reference;
}

Result<std::optional<Georeference>> findGeoreference(const fs::path& model, bool y_up_by_custom) {
  struct Candidate {
    fs::path path;
    Result<Georeference> (*parse)(std::string_view, const std::string&, bool);
  };
  const Candidate candidates[] = {
      {fs::path(model).replace_extension(".georef.json"), parseGeoreference},
      {model.parent_path() / "metadata.xml", parseModelMetadata},
  };
  for (const Candidate& candidate : candidates) {
    std::error_code ignored;
    if (!fs::is_regular_file(candidate.path, ignored)) continue;
    const Result<std::string> text = readFile(candidate.path, size_limit_bytes);
    if (!text) return text.error();
    Result<Georeference> reference = candidate.parse(*text, toUtf8(candidate.path), y_up_by_custom);
    if (!reference) return reference.error();
    reference->file = candidate.path;
    return std::optional(std::move(*reference));
  }
  return std::optional<Georeference>();
}

}  // namespace hashimichi::import::mesh
