#include "geo/import/citygml/file_head.h"

#include <algorithm>

#include "geo/core/file.h"
#include "geo/import/citygml/ring_parser.h"
#include "geo/import/citygml/xml_reader.h"

namespace hashimichi::import::citygml {
namespace {

class HeadHandler final : public XmlHandler {
 public:
  HeadHandler(const NameTable& names, HeadWish wish) : names_(names), wish_(wish) {}

  void start(NameIndex index, std::span<const XmlAttribute> attributes, std::uint64_t) override {
    const Name& name = names_[index];
    open_.push_back(index);
    text_.clear();
    const bool envelope = name.tag == Tag::envelope && !in_member_;
    in_envelope_ = in_envelope_ || envelope;
    in_member_ = in_member_ || name.local == "cityObjectMember" || name.local.starts_with("featureMember");
    std::optional<int> dimension;
    for (const XmlAttribute& attribute : attributes) {
      const std::string& local = names_[attribute.name].local;
      if (local == "srsName" && head_.srs_name.empty()) head_.srs_name = attribute.value;
      if (local == "srsDimension") dimension = attribute.value == "2" ? 2 : 3;
    }
    if (dimension) dimension_ = dimension;
    if (envelope) head_.dimension = dimension;
    wanted_text_ =
        (in_envelope_ && (name.local == "lowerCorner" || name.local == "upperCorner")) ||
        (in_member_ && wish_ == HeadWish::with_extent && (name.tag == Tag::pos_list || name.tag == Tag::pos));
  }

  void text(std::string_view piece) override {
    constexpr std::size_t text_limit = 64u << 20;
    if (wanted_text_ && text_.size() < text_limit) text_ += piece;
  }

  void end() override {
    const Name& name = names_[open_.back()];
    open_.pop_back();
    if (wanted_text_) takeNumbers(name);
    wanted_text_ = false;
    if (name.tag == Tag::envelope) in_envelope_ = false;
  }

  bool satisfied() const override {
    if (head_.srs_name.empty()) return false;
    return wish_ == HeadWish::crs_only ? !in_envelope_ : has_envelope_ && !in_envelope_;
  }

  FileHead head() const {
    FileHead head = head_;
    if (!has_envelope_ && !seen_.empty()) head.low = seen_.low, head.high = seen_.high;
    return head;
  }

 private:
  void takeNumbers(const Name& name) {
    std::vector<double> numbers;
    if (!parseNumbers(text_, numbers)) return;
    if (in_envelope_ && numbers.size() >= 2) {
      const Vec3d corner{numbers[0], numbers[1], numbers.size() > 2 ? numbers[2] : 0};
      (name.local == "lowerCorner" ? head_.low : head_.high) = corner;
      has_envelope_ = head_.low && head_.high;
      return;
    }
    const auto step = static_cast<std::size_t>(dimension_.value_or(numbers.size() % 3 == 0 ? 3 : 2));
    for (std::size_t i = 0; i + step <= numbers.size(); i += step)
      seen_.add(Vec3d{numbers[i], numbers[i + 1], step == 3 ? numbers[i + 2] : 0});
  }

  const NameTable& names_;
  HeadWish wish_;
  FileHead head_;
  Bounds seen_;
  std::optional<int> dimension_;
  std::vector<NameIndex> open_;
  std::string text_;
  bool in_envelope_ = false, in_member_ = false, has_envelope_ = false, wanted_text_ = false;
};

}  // namespace

Result<FileHead> readFileHead(const std::filesystem::path& path, HeadWish wish, Progress& progress) {
  NameTable names;
  HeadHandler handler(names, wish);
  const Result<XmlEnd> end = readXml(path, names, handler, progress);
  if (!end) return end.error();
  if (end->reason == XmlEnd::Reason::cancelled)
    return Error{ErrorCode::cancelled, toUtf8(path), "Reading was stopped by the user.", ""};
  FileHead head = handler.head();
  if (end->reason == XmlEnd::Reason::broken && head.srs_name.empty() && !head.low)
    return Error{ErrorCode::bad_input, toUtf8(path) + ":" + std::to_string(end->line), end->what, end->advice};
  return head;
}

}  // namespace hashimichi::import::citygml
