#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "geo/core/progress.h"
#include "geo/core/result.h"
#include "geo/import/citygml/names.h"

namespace hashimichi::import::citygml {

struct XmlAttribute {
  NameIndex name = 0;
  std::string_view value;  ///< valid during the call only
};

/// What a file says, in its order. Text may come in several pieces.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start(NameIndex name, std::span<const XmlAttribute> attributes, std::uint64_t line) = 0;
  virtual void text(std::string_view piece) = 0;
  virtual void end() = 0;
  /// Asked after every start and end of an element; true ends the reading without an error.
  virtual bool satisfied() const { return false; }
};

/// How the reading ended.
struct XmlEnd {
  enum class Reason {
    complete,   ///< the whole file
    satisfied,  ///< the handler had enough
    cancelled,  ///< the user asked to stop
    broken,     ///< not well-formed, or over a limit; everything before was handed over
  };
  Reason reason = Reason::complete;
  std::uint64_t line = 0;  ///< where it broke, from 1
  std::string code;        ///< "xml.broken", "xml.entity", "xml.depth" …
  std::string what, advice;
  std::string undeclared_prefix;  ///< the first namespace prefix that nothing declares; empty when all are declared
};

/// Where reading begins when not at the head of the file: between two children of the root element.
struct XmlStart {
  std::uint64_t offset = 0;  ///< bytes
  std::uint64_t line = 1;    ///< that the byte at the offset stands in
  std::string root_tag;      ///< the root's start tag as the file has it, told again first; empty at the head
};

/// Streams a file through Expat in 64 KiB pieces; memory does not grow with the file.
///
/// Nesting, names, single tags are limited; entity declarations are refused, because CityGML needs none and nested
/// ones grow without bound; nothing outside the file is ever fetched. Exceptions of the handler pass through.
/// @param names  filled with the names that occur
/// @returns an Error when the file cannot be opened; damage inside is told in XmlEnd
Result<XmlEnd> readXml(const std::filesystem::path& path, NameTable& names, XmlHandler& handler, Progress& progress,
                       const XmlStart& start = {});

/// Some children of the root element with what stands between them, cut out of a document in UTF-8.
struct XmlPiece {
  std::string_view root_tag, root_name;  ///< as in the file: `<core:CityModel …>`, `core:CityModel`
  std::string_view text;
  std::uint64_t line = 1;  ///< in which the text begins
  bool first = false;      ///< begins with the head of the file, root tag included
  bool last = false;       ///< ends with the end of the file
};

/// Reads a piece from memory, faster than a stream: Expat counts no lines then.
/// @param undeclared_prefix  the first one, as in XmlEnd
/// @returns true when the piece begins and ends between children of the root and nothing in it is against the rules; by
///          induction, pieces that follow one another from the head of the file then are what reading it in one go
///          gives. False also when the handler was satisfied early. Nothing is told of the reason: read on in one go.
bool readXmlPiece(const XmlPiece& piece, NameTable& names, XmlHandler& handler, std::string& undeclared_prefix);

}  // namespace hashimichi::import::citygml
