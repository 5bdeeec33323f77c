#include "geo/import/citygml/members.h"

namespace hashimichi::import::citygml {

bool Members::startsMember(const Name& name) const {
  if (member_depth_ != 0) return false;
  return (name.family == Family::core && name.local == "cityObjectMember") ||
         (name.family == Family::gml && name.local.starts_with("featureMember"));
}

void Members::start(NameIndex name, std::span<const XmlAttribute> attributes, std::uint64_t line) {
  ++depth_;
  if (in_feature_) return tree_.start(name, attributes, line);
  if (startsMember(names_[name])) {
    member_depth_ = depth_;
  } else if (member_depth_ != 0 && depth_ == member_depth_ + 1 && taker_.wants(names_[name])) {
    in_feature_ = true;
    tree_.clear();
    tree_.start(name, attributes, line);
  }
}

void Members::text(std::string_view piece) {
  if (in_feature_) tree_.text(piece);
}

void Members::end() {
  --depth_;
  if (!in_feature_) {
    if (depth_ < member_depth_) member_depth_ = 0;
    return;
  }
  const NodeId closed = tree_.open();
  tree_.end();
  if (tree_.complete()) {
    in_feature_ = false;
    taker_.takeOver(tree_);
    tree_.clear();
  } else if (!tree_.overflowed() && closed != no_node && tree_.parent(closed) != no_node &&
             tree_.name(tree_.parent(closed)).tag == Tag::triangle_patches &&
             tree_.name(tree_.root()).family == Family::dem) {
    taker_.takeTriangle(tree_, closed);
    tree_.forgetLast(closed);
  }
}

std::string Members::openFeature() const {
  return in_feature_ ? tree_.place(tree_.root()) : std::string();
}

}  // namespace hashimichi::import::citygml
