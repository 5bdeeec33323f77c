// What the fast reader of plain XML accepts, Expat accepts too, and both tell the same: elements with their lines and
// attributes, and the text between them. The first byte chooses whether the bytes are a first, a last, a middle piece.
#include <cstdlib>

#include "geo/import/citygml/plain_xml.h"
#include "tests/fuzz/fuzz_entry.h"

namespace {

using namespace hashimichi::import::citygml;

struct Listener final : XmlHandler {
  explicit Listener(const NameTable& table) : names(table) {}
  void start(NameIndex name, std::span<const XmlAttribute> attributes, std::uint64_t line) override {
    heard += "<" + told(name) + " " + std::to_string(line);
    for (const XmlAttribute& attribute : attributes)
      ((heard += " " + told(attribute.name) + "=") += attribute.value) += ";";
    heard += ">";
  }
  void text(std::string_view piece) override { heard += piece; }
  void end() override { heard += "</>"; }
  std::string told(NameIndex name) const { return std::string(prefixOf(names[name].family)) + ":" + names[name].local; }

  const NameTable& names;
  std::string heard;
};

/// MemberPieces cuts no text with a CR that stands alone, and no file that declares another encoding.
bool canBePiece(std::string_view text) {
  for (std::size_t at = text.find('\r'); at != text.npos; at = text.find('\r', at + 1))
    if (at + 1 >= text.size() || text[at + 1] != '\n') return false;
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hashimichi;
  if (size == 0) return 0;
  const std::string_view text = fuzz::textOf(data + 1, size - 1);
  if (!canBePiece(text)) return 0;
  const XmlPiece piece{
      "<c:M xmlns:c=\"http://www.opengis.net/citygml/2.0\">", "c:M", text, 7, (data[0] & 1) != 0, (data[0] & 2) != 0};
  NameTable plain_names, expat_names;
  Listener plain(plain_names), expat(expat_names);
  std::string plain_prefix, expat_prefix;
  if (!readPlainPiece(piece, plain_names, plain, plain_prefix)) return 0;
  const bool accepted = readXmlPiece(piece, expat_names, expat, expat_prefix);
  if (!accepted || plain.heard != expat.heard || plain_prefix != expat_prefix) std::abort();
  return 0;
}

std::vector<std::string> hashimichi::fuzz::madeSeeds() {
  const std::string house =
      "<c:cityObjectMember>\r\n <bldg:Building gml:id=\"a\" x='1 > 0'><bldg:name>\xE6\xA9\x8B &amp; \xE9\x81\x93 "
      "&lt;]]</bldg:name><bldg:e/></bldg:Building>\n</c:cityObjectMember >\n<!-- a - \xE6\xA9\x8B < b -->";
  const std::string root =
      "<c:M xmlns:c='http://www.opengis.net/citygml/2.0' xmlns:gml=\"http://www.opengis.net/gml\">";
  return {"0" + house,
          "1<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root + house,
          "2" + house + "</c:M>\n",
          "3\xEF\xBB\xBF" + root + house + "</c:M>",
          "1<a>",
          "0<a b=\"1\" b=\"2\"/>",
          "0<a b=\"1\"c=\"2\"/>",
          "0<a>]]></a>",
          "0<a>\xED\xA0\x80\xEF\xBF\xBF</a>",
          "0<a xmlns='urn:x'><b xmlns='http://www.opengis.net/gml'/><b/></a>",
          "0<a><b></a></b>",
          "0<a b='&amp;\t'>&#x41;<![CDATA[x]]></a>"};
}
