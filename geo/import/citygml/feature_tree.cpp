#include "geo/import/citygml/feature_tree.h"

#include <fmt/format.h>

#include "geo/core/text.h"
#include "geo/import/citygml/limits.h"

namespace hashimichi::import::citygml {

void FeatureTree::clear() {
  // A feature of hundreds of megabytes must not keep its memory for the rest of the city.
  constexpr std::size_t kept_bytes = 64u << 20;
  nodes_.clear();
  attributes_.clear();
  pool_.clear();
  if (pool_.capacity() > kept_bytes) pool_.shrink_to_fit();
  if (nodes_.capacity() * sizeof(Node) > kept_bytes) nodes_.shrink_to_fit();
  open_ = no_node;
  depth_ = lost_depth_ = 0;
  overflowed_ = false;
}

void FeatureTree::start(NameIndex name, std::span<const XmlAttribute> attributes, std::uint64_t line) {
  ++depth_;
  overflowed_ = overflowed_ || nodes_.size() >= feature_node_limit || pool_.size() > feature_text_limit;
  if (overflowed_) {
    ++lost_depth_;
    return;
  }
  const auto id = static_cast<NodeId>(nodes_.size());
  Node node{name, open_};
  if (open_ != no_node) {
    Node& parent = nodes_[open_];
    if (parent.first_child == no_node) {
      parent.first_child = id;
      pool_.resize(parent.text_begin);  // only white space stands before a child
    }
    node.previous = parent.last_child;
    if (node.previous != no_node) nodes_[node.previous].next = id;
    parent.last_child = id;
  }
  node.first_attribute = static_cast<std::uint32_t>(attributes_.size());
  node.attribute_count = static_cast<std::uint32_t>(attributes.size());
  node.line = line;
  node.pool_begin = pool_.size();
  for (const XmlAttribute& attribute : attributes) {
    attributes_.push_back({attribute.name, pool_.size(), attribute.value.size()});
    pool_ += attribute.value;
  }
  node.text_begin = pool_.size();
  nodes_.push_back(node);
  open_ = id;
}

void FeatureTree::text(std::string_view piece) {
  if (open_ == no_node || lost_depth_ > 0 || !leaf(open_)) return;
  if (pool_.size() + piece.size() > feature_text_limit) {
    overflowed_ = true;
    return;
  }
  pool_ += piece;
}

void FeatureTree::end() {
  --depth_;
  if (lost_depth_ > 0) {
    --lost_depth_;
    return;
  }
  Node& node = nodes_[open_];
  if (node.first_child == no_node) node.text_size = pool_.size() - node.text_begin;
  open_ = node.parent;
}

void FeatureTree::forgetLast(NodeId id) {
  const Node node = nodes_[id];
  if (node.parent != no_node) {
    Node& parent = nodes_[node.parent];
    parent.last_child = node.previous;
    if (node.previous == no_node) parent.first_child = no_node;
  }
  if (node.previous != no_node) nodes_[node.previous].next = no_node;
  attributes_.resize(node.first_attribute);
  pool_.resize(node.pool_begin);
  nodes_.resize(id);
}

std::string_view FeatureTree::text(NodeId node) const {
  return trim(pooled(nodes_[node].text_begin, nodes_[node].text_size));
}

std::optional<std::string_view> FeatureTree::findAttribute(NodeId node, std::string_view local, Family family) const {
  const Node& n = nodes_[node];
  for (std::uint32_t i = n.first_attribute; i < n.first_attribute + n.attribute_count; ++i) {
    const Name& name = (*names_)[attributes_[i].name];
    if (name.is(family, local)) return pooled(attributes_[i].begin, attributes_[i].size);
  }
  return std::nullopt;
}

NodeId FeatureTree::child(NodeId node, Family family, std::string_view local) const {
  for (const NodeId c : children(node))
    if (name(c).is(family, local)) return c;
  return no_node;
}

std::string FeatureTree::place(NodeId node) const {
  for (NodeId above = node; above != no_node; above = nodes_[above].parent)
    if (const auto id = gmlId(above)) return fmt::format("line {}, gml:id={}", line(node), *id);
  return fmt::format("line {}", line(node));
}

}  // namespace hashimichi::import::citygml
