#include "geo/import/layer_kind.h"

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "geo/core/data_dir.h"
#include "geo/core/file.h"
#include "geo/core/text.h"

namespace hashimichi::import {
namespace {

constexpr std::uintmax_t rules_limit_bytes = 1u << 20;  // the shipped file has a few KiB

LayerKind kindFrom(const std::string& text) {
  static const std::map<std::string, LayerKind> kinds{
      {"road", LayerKind::road},   {"bridge", LayerKind::bridge},         {"building", LayerKind::building},
      {"water", LayerKind::water}, {"vegetation", LayerKind::vegetation}, {"dump_site", LayerKind::dump_site},
      {"other", LayerKind::other}};
  const auto found = kinds.find(text);
  return found == kinds.end() ? LayerKind::ignored : found->second;
}

/// Why a layer of this kind cannot be read from this shape; empty when it can.
std::string misfit(LayerKind kind, ShapeType shape) {
  if (shape == ShapeType::none) return "it has no geometry";
  if (kind == LayerKind::road && shape == ShapeType::point) return "roads are lines or areas, this layer holds points";
  if (kind == LayerKind::building && (shape == ShapeType::point || shape == ShapeType::line))
    return "only areas of this kind are read, this layer holds points or lines";
  if (kind == LayerKind::water && shape == ShapeType::point)
    return "water is read from areas or lines, not from points";
  return {};
}

}  // namespace

LayerRules::LayerRules(FieldMap roads, FieldMap bridges, FieldMap buildings, FieldMap areas, FieldMap dump_sites)
    : roads_(std::move(roads)),
      bridges_(std::move(bridges)),
      buildings_(std::move(buildings)),
      areas_(std::move(areas)),
      dump_sites_(std::move(dump_sites)) {}

Result<LayerRules> LayerRules::load(const std::filesystem::path& own_fields) {
  std::vector<FieldMap> maps;
  for (const char* name : {"roads", "bridges", "buildings", "areas", "dump_sites"}) {
    Result<FieldMap> map = FieldMap::load(name, own_fields);
    if (!map) return map.error();
    maps.push_back(*std::move(map));
  }
  const std::filesystem::path path = datasetsFolder() / "field_maps" / "layers.json";
  const Result<std::string> text = readFile(path, rules_limit_bytes);
  if (!text) return text.error();
  LayerRules rules(std::move(maps[0]), std::move(maps[1]), std::move(maps[2]), std::move(maps[3]), std::move(maps[4]));
  try {
    const nlohmann::json json = nlohmann::json::parse(*text);
    for (const auto& entry : json.at("layers"))
      rules.rows_.push_back(
          {kindFrom(entry.at("holds").get<std::string>()), entry.at("words").get<std::vector<std::string>>()});
  } catch (const nlohmann::json::exception&) {
    return Error{ErrorCode::bad_input, toUtf8(path), "The list of layer names is damaged.",
                 "Install Hashimichi again."};
  }
  return rules;
}

const FieldMap& LayerRules::fields(LayerKind kind) const {
  switch (kind) {
    case LayerKind::road:
      return roads_;
    case LayerKind::bridge:
      return bridges_;
    case LayerKind::building:
      return buildings_;
    case LayerKind::dump_site:
      return dump_sites_;
    default:
      return areas_;
  }
}

const LayerRules::Row* LayerRules::rowOf(const std::string& raw_name) const {
  const std::string name = toLower(normalizeWidth(raw_name));
  for (const Row& row : rows_)
    for (const std::string& word : row.words)
      if (name.find(word) != std::string::npos) return &row;
  return nullptr;
}

LayerKind LayerRules::byColumns(const LayerFacts& facts) const {
  constexpr std::size_t enough = 2;  // one telling head can be chance
  LayerKind best = LayerKind::ignored;
  std::size_t most = enough - 1;
  for (const LayerKind kind : {LayerKind::road, LayerKind::bridge, LayerKind::dump_site, LayerKind::building}) {
    const FieldMap& map = fields(kind);
    const std::size_t telling = map.tellingMatches(map.match(facts.heads, facts.dbf));
    if (telling > most) most = telling, best = kind;
  }
  return best;
}

LayerVerdict LayerRules::judge(const LayerFacts& facts) const {
  if (facts.shape == ShapeType::none) return {LayerKind::ignored, "it has no geometry"};
  for (const std::string& name : {facts.name, facts.file_stem}) {
    const Row* row = rowOf(name);
    if (!row) continue;
    if (row->holds == LayerKind::ignored) return {LayerKind::ignored, "layers of this name are not read"};
    const std::string reason = misfit(row->holds, facts.shape);
    return {reason.empty() ? row->holds : LayerKind::ignored, reason};
  }
  const LayerKind kind = byColumns(facts);
  if (kind != LayerKind::ignored) {
    const std::string reason = misfit(kind, facts.shape);
    return {reason.empty() ? kind : LayerKind::ignored, reason};
  }
  return {LayerKind::other, {}};
}

}  // namespace hashimichi::import
