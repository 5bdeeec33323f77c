#include "geo/import/citygml/member_pieces.h"

#include <algorithm>

#include "geo/core/text.h"

namespace hashimichi::import::citygml {
namespace {

/// A member that is longer than this is read in one go with all that follows. Below token_limit, so that a comment that
/// is too long meets that limit.
constexpr std::size_t longest_piece_bytes = 4u << 20;

bool isNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}
bool isBlank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/// Where the last start tag of that local name begins; npos for none but at the very beginning.
std::size_t lastStartTag(std::string_view text, std::string_view local) {
  for (std::size_t at = text.rfind(local); at != text.npos && at > 0; at = text.rfind(local, at - 1)) {
    const std::size_t after = at + local.size();
    if (after >= text.size() || (text[after] != '>' && !isBlank(text[after]))) continue;
    std::size_t begin = at - 1;
    if (text[begin] == ':')
      while (begin > 0 && isNameCharacter(text[begin - 1])) --begin;
    if (text[at - 1] == ':') begin = begin > 0 ? begin - 1 : 0;
    if (begin > 0 && text[begin] == '<') return begin;
  }
  return text.npos;
}

std::size_t lastBorder(std::string_view text) {
  const std::size_t member = lastStartTag(text, "cityObjectMember");
  return member != text.npos ? member : lastStartTag(text, "featureMember");
}

bool hasLoneCarriageReturn(std::string_view text) {
  for (std::size_t at = text.find('\r'); at != text.npos; at = text.find('\r', at + 1))
    if (at + 1 >= text.size() || text[at + 1] != '\n') return true;
  return false;
}

/// Past the XML declaration, comments and instructions; npos where something else stands there.
std::size_t rootBegin(std::string_view text) {
  std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (true) {
    while (at < text.size() && isBlank(text[at])) ++at;
    const std::string_view rest = text.substr(std::min(at, text.size()));
    const bool comment = rest.starts_with("<!--");
    if (!comment && !rest.starts_with("<?")) return rest.starts_with('<') && !rest.starts_with("<!") ? at : text.npos;
    const std::string_view closing = comment ? "-->" : "?>";
    const std::size_t end = rest.find(closing, comment ? 4 : 2);
    if (end == rest.npos) return text.npos;
    at += end + closing.size();
  }
}

/// Whether the XML declaration, where there is one, leaves it at UTF-8.
bool declaresUtf8(std::string_view head) {
  const std::size_t at = head.find("encoding");
  if (at == head.npos) return true;
  const std::size_t quote = head.find_first_of("\"'", at);
  return quote != head.npos && toLower(head.substr(quote + 1, 5)) == "utf-8";
}

}  // namespace

std::optional<MemberPieces> MemberPieces::open(const std::filesystem::path& path, std::size_t piece_bytes) {
  MemberPieces pieces;
  pieces.piece_bytes_ = std::min(piece_bytes, longest_piece_bytes);
  pieces.stream_.open(path, std::ios::binary);
  if (!pieces.stream_ || !pieces.readMore()) return std::nullopt;
  while (!pieces.findRoot())
    if (pieces.buffer_.size() >= longest_piece_bytes || !pieces.readMore()) return std::nullopt;
  return pieces;
}

/// Until there is one more piece's worth of text; false at the end of the file.
bool MemberPieces::readMore() {
  if (at_end_) return false;
  const std::size_t before = buffer_.size();
  buffer_.resize(before + piece_bytes_);
  stream_.read(buffer_.data() + before, static_cast<std::streamsize>(piece_bytes_));
  buffer_.resize(before + static_cast<std::size_t>(stream_.gcount()));
  at_end_ = buffer_.size() < before + piece_bytes_;
  return buffer_.size() > before;
}

bool MemberPieces::findRoot() {
  const std::string_view text = buffer_;
  const std::size_t begin = rootBegin(text);
  if (begin == text.npos || !declaresUtf8(text.substr(0, begin))) return false;
  char quote = 0;
  std::size_t end = begin;
  for (; end < text.size() && (quote != 0 || text[end] != '>'); ++end)
    if (quote != 0 ? text[end] == quote : text[end] == '"' || text[end] == '\'') quote = quote != 0 ? '\0' : text[end];
  if (end >= text.size() || text[end - 1] == '/') return false;
  root_tag_ = text.substr(begin, end + 1 - begin);
  root_name_ = root_tag_.substr(1, root_tag_.find_first_of(" \t\r\n>") - 1);
  return true;
}

bool MemberPieces::next(Piece& piece) {
  if (done_) return false;
  piece.first = offset_ == 0;
  piece.offset = offset_, piece.line = line_;
  while (buffer_.size() < piece_bytes_ && readMore()) {
  }
  std::size_t border = lastBorder(buffer_);
  while (!at_end_ && border == std::string::npos && buffer_.size() < longest_piece_bytes) {
    readMore();
    border = lastBorder(buffer_);
  }
  piece.last = at_end_;
  if (at_end_) border = buffer_.size();
  piece.cut = border != std::string::npos;
  if (piece.cut) {
    piece.text.assign(buffer_, 0, border);
    buffer_.erase(0, border);
    piece.cut = !hasLoneCarriageReturn(piece.text);
    offset_ += border;
    line_ += static_cast<std::uint64_t>(std::count(piece.text.begin(), piece.text.end(), '\n'));
  }
  done_ = piece.last || !piece.cut;
  return true;
}

}  // namespace hashimichi::import::citygml
