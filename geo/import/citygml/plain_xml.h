#pragma once
#include <string>

#include "geo/import/citygml/xml_reader.h"

namespace hashimichi::import::citygml {

/// As readXmlPiece, several times as fast, for XML as CityGML is written: elements, attributes, text, the five entities
/// of XML, comments; names in ASCII. Knows every rule that such XML can break, so what it accepts Expat accepts too and
/// tells alike (the fuzz entry `xml_piece` compares the two).
///
/// @returns false for everything else, sound or not (CDATA, character references, instructions, line ends in attribute
///          values, damage); the handler was told of what came before. Ask readXmlPiece with a fresh handler then.
bool readPlainPiece(const XmlPiece& piece, NameTable& names, XmlHandler& handler, std::string& undeclared_prefix);

}  // namespace hashimichi::import::citygml
