#include "geo/points/las_unpack.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace hashimichi::points {
namespace {

constexpr std::uint32_t none = 0xffffffff;
/// Byte offsets in the raw record, by point format; 0 where the format lacks the attribute.
constexpr std::uint32_t gps_at[]{0, 20, 0, 20, 20, 20, 22, 22, 22, 22, 22};
constexpr std::uint32_t rgb_at[]{0, 0, 20, 28, 0, 28, 0, 30, 30, 0, 30};
constexpr std::uint32_t nir_at[]{0, 0, 0, 0, 0, 0, 0, 0, 36, 0, 36};
constexpr double degrees_per_step = 0.006;

constexpr Scalar scalar_of[]{Scalar::u8,  Scalar::u8,  Scalar::i8,  Scalar::u16, Scalar::i16, Scalar::u32,
                             Scalar::i32, Scalar::u64, Scalar::i64, Scalar::f32, Scalar::f64};

template <typename T>
T take(const std::byte* at) {
  T value;
  std::memcpy(&value, at, sizeof(T));
  return value;
}
template <typename T>
void put(std::byte* record, std::uint32_t at, T value) {
  std::memcpy(record + at, &value, sizeof(T));
}

}  // namespace

std::vector<Field> lasFields(int format, const import::LasLayout& layout) {
  std::vector<Field> fields;
  for (const std::string_view name : {field::position, field::intensity, field::return_number, field::number_of_returns,
                                      field::flags, field::classification, field::user_data, field::point_source_id})
    fields.push_back(standardField(name));
  fields.push_back(standardField(format < 6 ? field::scan_angle_rank : field::scan_angle));
  if (gps_at[format]) fields.push_back(standardField(field::gps_time));
  if (rgb_at[format]) fields.push_back(standardField(field::rgb));
  if (nir_at[format]) fields.push_back(standardField(field::nir));
  for (const import::LasExtra& extra : layout.extras) {
    Field made{extra.name, extra.description, scalar_of[extra.type], extra.elements, extra.scale, extra.shift};
    made.offset = extra.offset;  // of the file; the octree's own is set by its layout
    // A survey that calls an extra attribute like a standard one keeps both.
    if (std::any_of(fields.begin(), fields.end(), [&](const Field& f) { return f.name == made.name; }))
      made.name += " (extra)";
    fields.push_back(std::move(made));
  }
  return fields;
}

LasUnpack::LasUnpack(int point_format, const import::LasLayout& from, const std::vector<Field>& fields,
                     const RecordLayout& to, StepChange change, std::uint32_t raw_bytes)
    : format_(point_format),
      raw_bytes_(raw_bytes),
      to_bytes_(to.bytes()),
      format_bytes_(from.format_bytes),
      change_(change) {
  const auto at = [&](std::string_view name) { return to.offsetOf(name).value_or(none); };
  intensity_ = at(field::intensity), return_number_ = at(field::return_number);
  number_of_returns_ = at(field::number_of_returns), flags_ = at(field::flags);
  classification_ = at(field::classification), user_data_ = at(field::user_data);
  source_id_ = at(field::point_source_id), angle_rank_ = at(field::scan_angle_rank), angle_ = at(field::scan_angle);
  if (gps_at[format_]) moves_.push_back({gps_at[format_], at(field::gps_time), 8});
  if (rgb_at[format_]) moves_.push_back({rgb_at[format_], at(field::rgb), 6});
  if (nir_at[format_]) moves_.push_back({nir_at[format_], at(field::nir), 2});
  const std::size_t extras_from = fields.size() - from.extras.size();
  for (std::size_t i = extras_from; i < fields.size(); ++i) {
    const Field* target = to.find(fields[i].name);
    if (target->type == fields[i].type && target->elements == fields[i].elements && target->scale == fields[i].scale &&
        target->shift == fields[i].shift)
      moves_.push_back({fields[i].offset, target->offset, static_cast<std::uint32_t>(target->bytes())});
    else
      converts_.push_back({fields[i].offset, target->offset, fields[i], *target});
  }
  std::uint32_t written = 21 + (angle_ != none ? 2 : 1);  // position … point source id, and the angle
  for (const Move& move : moves_) written += move.bytes;
  whole_ = written == to_bytes_;
}

void LasUnpack::applyLegacy(const std::byte* raw, std::byte* record) const {
  const auto bits = take<std::uint8_t>(raw + 14), classes = take<std::uint8_t>(raw + 15);
  const auto rank = take<std::int8_t>(raw + 16);
  put(record, return_number_, static_cast<std::uint8_t>(bits & 7));
  put(record, number_of_returns_, static_cast<std::uint8_t>(bits >> 3 & 7));
  put(record, flags_, static_cast<std::uint8_t>(classes >> 5 | (bits & 0xc0)));
  put(record, classification_, static_cast<std::uint8_t>(classes & 31));
  put(record, user_data_, take<std::uint8_t>(raw + 17));
  put(record, source_id_, take<std::uint16_t>(raw + 18));
  if (angle_rank_ != none) put(record, angle_rank_, rank);
  if (angle_ != none) put(record, angle_, static_cast<std::int16_t>(std::lround(rank / degrees_per_step)));
}

void LasUnpack::applyExtended(const std::byte* raw, std::byte* record) const {
  const auto returns = take<std::uint8_t>(raw + 14);
  put(record, return_number_, static_cast<std::uint8_t>(returns & 15));
  put(record, number_of_returns_, static_cast<std::uint8_t>(returns >> 4));
  put(record, flags_, take<std::uint8_t>(raw + 15));
  put(record, classification_, take<std::uint8_t>(raw + 16));
  put(record, user_data_, take<std::uint8_t>(raw + 17));
  put(record, angle_, take<std::int16_t>(raw + 18));
  put(record, source_id_, take<std::uint16_t>(raw + 20));
}

void LasUnpack::apply(const std::byte* raw, std::size_t count, std::byte* records) const {
  const bool legacy = format_ < 6;
  for (std::size_t i = 0; i < count; ++i, raw += raw_bytes_, records += to_bytes_) {
    if (!whole_) std::memset(records, 0, to_bytes_);
    std::int32_t xyz[3];
    std::memcpy(xyz, raw, 12);
    if (!change_.same()) change_.apply(xyz);
    std::memcpy(records, xyz, 12);
    put(records, intensity_, take<std::uint16_t>(raw + 12));
    legacy ? applyLegacy(raw, records) : applyExtended(raw, records);
    for (const Move& move : moves_) {
      if (move.bytes == 6) {  // colours; a copy of known length is one instruction or two
        std::memcpy(records + move.to, raw + move.from, 6);
      } else if (move.bytes == 8) {
        std::memcpy(records + move.to, raw + move.from, 8);
      } else {
        std::memcpy(records + move.to, raw + move.from, move.bytes);
      }
    }
    for (const Convert& convert : converts_)
      for (int e = 0; e < convert.source.elements; ++e) {
        const double meant = readScalar(convert.source.type, raw + convert.from + e * bytesOf(convert.source.type)) *
                                 convert.source.scale +
                             convert.source.shift;
        writeScalar(convert.target.type, records + convert.to + e * bytesOf(convert.target.type),
                    (meant - convert.target.shift) / convert.target.scale);
      }
  }
}

}  // namespace hashimichi::points
