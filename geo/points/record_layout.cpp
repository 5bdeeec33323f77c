#include "geo/points/record_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace hashimichi::points {
namespace {

constexpr std::string_view potree_order[]{
    field::position,   field::intensity,       field::return_number,   field::number_of_returns,
    field::flags,      field::classification,  field::scan_angle_rank, field::user_data,
    field::scan_angle, field::point_source_id, field::gps_time,        field::rgb,
    field::nir};

template <typename Visit>
auto withType(Scalar type, Visit&& visit) {
  switch (type) {
    case Scalar::i8:
      return visit(std::int8_t{});
    case Scalar::u8:
      return visit(std::uint8_t{});
    case Scalar::i16:
      return visit(std::int16_t{});
    case Scalar::u16:
      return visit(std::uint16_t{});
    case Scalar::i32:
      return visit(std::int32_t{});
    case Scalar::u32:
      return visit(std::uint32_t{});
    case Scalar::i64:
      return visit(std::int64_t{});
    case Scalar::u64:
      return visit(std::uint64_t{});
    case Scalar::f32:
      return visit(float{});
    case Scalar::f64:
      break;
  }
  return visit(double{});
}

template <typename T>
T narrowed(double value) {
  if constexpr (std::is_integral_v<T>) {
    if (!(value == value)) return 0;
    const double rounded = std::round(value);
    if (rounded <= static_cast<double>(std::numeric_limits<T>::lowest())) return std::numeric_limits<T>::lowest();
    if (rounded >= static_cast<double>(std::numeric_limits<T>::max())) return std::numeric_limits<T>::max();
    return static_cast<T>(rounded);
  } else {
    return static_cast<T>(value);
  }
}

std::size_t rankOf(std::string_view name) {
  return static_cast<std::size_t>(std::find(std::begin(potree_order), std::end(potree_order), name) -
                                  std::begin(potree_order));
}

bool sameStorage(const Field& a, const Field& b) {
  return a.type == b.type && a.elements == b.elements && a.scale == b.scale && a.shift == b.shift;
}

}  // namespace

const char* toString(Scalar type) {
  static constexpr const char* words[]{"int8",   "uint8", "int16",  "uint16", "int32",
                                       "uint32", "int64", "uint64", "float",  "double"};
  return words[static_cast<int>(type)];
}

int bytesOf(Scalar type) {
  return withType(type, [](auto zero) { return static_cast<int>(sizeof(zero)); });
}

double readScalar(Scalar type, const std::byte* at) {
  return withType(type, [&](auto value) {
    std::memcpy(&value, at, sizeof(value));
    return static_cast<double>(value);
  });
}

void writeScalar(Scalar type, std::byte* at, double value) {
  withType(type, [&](auto zero) {
    const auto stored = narrowed<decltype(zero)>(value);
    std::memcpy(at, &stored, sizeof(stored));
  });
}

Field standardField(std::string_view name) {
  Field made{std::string(name)};
  if (name == field::position) made.type = Scalar::i32, made.elements = 3;
  if (name == field::intensity || name == field::point_source_id || name == field::nir) made.type = Scalar::u16;
  if (name == field::scan_angle_rank) made.type = Scalar::i8, made.description = "degrees";
  if (name == field::scan_angle) made.type = Scalar::i16, made.description = "steps of 0.006 degrees";
  if (name == field::gps_time) made.type = Scalar::f64;
  if (name == field::rgb) made.type = Scalar::u16, made.elements = 3;
  if (name == field::flags)
    made.description =
        "bit 0 synthetic, 1 key-point, 2 withheld, 3 overlap, 4-5 scanner channel, 6 scan direction, 7 edge of flight "
        "line";
  return made;
}

RecordLayout::RecordLayout(const std::vector<std::vector<Field>>& sources, Problems& problems) {
  for (const std::vector<Field>& source : sources)
    for (const Field& field : source) {
      const auto known =
          std::find_if(fields_.begin(), fields_.end(), [&](const Field& f) { return f.name == field.name; });
      if (known == fields_.end()) {
        fields_.push_back(field);
      } else if (!sameStorage(*known, field)) {
        known->type = Scalar::f64, known->scale = 1, known->shift = 0;
        known->elements = std::max(known->elements, field.elements);
        problems.assume({}, field.name, "points.attribute_type",
                        fmt::format("The files store the attribute \"{}\" in different ways; it was stored as double.",
                                    field.name));
      }
    }
  // The finer of the two ways to write the scan angle holds both.
  if (find(field::scan_angle)) std::erase_if(fields_, [](const Field& f) { return f.name == field::scan_angle_rank; });
  std::stable_sort(fields_.begin(), fields_.end(),
                   [](const Field& a, const Field& b) { return rankOf(a.name) < rankOf(b.name); });
  for (Field& field : fields_) field.offset = bytes_, bytes_ += static_cast<std::uint32_t>(field.bytes());
}

const Field* RecordLayout::find(std::string_view name) const {
  for (const Field& field : fields_)
    if (field.name == name) return &field;
  return nullptr;
}

std::optional<std::uint32_t> RecordLayout::offsetOf(std::string_view name) const {
  const Field* found = find(name);
  return found ? std::optional(found->offset) : std::nullopt;
}

}  // namespace hashimichi::points
