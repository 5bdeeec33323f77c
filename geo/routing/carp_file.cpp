#include "geo/routing/carp_file.h"

#include <fmt/format.h>

#include <cctype>
#include <charconv>
#include <map>

#include "geo/core/file.h"
#include "geo/core/text.h"

namespace hashimichi::routing {
namespace {

constexpr int most_nodes = 2000;
constexpr std::size_t most_edges = 20000;
/// Costs of one edge above this could overflow a plan's sum.
constexpr std::int64_t most_value = 1'000'000'000;

struct Edge {
  int a = 0, b = 0;
  Cost cost = 0;
  int demand = 0;
};

/// The whole numbers of a line, in order.
std::vector<std::int64_t> numbersOf(std::string_view line) {
  std::vector<std::int64_t> numbers;
  const char* at = line.data();
  const char* end = at + line.size();
  while (at < end) {
    const bool minus = *at == '-' && at + 1 < end && std::isdigit(static_cast<unsigned char>(at[1]));
    if (!minus && !std::isdigit(static_cast<unsigned char>(*at))) {
      ++at;
      continue;
    }
    std::int64_t value = 0;
    const auto read = std::from_chars(at, end, value);
    numbers.push_back(read.ec == std::errc() ? value : most_value + 1);
    at = read.ptr;
  }
  return numbers;
}

class Reader {
 public:
  explicit Reader(const std::string& where) : where_(where) {}

  Status line(std::string_view text, int number) {
    line_ = number;
    if (trim(text).empty()) return done();
    if (trim(text).starts_with("(")) return edge(text);
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return bad("The line is neither a key nor an edge.");
    const std::string key(trim(text.substr(0, colon)));
    const std::string_view value = text.substr(colon + 1);
    if (key == "NOMBRE") name_ = std::string(trim(value));
    if (const std::vector<std::int64_t> numbers = numbersOf(value);
        !numbers.empty() && key != "NOMBRE" && key != "COMENTARIO") {
      if (numbers.front() < 0 || numbers.front() > most_value) return bad(key + " is out of range.");
      keys_[key] = static_cast<int>(numbers.front());
    }
    return done();
  }

  Result<ArcRoutingProblem> problem() {
    for (const char* key : {"VERTICES", "CAPACIDAD", "VEHICULOS", "DEPOSITO"})
      if (!keys_.contains(key) || keys_[key] < 1) return wrong(fmt::format("{} is missing or zero.", key));
    if (keys_["VERTICES"] > most_nodes)
      return Error{
          ErrorCode::limit, where_, fmt::format("{} nodes are more than {}.", keys_["VERTICES"], most_nodes), {}};
    ArcRoutingProblem problem{
        name_, keys_["VERTICES"], keys_["DEPOSITO"] - 1, keys_["CAPACIDAD"], keys_["VEHICULOS"], {}, {}};
    if (problem.depot >= problem.nodes) return wrong("The depot is none of the nodes.");
    std::vector<Link> links;
    for (const Edge& edge : edges_) {
      if (edge.a >= problem.nodes || edge.b >= problem.nodes)
        return wrong("An edge ends at a node that does not exist.");
      links.push_back({edge.a, edge.b, edge.cost});
      links.push_back({edge.b, edge.a, edge.cost});
      if (edge.demand > 0)
        problem.tasks.push_back({{edge.a, edge.b, edge.cost}, Traversal{edge.b, edge.a, edge.cost}, edge.demand});
    }
    if (problem.tasks.empty()) return wrong("No edge has a demand.");
    if (keys_.contains("ARISTAS_REQ") && static_cast<std::size_t>(keys_["ARISTAS_REQ"]) != problem.tasks.size())
      return wrong(
          fmt::format("ARISTAS_REQ says {} edges, the list has {}.", keys_["ARISTAS_REQ"], problem.tasks.size()));
    problem.driving = cheapestWays(problem.nodes, links);
    return problem;
  }

 private:
  Status edge(std::string_view text) {
    const std::vector<std::int64_t> numbers = numbersOf(text);
    if (numbers.size() < 3 || numbers.size() > 4)
      return bad("An edge needs two nodes, a cost and, where it is served, a demand.");
    for (const std::int64_t number : numbers)
      if (number < 0 || number > most_value) return bad("A number of the edge is out of range.");
    if (numbers[0] < 1 || numbers[1] < 1 || numbers[0] > most_nodes || numbers[1] > most_nodes)
      return bad("A node of the edge is out of range.");
    if (edges_.size() >= most_edges)
      return Error{ErrorCode::limit, where_, fmt::format("More than {} edges.", most_edges), {}};
    edges_.push_back({static_cast<int>(numbers[0]) - 1, static_cast<int>(numbers[1]) - 1, numbers[2],
                      numbers.size() == 4 ? static_cast<int>(numbers[3]) : 0});
    return done();
  }
  Error bad(std::string what) const {
    return {ErrorCode::bad_input, fmt::format("{}:{}", where_, line_), std::move(what), {}};
  }
  Error wrong(std::string what) const { return {ErrorCode::bad_input, where_, std::move(what), {}}; }

  const std::string& where_;
  int line_ = 0;
  std::string name_;
  std::map<std::string, int> keys_;
  std::vector<Edge> edges_;
};

}  // namespace

Result<ArcRoutingProblem> readCarpText(std::string_view text, const std::string& where) {
  Reader reader(where);
  int number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (const Status read = reader.line(text.substr(0, end), ++number); !read) return read.error();
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return reader.problem();
}

Result<ArcRoutingProblem> readCarpFile(const std::filesystem::path& path) {
  const Result<std::string> content = readFile(path);
  if (!content) return content.error();
  return readCarpText(*content, toUtf8(path));
}

}  // namespace hashimichi::routing
