#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/import/citygml/names.h"
#include "geo/import/citygml/xml_reader.h"

namespace hashimichi::import::citygml {

using NodeId = std::uint32_t;
inline constexpr NodeId no_node = std::numeric_limits<NodeId>::max();

/// One feature's elements, kept while that feature is read. Flat arrays that are emptied and used again for the next
/// feature, so a city of any size costs the memory of its largest feature.
///
/// Text is kept of leaves only; CityGML has no mixed content. The names outlive the tree and its copies.
class FeatureTree {
 public:
  explicit FeatureTree(const NameTable& names) : names_(&names) {}

  // Filling, in document order.
  void clear();
  void start(NameIndex name, std::span<const XmlAttribute> attributes, std::uint64_t line);
  void text(std::string_view piece);
  void end();
  /// Forgets the last finished element and all in it; for contents that are used up while the feature goes on.
  void forgetLast(NodeId node);
  /// Over feature_text_limit or feature_node_limit; what came after was not kept.
  bool overflowed() const { return overflowed_; }
  bool complete() const { return depth_ == 0 && !nodes_.empty(); }
  NodeId open() const { return open_; }

  // Reading.
  NodeId root() const { return 0; }
  std::size_t size() const { return nodes_.size(); }
  const Name& name(NodeId node) const { return (*names_)[nodes_[node].name]; }
  NodeId parent(NodeId node) const { return nodes_[node].parent; }
  std::uint64_t line(NodeId node) const { return nodes_[node].line; }
  bool leaf(NodeId node) const { return nodes_[node].first_child == no_node; }
  /// Without white space around it.
  std::string_view text(NodeId node) const;
  /// Nothing when there is no such attribute. gml:id is found whatever the GML version.
  std::optional<std::string_view> attribute(NodeId node, std::string_view local, Family family = Family::other) const {
    if (nodes_[node].attribute_count == 0) return std::nullopt;  // most elements have none, and all are asked
    return findAttribute(node, local, family);
  }
  std::optional<std::string_view> gmlId(NodeId node) const { return attribute(node, "id", Family::gml); }
  /// The first child with this name, no_node when there is none.
  NodeId child(NodeId node, Family family, std::string_view local) const;

  struct Children {
    struct Iterator {
      const FeatureTree* tree;
      NodeId id;
      NodeId operator*() const { return id; }
      Iterator& operator++() {
        id = tree->nodes_[id].next;
        return *this;
      }
      bool operator!=(const Iterator& other) const { return id != other.id; }
    };
    const FeatureTree* tree;
    NodeId first;
    Iterator begin() const { return {tree, first}; }
    Iterator end() const { return {tree, no_node}; }
  };
  Children children(NodeId node) const { return {this, nodes_[node].first_child}; }

  /// "line 12, gml:id=…" with the nearest id at or above the node; how the report names a place.
  std::string place(NodeId node) const;

 private:
  struct Node {
    NameIndex name = 0;
    NodeId parent = no_node, first_child = no_node, last_child = no_node, previous = no_node, next = no_node;
    std::uint32_t first_attribute = 0, attribute_count = 0;
    std::uint64_t line = 0;
    std::size_t pool_begin = 0, text_begin = 0, text_size = 0;
  };
  struct StoredAttribute {
    NameIndex name = 0;
    std::size_t begin = 0, size = 0;
  };
  std::optional<std::string_view> findAttribute(NodeId node, std::string_view local, Family family) const;
  std::string_view pooled(std::size_t begin, std::size_t size) const {
    return std::string_view(pool_).substr(begin, size);
  }

  const NameTable* names_;
  std::vector<Node> nodes_;
  std::vector<StoredAttribute> attributes_;
  std::string pool_;
  NodeId open_ = no_node;
  std::size_t depth_ = 0, lost_depth_ = 0;
  bool overflowed_ = false;
};

}  // namespace hashimichi::import::citygml
