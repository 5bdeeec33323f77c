// The encodings of Shapefiles: .cpg and language byte, the sniffer, cells cut in the middle of a character.
#include "geo/import/dbf_text.h"
#include "tests/fuzz/fuzz_entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hashimichi;
  const std::string_view text = fuzz::textOf(data, size);
  import::EncodingSniffer sniffer;
  sniffer.add(text);
  for (const Encoding encoding : {Encoding::utf8, Encoding::cp932}) {
    (void)sniffer.fits(encoding);
    (void)import::decodeCell(text, encoding);
  }
  (void)import::encodingFromName(text);
  (void)decodeText(text);
  (void)normalizeWidth(text);
  (void)escapeXml(text);
  if (const auto cp932 = cp932FromUtf8(text)) (void)utf8FromCp932(*cp932);
  static const fuzz::FuzzFolder folder;
  const std::filesystem::path shp = folder.write("any.shp", "");
  folder.write("any.cpg", text);
  folder.write("any.dbf", text);
  (void)import::dbfClaim(shp);
  return 0;
}

std::vector<std::string> hashimichi::fuzz::madeSeeds() {
  std::string head(32, '\0');
  head[0] = 3, head[29] = 0x13;  // dBASE III, language byte of CP932
  return {"UTF-8\n", "SJIS", "windows-31j", "橋梁", "\x8B\xB4\x97\xC0", "\x8B\xB4\x97", "\xE6\xA9", "\xFC\x4B", head};
}
