#pragma once
#include "geo/import/citygml/feature_tree.h"
#include "geo/import/citygml/xml_reader.h"

namespace hashimichi::import::citygml {

/// Who takes the features of a file, one after the other.
class FeatureTaker {
 public:
  virtual ~FeatureTaker() = default;
  /// Whether a feature of this type shall be kept and handed over; false passes over it.
  virtual bool wants(const Name& type) = 0;
  /// A complete feature; the tree is emptied afterwards.
  virtual void take(const FeatureTree& tree) = 0;
  /// The same for who keeps the tree: it may be swapped with another one of the same names.
  virtual void takeOver(FeatureTree& tree) { take(tree); }
  /// A triangle of a relief (a gml:Triangle in the tree); forgotten afterwards, so that a relief of any size costs the
  /// memory of one triangle.
  virtual void takeTriangle(const FeatureTree& tree, NodeId triangle) = 0;
  /// True ends the reading.
  virtual bool satisfied() const { return false; }
};

/// Cuts a CityGML document into its city objects: the children of cityObjectMember and featureMember(s).
class Members final : public XmlHandler {
 public:
  Members(const NameTable& names, FeatureTaker& taker) : names_(names), tree_(names), taker_(taker) {}

  void start(NameIndex name, std::span<const XmlAttribute> attributes, std::uint64_t line) override;
  void text(std::string_view piece) override;
  void end() override;
  bool satisfied() const override { return taker_.satisfied(); }

  /// The place of the feature that is open, for a file that breaks in its middle; empty between features.
  std::string openFeature() const;

 private:
  bool startsMember(const Name& name) const;

  const NameTable& names_;
  FeatureTree tree_;
  FeatureTaker& taker_;
  std::size_t depth_ = 0;
  std::size_t member_depth_ = 0;  ///< of the open member element; 0 outside
  bool in_feature_ = false;
};

}  // namespace hashimichi::import::citygml
