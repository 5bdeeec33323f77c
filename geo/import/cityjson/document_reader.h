#pragma once
#include <map>
#include <string>

#include "geo/import/cityjson/attributes.h"
#include "geo/import/cityjson/document.h"
#include "geo/import/cityjson/feature.h"
#include "geo/import/cityjson/templates.h"
#include "geo/import/importer.h"
#include "geo/import/tin_grid.h"

namespace hashimichi::import::cityjson {

/// What the documents of one file share and count.
struct FileState {
  const std::string& file;
  Context& context;
  AttributeReader attributes{};
  TinGrid tin{};
  std::size_t read = 0;    ///< features handed to the sink
  std::size_t inside = 0;  ///< rooms and furniture, left out
  std::map<std::string, std::size_t> unknown_types{};
  std::map<std::string, std::size_t> extra_members{};
};

/// Reads the objects of one document, family by family, into the sink.
class DocumentReader {
 public:
  /// @param document    vertices already in the local frame
  /// @param place       "line 7" of a sequence; empty for a whole file
  DocumentReader(ByteSource& source, const Document& document, Appearance& appearance, Templates& templates,
                 std::string place, FileState& state)
      : source_(source),
        document_(document),
        appearance_(appearance),
        templates_(templates),
        place_(std::move(place)),
        state_(state),
        geometry_(document.vertices, appearance) {}

  /// False when the user cancelled.
  bool run();

 private:
  void readFamily(const std::vector<std::uint32_t>& family);
  /// The object's own part of a feature; false when it is not to be read.
  bool readObject(std::uint32_t object, bool is_root, Feature& feature);
  void readAttributes(JsonValue object, const std::string& prefix, Feature& feature);
  void readGeometry(JsonValue geometry, Role role, Shape::Part& part, Faults& faults);
  double lodOf(JsonValue geometry, Faults& faults) const;
  void takeRelief(Feature feature);
  void tellDocument(const Roots& roots);
  void tellFaults(const Faults& faults, const std::string& id);
  std::string placeOf(const std::string& id) const { return place_.empty() ? id : place_; }

  ByteSource& source_;
  const Document& document_;
  Appearance& appearance_;
  Templates& templates_;
  std::string place_;
  FileState& state_;
  GeometryReader geometry_;
  JsonTree tree_;
  std::map<std::uint32_t, std::size_t> part_of_;  ///< object → part of the feature being read
};

}  // namespace hashimichi::import::cityjson
