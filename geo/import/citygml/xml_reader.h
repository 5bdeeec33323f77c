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
  /// Asked after every element; true ends the reading without an error.
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

/// Streams a file through Expat in 64 KiB pieces; memory does not grow with the file.
///
/// Nesting, names, single tags are limited; entity declarations are refused, because CityGML needs none and nested
/// ones grow without bound; nothing outside the file is ever fetched. Exceptions of the handler pass through.
/// @param names  filled with the names that occur
/// @returns an Error when the file cannot be opened; damage inside is told in XmlEnd
Result<XmlEnd> readXml(const std::filesystem::path& path, NameTable& names, XmlHandler& handler, Progress& progress);

}  // namespace hashimichi::import::citygml
