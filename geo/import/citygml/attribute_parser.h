#pragma once
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/core/problem.h"
#include "geo/import/citygml/codelists.h"
#include "geo/import/citygml/feature_tree.h"
#include "geo/model/attributes.h"

namespace hashimichi::import::citygml {

/// One simple value of a feature, as it stands in the file. Its texts are those of the tree, the code lists and the
/// FeatureValues it belongs to, and live as long as these.
struct SimpleValue {
  Family family = Family::other;
  std::string_view owner;  ///< the data type around it ("BuildingDetailAttribute"); empty for the feature itself
  NodeId group = 0;        ///< which data type element: values of one inspection belong together
  std::string_view name, value, label, unit;
  NodeId element = 0;
  model::ValueType type = model::ValueType::text;
};

/// The simple values of one feature, without those of its parts, boundary surfaces, installations and geometry.
class FeatureValues {
 public:
  FeatureValues(const FeatureTree& tree, NodeId feature, Codelists& codelists, Problems& problems,
                const std::string& file);
  FeatureValues(const FeatureValues&) = delete;
  FeatureValues& operator=(const FeatureValues&) = delete;

  /// The first value of that name, whatever vocabulary and data type it stands in; nullptr when there is none.
  const SimpleValue* find(std::string_view name) const;
  const SimpleValue* find(std::string_view owner, std::string_view name) const;
  const SimpleValue* findIn(NodeId group, std::string_view name) const;
  std::vector<const SimpleValue*> all(std::string_view name) const;
  /// The data type elements of that name, in order.
  std::vector<NodeId> groups(std::string_view owner) const;

  /// For the inspector: "bldg:measuredHeight" → "2.9 m", "bldg:usage" → "422 (文教厚生施設)",
  /// "uro:BuildingDetailAttribute/totalFloorArea" → "42.4879 m2", "gen:図形ID" → "16943".
  model::Attributes flattened() const;

 private:
  void read(NodeId element, std::string_view owner, NodeId group);
  void readGeneric(NodeId element, std::string_view set);
  void add(NodeId leaf, Family family, std::string_view owner, NodeId group, std::string_view name);
  std::uint16_t groupNumber(const SimpleValue& value) const;

  const FeatureTree& tree_;
  Codelists& codelists_;
  Problems& problems_;
  const std::string& file_;
  std::vector<SimpleValue> values_;
  std::deque<std::string> made_names_;  ///< of generic attributes in sets
  std::vector<NodeId> groups_;          ///< data type elements that hold values, in order
};

/// What was found about values, told once per file and kind of value: a city repeats one sentinel a thousand times.
class ValueReport {
 public:
  ValueReport(Problems& problems, const std::string& file) : problems_(problems), file_(file) {}
  void sentinel(const FeatureTree& tree, const SimpleValue& value);
  void impossible(const FeatureTree& tree, const SimpleValue& value);
  /// Writes the lines on sentinels.
  void tell();

 private:
  struct Seen {
    std::size_t count = 0;
    std::string first_place;
  };
  Problems& problems_;
  const std::string& file_;
  std::map<std::pair<std::string, std::string>, Seen> sentinels_;
};

/// A number that can be one: nothing for text and for the sentinels −9999, 9999 and negative values.
std::optional<double> positiveNumber(const FeatureTree& tree, const SimpleValue* value, ValueReport& report);
/// A year of the Gregorian calendar ("1968", "1968-01-01"); nothing for the sentinels 0001, 9999, −9999 and anything
/// outside 1600–2200. A sentinel is reported as read "unknown".
std::optional<int> plausibleYear(const FeatureTree& tree, const SimpleValue* value, ValueReport& report);
/// The label where the code list gave one, else the value; empty for nullptr.
std::string labelOf(const SimpleValue* value);

}  // namespace hashimichi::import::citygml
