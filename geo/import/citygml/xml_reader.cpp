#include "geo/import/citygml/xml_reader.h"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <fstream>
#include <memory>
#include <new>
#include <optional>
#include <vector>

#include "geo/core/file.h"
#include "geo/import/citygml/limits.h"

namespace hashimichi::import::citygml {
namespace {

constexpr int piece_bytes = 64 << 10;

struct ParserDeleter {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<XML_ParserStruct, ParserDeleter>;

/// Counts the lines up to where Expat stands. Expat's own count costs another slow look at every byte.
class LineCounter {
 public:
  explicit LineCounter(std::uint64_t line) : line_(line) {}
  /// @param offset  of the bytes, as XML_GetCurrentByteIndex counts
  void fed(std::string_view bytes, std::int64_t offset) {
    breaks_.erase(breaks_.begin(), breaks_.begin() + static_cast<std::ptrdiff_t>(passed_));
    passed_ = 0;
    const char *at = bytes.data(), *end = at + bytes.size();
    while (at != end && (at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)))))
      breaks_.push_back(offset + (at++ - bytes.data()));
  }
  std::uint64_t at(std::int64_t index) {
    while (passed_ < breaks_.size() && breaks_[passed_] < index) ++passed_, ++line_;
    return line_;
  }

 private:
  std::vector<std::int64_t> breaks_;  ///< of what was fed; the first `passed_` are counted in `line_`
  std::size_t passed_ = 0;
  std::uint64_t line_;
};

/// The state behind Expat's callbacks. C code must not see exceptions, so they are kept and thrown again afterwards.
struct Run {
  XML_Parser parser;
  Namespaces namespaces;
  XmlHandler& handler;
  XmlEnd end;
  std::size_t depth = 0;
  std::vector<XmlAttribute> attributes;
  std::exception_ptr thrown;
  /// Only where a line ends with LF and nothing else (or CR LF); else Expat is asked.
  std::optional<LineCounter> lines;
  std::uint64_t lines_before = 0;  ///< that Expat does not see

  std::uint64_t line() {
    return lines ? lines->at(XML_GetCurrentByteIndex(parser)) : XML_GetCurrentLineNumber(parser) + lines_before;
  }
  void stop(XmlEnd::Reason reason, std::string code = {}, std::string what = {}, std::string advice = {}) {
    if (end.reason != XmlEnd::Reason::complete) return;
    end = {reason, line(), std::move(code), std::move(what), std::move(advice), {}};
    XML_StopParser(parser, XML_FALSE);
  }
  template <typename Call>
  void guarded(Call&& call) {
    if (end.reason != XmlEnd::Reason::complete) return;
    try {
      call();
    } catch (...) {
      thrown = std::current_exception();
      stop(XmlEnd::Reason::broken);
    }
  }
};

void onStart(void* data, const XML_Char* name, const XML_Char** attributes) {
  Run& run = *static_cast<Run*>(data);
  run.guarded([&] {
    if (++run.depth > nesting_limit)
      return run.stop(XmlEnd::Reason::broken, "xml.depth",
                      fmt::format("Elements are nested more than {} deep, which no CityGML is.", nesting_limit),
                      "Ask the source for the file again.");
    for (const XML_Char** a = attributes; a[0]; a += 2) run.namespaces.bindAttribute(a[0], a[1], run.depth);
    run.attributes.clear();
    for (; attributes[0]; attributes += 2)
      run.attributes.push_back({run.namespaces.attribute(attributes[0]), attributes[1]});
    const NameIndex index = run.namespaces.element(name);
    if (run.namespaces.full())
      return run.stop(XmlEnd::Reason::broken, "xml.names",
                      fmt::format("More than {} different names occur, which no CityGML has.", name_limit),
                      "Ask the source for the file again.");
    run.handler.start(index, run.attributes, run.line());
    if (run.handler.satisfied()) run.stop(XmlEnd::Reason::satisfied);
  });
}

void onEnd(void* data, const XML_Char*) {
  Run& run = *static_cast<Run*>(data);
  run.guarded([&] {
    run.namespaces.leave(run.depth--);
    run.handler.end();
    if (run.handler.satisfied()) run.stop(XmlEnd::Reason::satisfied);
  });
}

void onText(void* data, const XML_Char* text, int length) {
  Run& run = *static_cast<Run*>(data);
  run.guarded([&] { run.handler.text({text, static_cast<std::size_t>(length)}); });
}

void onEntity(void* data, const XML_Char*, int, const XML_Char*, int, const XML_Char*, const XML_Char*, const XML_Char*,
              const XML_Char*) {
  static_cast<Run*>(data)->stop(XmlEnd::Reason::broken, "xml.entity",
                                "The file declares entities; they are refused, because they can grow without bound.",
                                "Save the file without a document type declaration.");
}

/// Expat's own finding, in words for someone who has not met Expat.
void tellBroken(Run& run) {
  const XML_Error error = XML_GetErrorCode(run.parser);
  const std::uint64_t line = run.line();
  const bool cut = error == XML_ERROR_NO_ELEMENTS || error == XML_ERROR_UNCLOSED_TOKEN ||
                   error == XML_ERROR_PARTIAL_CHAR || error == XML_ERROR_UNCLOSED_CDATA_SECTION;
  run.end = {XmlEnd::Reason::broken,
             line,
             cut ? "xml.truncated" : "xml.broken",
             cut ? fmt::format("The file ends at line {} in the middle of its content.", line)
                 : fmt::format("The XML is not well-formed at line {} ({}).", line, XML_ErrorString(error)),
             cut ? "Copy or download it again." : "Ask the source for the file again.",
             {}};
}

/// Hands bytes to the line counter, or leaves the counting to Expat from here on: where lines end with CR alone, where
/// a character has more than one byte per unit (UTF-16).
void countLines(Run& run, std::string_view bytes, std::int64_t offset) {
  if (!run.lines) return;
  bool plain = offset > 0 || bytes.substr(0, 4).find('\0') == bytes.npos;
  for (std::size_t at = bytes.find('\r'); at != bytes.npos && plain; at = bytes.find('\r', at + 1))
    plain = at + 1 < bytes.size() && bytes[at + 1] == '\n';
  if (plain)
    run.lines->fed(bytes, offset);
  else
    run.lines.reset();
}

void listen(Run& run) {
  XML_SetUserData(run.parser, &run);
  XML_SetElementHandler(run.parser, onStart, onEnd);
  XML_SetCharacterDataHandler(run.parser, onText);
  XML_SetEntityDeclHandler(run.parser, onEntity);
}

/// Feeds the file piece by piece until its end, an error or a stop.
/// @param fed  bytes that Expat has already
void feed(Run& run, std::ifstream& stream, std::int64_t fed, std::uintmax_t size, Progress& progress) {
  for (bool last = false; !last && run.end.reason == XmlEnd::Reason::complete;) {
    if (progress.cancelled()) return run.stop(XmlEnd::Reason::cancelled);
    void* buffer = XML_GetBuffer(run.parser, piece_bytes);
    if (!buffer) throw std::bad_alloc();
    stream.read(static_cast<char*>(buffer), piece_bytes);
    const auto got = static_cast<int>(stream.gcount());
    last = got < piece_bytes;
    countLines(run, {static_cast<const char*>(buffer), static_cast<std::size_t>(got)}, fed);
    fed += got;
    if (XML_ParseBuffer(run.parser, got, last) == XML_STATUS_ERROR) {
      if (run.end.reason == XmlEnd::Reason::complete) tellBroken(run);
      return;
    }
    if (fed - XML_GetCurrentByteIndex(run.parser) > token_limit)
      return run.stop(XmlEnd::Reason::broken, "xml.token", "A single tag or comment is longer than 8 MiB.",
                      "Ask the source for the file again.");
    if (size > 0) progress.report(static_cast<double>(fed) / static_cast<double>(size), "CityGML");
  }
}

}  // namespace

Result<XmlEnd> readXml(const std::filesystem::path& path, NameTable& names, XmlHandler& handler, Progress& progress,
                       const XmlStart& start) {
  const Result<std::string> head = readHead(path, 1);  // tells missing files and folders apart
  if (!head) return head.error();
  std::ifstream stream(path, std::ios::binary);
  stream.seekg(static_cast<std::streamoff>(start.offset));
  std::error_code ignored;
  const std::uintmax_t size = std::filesystem::file_size(path, ignored);
  const Parser parser(XML_ParserCreate(nullptr));
  if (!stream || !parser)
    return Error{ErrorCode::unreadable, toUtf8(path), "The file cannot be opened.", "Check its permissions."};

  Run run{parser.get(), Namespaces(names), handler, {}, 0, {}, nullptr, LineCounter(start.line), 0};
  const auto breaks = static_cast<std::uint64_t>(std::count(start.root_tag.begin(), start.root_tag.end(), '\n'));
  run.lines_before = start.line - 1 - std::min(start.line - 1, breaks);
  listen(run);
  const auto root_bytes = static_cast<std::int64_t>(start.root_tag.size());
  if (root_bytes == 0 ||
      XML_Parse(parser.get(), start.root_tag.data(), static_cast<int>(root_bytes), false) != XML_STATUS_ERROR)
    feed(run, stream, root_bytes, ignored || start.offset > size ? 0 : size - start.offset, progress);
  if (run.thrown) std::rethrow_exception(run.thrown);
  run.end.undeclared_prefix = run.namespaces.undeclared();
  return run.end;
}

bool readXmlPiece(const XmlPiece& piece, NameTable& names, XmlHandler& handler, std::string& undeclared_prefix) {
  const Parser parser(XML_ParserCreate(nullptr));
  if (!parser) throw std::bad_alloc();
  Run run{parser.get(), Namespaces(names), handler, {}, 0, {}, nullptr, LineCounter(piece.line), 0};
  listen(run);
  const std::string_view before = piece.first ? std::string_view() : piece.root_tag;
  const std::string after = piece.last ? std::string() : "</" + std::string(piece.root_name) + ">";
  const std::size_t size = before.size() + piece.text.size() + after.size();
  char* buffer = static_cast<char*>(XML_GetBuffer(parser.get(), static_cast<int>(size)));
  if (!buffer) throw std::bad_alloc();
  std::copy(after.begin(), after.end(),
            std::copy(piece.text.begin(), piece.text.end(), std::copy(before.begin(), before.end(), buffer)));
  run.lines->fed(piece.text, static_cast<std::int64_t>(before.size()));
  const bool read = XML_ParseBuffer(parser.get(), static_cast<int>(size), true) != XML_STATUS_ERROR;
  if (run.thrown) std::rethrow_exception(run.thrown);
  undeclared_prefix = run.namespaces.undeclared();
  return read && run.end.reason == XmlEnd::Reason::complete;
}

}  // namespace hashimichi::import::citygml
