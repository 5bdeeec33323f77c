#pragma once
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

namespace hashimichi::import::citygml {

/// Cuts a CityGML file into pieces of whole cityObjectMembers without parsing it: just before start tags of members. A
/// tag in a comment looks like one too; whoever parses the pieces finds that out (readXmlPiece).
class MemberPieces {
 public:
  struct Piece {
    std::string text;
    std::uint64_t offset = 0, line = 1;  ///< where the text begins in the file
    bool first = false, last = false;
    bool cut = true;  ///< false: no border was found within the limit; `text` is not to be read, nor anything after it
  };

  /// Nothing for files that are to be read in one go: not in UTF-8, with a document type declaration or lines that end
  /// with CR, without a root element in the first piece.
  static std::optional<MemberPieces> open(const std::filesystem::path& path, std::size_t piece_bytes);

  /// False after the last piece.
  bool next(Piece& piece);
  const std::string& rootTag() const { return root_tag_; }
  const std::string& rootName() const { return root_name_; }

 private:
  MemberPieces() = default;
  bool readMore();
  bool findRoot();

  std::ifstream stream_;
  std::string buffer_;  ///< read, but not yet handed out
  std::string root_tag_, root_name_;
  std::size_t piece_bytes_ = 0;
  std::uint64_t offset_ = 0, line_ = 1;
  bool at_end_ = false, done_ = false;
};

}  // namespace hashimichi::import::citygml
