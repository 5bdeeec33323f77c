#include "geo/import/points/laz_check.h"

#include <fmt/format.h>

#include <optional>

#include "geo/import/points/little_endian.h"

namespace hashimichi::import {
namespace {

enum Compressor : std::uint16_t { pointwise = 1, chunked = 2, layered = 3 };
constexpr std::size_t items_at = 34, item_bytes = 6;
constexpr std::uint16_t most_items = 16, first_layered_item = 10;
constexpr std::uint32_t variable_chunks = 0xffffffff;

template <typename T>
std::optional<T> numberAt(std::ifstream& stream, std::uint64_t at) {
  std::string bytes(sizeof(T), '\0');
  stream.clear();
  stream.seekg(static_cast<std::streamoff>(at));
  if (!stream.read(bytes.data(), sizeof(T))) return std::nullopt;
  return LittleEndian(bytes).at<T>(0);
}

std::string itemDamage(const LittleEndian& record, std::size_t length, std::uint16_t compressor) {
  const auto items = record.at<std::uint16_t>(32);
  if (items == 0 || items > most_items || length != items_at + item_bytes * items)
    return "the list of its point items has an impossible length";
  for (std::size_t i = 0; i < items; ++i)
    if ((record.at<std::uint16_t>(items_at + item_bytes * i) >= first_layered_item) != (compressor == layered))
      return "its point items do not belong to its kind of compression";
  return {};
}

/// The table of chunks lies where the first eight bytes of the points say, or where the last eight of the file do.
std::string tableDamage(bool needed, const LasHeader& header, std::ifstream& stream, std::uint64_t file_bytes) {
  auto at = numberAt<std::int64_t>(stream, header.points_at);
  if (!at) return "it ends before its first point";
  if (*at == -1 && file_bytes >= 8) at = numberAt<std::int64_t>(stream, file_bytes - 8);
  const auto first_chunk = static_cast<std::int64_t>(header.points_at) + 8;
  if (!at || *at < first_chunk || *at + 8 > static_cast<std::int64_t>(file_bytes))
    return needed ? "its table of chunks is missing" : std::string();
  const auto place = static_cast<std::uint64_t>(*at);
  const auto version = numberAt<std::uint32_t>(stream, place), chunks = numberAt<std::uint32_t>(stream, place + 4);
  // Every chunk begins with one point as it is.
  const std::uint64_t room = (place - header.points_at) / header.record_length + 1;
  if (!version || *version != 0 || !chunks || *chunks > room) return "its table of chunks is damaged";
  return {};
}

}  // namespace

std::string lazDamage(const std::string& record, const LasHeader& header, std::ifstream& stream,
                      std::uint64_t file_bytes) {
  if (record.size() < items_at) return "it does not say how it is compressed";
  const LittleEndian bytes(record);
  const auto compressor = bytes.at<std::uint16_t>(0), coder = bytes.at<std::uint16_t>(2);
  if (compressor < pointwise || compressor > layered || coder != 0)
    return fmt::format("its kind of compression ({}, {}) is not known", compressor, coder);
  if (std::string damage = itemDamage(bytes, record.size(), compressor); !damage.empty()) return damage;
  if (compressor == pointwise) return {};
  return tableDamage(bytes.at<std::uint32_t>(12) == variable_chunks, header, stream, file_bytes);
}

}  // namespace hashimichi::import
