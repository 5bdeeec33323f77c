#include "geo/import/citygml/xml_reader.h"

#include <expat.h>
#include <fmt/format.h>

#include <exception>
#include <fstream>
#include <memory>
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

/// The state behind Expat's callbacks. C code must not see exceptions, so they are kept and thrown again afterwards.
struct Run {
  XML_Parser parser;
  Namespaces namespaces;
  XmlHandler& handler;
  XmlEnd end;
  std::size_t depth = 0;
  std::vector<XmlAttribute> attributes;
  std::exception_ptr thrown;

  void stop(XmlEnd::Reason reason, std::string code = {}, std::string what = {}, std::string advice = {}) {
    if (end.reason != XmlEnd::Reason::complete) return;
    end = {reason, XML_GetCurrentLineNumber(parser), std::move(code), std::move(what), std::move(advice), {}};
    XML_StopParser(parser, XML_FALSE);
  }
  template <typename Call>
  void guarded(Call&& call) {
    if (end.reason != XmlEnd::Reason::complete) return;
    try {
      call();
      if (handler.satisfied()) stop(XmlEnd::Reason::satisfied);
    } catch (...) {
      thrown = std::current_exception();
      stop(XmlEnd::Reason::broken);
    }
  }
};

void bindNamespace(Run& run, std::string_view attribute, std::string_view uri) {
  if (attribute == "xmlns") run.namespaces.bind("", uri, run.depth);
  if (attribute.starts_with("xmlns:")) run.namespaces.bind(attribute.substr(6), uri, run.depth);
}

void onStart(void* data, const XML_Char* name, const XML_Char** attributes) {
  Run& run = *static_cast<Run*>(data);
  run.guarded([&] {
    if (++run.depth > nesting_limit)
      return run.stop(XmlEnd::Reason::broken, "xml.depth",
                      fmt::format("Elements are nested more than {} deep, which no CityGML is.", nesting_limit),
                      "Ask the source for the file again.");
    for (const XML_Char** a = attributes; a[0]; a += 2) bindNamespace(run, a[0], a[1]);
    run.attributes.clear();
    for (; attributes[0]; attributes += 2)
      run.attributes.push_back({run.namespaces.attribute(attributes[0]), attributes[1]});
    const NameIndex index = run.namespaces.element(name);
    if (run.namespaces.full())
      return run.stop(XmlEnd::Reason::broken, "xml.names",
                      fmt::format("More than {} different names occur, which no CityGML has.", name_limit),
                      "Ask the source for the file again.");
    run.handler.start(index, run.attributes, XML_GetCurrentLineNumber(run.parser));
  });
}

void onEnd(void* data, const XML_Char*) {
  Run& run = *static_cast<Run*>(data);
  run.guarded([&] {
    run.namespaces.leave(run.depth--);
    run.handler.end();
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
  const std::uint64_t line = XML_GetCurrentLineNumber(run.parser);
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

/// Feeds the file piece by piece until its end, an error or a stop.
void feed(Run& run, std::ifstream& stream, std::uintmax_t size, Progress& progress) {
  std::int64_t fed = 0;
  for (bool last = false; !last && run.end.reason == XmlEnd::Reason::complete;) {
    if (progress.cancelled()) return run.stop(XmlEnd::Reason::cancelled);
    void* buffer = XML_GetBuffer(run.parser, piece_bytes);
    if (!buffer) throw std::bad_alloc();
    stream.read(static_cast<char*>(buffer), piece_bytes);
    const auto got = static_cast<int>(stream.gcount());
    last = got < piece_bytes;
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

Result<XmlEnd> readXml(const std::filesystem::path& path, NameTable& names, XmlHandler& handler, Progress& progress) {
  const Result<std::string> head = readHead(path, 1);  // tells missing files and folders apart
  if (!head) return head.error();
  std::ifstream stream(path, std::ios::binary);
  std::error_code ignored;
  const std::uintmax_t size = std::filesystem::file_size(path, ignored);
  const Parser parser(XML_ParserCreate(nullptr));
  if (!stream || !parser)
    return Error{ErrorCode::unreadable, toUtf8(path), "The file cannot be opened.", "Check its permissions."};

  Run run{parser.get(), Namespaces(names), handler, {}, 0, {}, nullptr};
  XML_SetUserData(parser.get(), &run);
  XML_SetElementHandler(parser.get(), onStart, onEnd);
  XML_SetCharacterDataHandler(parser.get(), onText);
  XML_SetEntityDeclHandler(parser.get(), onEntity);
  feed(run, stream, ignored ? 0 : size, progress);
  if (run.thrown) std::rethrow_exception(run.thrown);
  run.end.undeclared_prefix = run.namespaces.undeclared();
  return run.end;
}

}  // namespace hashimichi::import::citygml
