#include "geo/network/cut_off.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hashimichi::network {
namespace {

/// Both directions of every edge, whatever the traffic signs say.
struct Undirected {
  std::vector<std::uint32_t> first;
  struct Link {
    std::uint32_t edge = 0, node = 0;
  };
  std::vector<Link> links;

  explicit Undirected(const RoadGraph& graph) : first(graph.nodes.size() + 1) {
    for (const Edge& edge : graph.edges) ++first[edge.from + 1], ++first[edge.to + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    links.resize(first.back());
    std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
    for (std::uint32_t i = 0; i < graph.edges.size(); ++i) {
      links[next[graph.edges[i].from]++] = {i, graph.edges[i].to};
      links[next[graph.edges[i].to]++] = {i, graph.edges[i].from};
    }
  }
};

/// One part of the network, summed up. Road lengths belong to both of their ends by half, and are put right by the
/// caller for the edge that is closed.
struct Part {
  double length_m = 0, weight = 0;
  std::size_t nodes = 0;
  std::uint32_t lowest = 0xFFFFFFFFu;
  void add(const Part& other) {
    length_m += other.length_m, weight += other.weight, nodes += other.nodes;
    lowest = std::min(lowest, other.lowest);
  }
  Part without(const Part& other) const {
    Part rest = *this;
    rest.length_m -= other.length_m, rest.weight -= other.weight, rest.nodes -= other.nodes;
    return rest;
  }
};

class CutOffSearch {
 public:
  CutOffSearch(const RoadGraph& graph, const std::vector<double>& weight)
      : graph_(graph),
        weight_(weight),
        around_(graph),
        order_(graph.nodes.size()),
        low_(graph.nodes.size()),
        below_(graph.nodes.size()),
        stamp_(graph.nodes.size()) {}

  std::vector<CutOff> all() {
    is_bridge_.assign(graph_.edges.size(), 0);
    behind_.resize(graph_.edges.size());
    for (std::uint32_t node = 0; node < graph_.nodes.size(); ++node)
      if (order_[node] == 0) visit(node);
    std::vector<CutOff> result(graph_.first_edge_of_segment.size() - 1);
    for (std::uint32_t segment = 0; segment < result.size(); ++segment) result[segment] = ofSegment(segment);
    return result;
  }

 private:
  Part own(std::uint32_t node) const {
    Part part{0, weight_.empty() ? 0 : weight_[node], 1, node};
    for (std::uint32_t i = around_.first[node]; i < around_.first[node + 1]; ++i)
      part.length_m += graph_.edges[around_.links[i].edge].length_m / 2;
    return part;
  }

  /// Depth first without recursion: a country's network is deeper than any stack.
  void visit(std::uint32_t root) {
    struct Open {
      std::uint32_t node, edge, next;
    };
    std::vector<Open> path;
    std::vector<std::uint32_t> bridges_here;
    const auto enter = [&](std::uint32_t node, std::uint32_t edge) {
      order_[node] = low_[node] = ++clock_;
      below_[node] = own(node);
      path.push_back({node, edge, around_.first[node]});
    };
    enter(root, no_edge);
    while (!path.empty()) {
      Open& top = path.back();
      if (top.next < around_.first[top.node + 1]) {
        const Undirected::Link link = around_.links[top.next++];
        if (link.edge == top.edge) continue;
        if (order_[link.node] == 0)
          enter(link.node, link.edge);
        else
          low_[top.node] = std::min(low_[top.node], order_[link.node]);
        continue;
      }
      const Open done = top;
      path.pop_back();
      if (path.empty()) break;
      const std::uint32_t parent = path.back().node;
      low_[parent] = std::min(low_[parent], low_[done.node]);
      below_[parent].add(below_[done.node]);
      if (low_[done.node] > order_[parent]) {
        is_bridge_[done.edge] = 1;
        behind_[done.edge] = below_[done.node];
        bridges_here.push_back(done.edge);
      }
    }
    for (const std::uint32_t edge : bridges_here) {
      // Half of the closed road itself was counted on either side.
      const double half_m = graph_.edges[edge].length_m / 2;
      Part inner = behind_[edge], outer = below_[root].without(inner);
      inner.length_m -= half_m, outer.length_m -= half_m;
      outer.lowest = root;  // of the whole part: the search began at its lowest node
      behind_[edge] = isSmaller(inner, outer) ? inner : outer;
    }
  }

  static bool isSmaller(const Part& a, const Part& b) {
    constexpr double equal_m = 1e-6;
    if (std::abs(a.length_m - b.length_m) > equal_m) return a.length_m < b.length_m;
    return a.lowest > b.lowest;
  }

  CutOff ofSegment(std::uint32_t segment) {
    const std::uint32_t first = graph_.first_edge_of_segment[segment], end = graph_.first_edge_of_segment[segment + 1];
    if (first == end) return {};
    if (end - first == 1) {
      if (is_bridge_[first] == 0) return {};
      const Part& part = behind_[first];
      return {std::max(0.0, part.length_m), part.nodes, part.weight};
    }
    return bySearch(first, end);
  }

  /// A road of several pieces: the parts that its nodes fall into, all but the largest.
  CutOff bySearch(std::uint32_t first, std::uint32_t end) {
    ++round_;
    std::vector<Part> parts;
    for (std::uint32_t edge = first; edge < end; ++edge)
      for (const std::uint32_t node : {graph_.edges[edge].from, graph_.edges[edge].to})
        if (stamp_[node] != round_) parts.push_back(fill(node, first, end));
    if (parts.size() < 2) return {};
    const auto largest = std::max_element(parts.begin(), parts.end(), isSmaller);
    CutOff cut;
    for (auto part = parts.begin(); part != parts.end(); ++part)
      if (part != largest) cut.length_m += part->length_m, cut.nodes += part->nodes, cut.weight += part->weight;
    return cut;
  }

  Part fill(std::uint32_t start, std::uint32_t first_closed, std::uint32_t end_closed) {
    Part part;
    std::vector<std::uint32_t> open{start};
    stamp_[start] = round_;
    while (!open.empty()) {
      const std::uint32_t node = open.back();
      open.pop_back();
      Part one{0, weight_.empty() ? 0 : weight_[node], 1, node};
      for (std::uint32_t i = around_.first[node]; i < around_.first[node + 1]; ++i) {
        const Undirected::Link link = around_.links[i];
        if (link.edge >= first_closed && link.edge < end_closed) continue;
        one.length_m += graph_.edges[link.edge].length_m / 2;
        if (stamp_[link.node] == round_) continue;
        stamp_[link.node] = round_;
        open.push_back(link.node);
      }
      part.add(one);
    }
    return part;
  }

  static constexpr std::uint32_t no_edge = 0xFFFFFFFFu;
  const RoadGraph& graph_;
  const std::vector<double>& weight_;
  Undirected around_;
  std::uint32_t clock_ = 0, round_ = 0;
  std::vector<std::uint32_t> order_, low_;
  std::vector<Part> below_;
  std::vector<std::uint32_t> stamp_;
  std::vector<char> is_bridge_;
  std::vector<Part> behind_;
};

}  // namespace

std::vector<CutOff> cutOffs(const RoadGraph& graph, const std::vector<double>& node_weight) {
  return CutOffSearch(graph, node_weight).all();
}

std::vector<char> unreachedFrom(const RoadGraph& graph, const std::vector<std::uint32_t>& sources,
                                const std::vector<char>& closed) {
  std::vector<char> unreached(graph.nodes.size(), 1);
  std::vector<std::uint32_t> open;
  for (const std::uint32_t source : sources)
    if (unreached[source] != 0) unreached[source] = 0, open.push_back(source);
  while (!open.empty()) {
    const std::uint32_t node = open.back();
    open.pop_back();
    for (const RoadGraph::Step& step : graph.from(node))
      if ((closed.empty() || closed[step.edge] == 0) && unreached[step.node] != 0)
        unreached[step.node] = 0, open.push_back(step.node);
  }
  return unreached;
}

}  // namespace hashimichi::network
