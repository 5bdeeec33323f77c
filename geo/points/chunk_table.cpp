#include "geo/points/chunk_table.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace hashimichi::points {
namespace {

constexpr std::uint32_t least_length = 0x01000000u, most_length = 0xffffffffu;
constexpr int bit_shift = 13, symbol_shift = 15;  ///< of the probabilities

/// Probability of a 0, learnt as it goes.
struct BitModel {
  std::uint32_t zeros = 1, bits = 2, zero_share = 1u << (bit_shift - 1), cycle = 4, until_update = 4;
  void update() {
    bits += cycle;
    if (bits > 1u << bit_shift) {
      bits = (bits + 1) >> 1;
      zeros = (zeros + 1) >> 1;
      if (zeros == bits) ++bits;
    }
    zero_share = (zeros * (0x80000000u / bits)) >> (31 - bit_shift);
    cycle = std::min((5 * cycle) >> 2, 64u);
    until_update = cycle;
  }
};

/// Probabilities of the symbols 0 … n − 1, learnt as it goes.
class SymbolModel {
 public:
  explicit SymbolModel(std::uint32_t symbols) : counts(symbols, 1), shares(symbols) {
    cycle_ = symbols;
    update();
    until_update = cycle_ = (symbols + 6) >> 1;
  }
  void update() {
    total_ += cycle_;
    if (total_ > 1u << symbol_shift) {
      total_ = 0;
      for (std::uint32_t& count : counts) total_ += (count = (count + 1) >> 1);
    }
    const std::uint32_t scale = 0x80000000u / total_;
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      shares[i] = (scale * sum) >> (31 - symbol_shift);
      sum += counts[i];
    }
    const auto most = static_cast<std::uint32_t>(counts.size() + 6) << 3;
    cycle_ = std::min((5 * cycle_) >> 2, most);
    until_update = cycle_;
  }
  std::vector<std::uint32_t> counts, shares;
  std::uint32_t until_update = 0;

 private:
  std::uint32_t total_ = 0, cycle_ = 0;
};

class ArithmeticEncoder {
 public:
  void bit(BitModel& model, std::uint32_t value) {
    const std::uint32_t split = model.zero_share * (length_ >> bit_shift);
    if (value == 0) {
      length_ = split;
      ++model.zeros;
    } else {
      forward(split);
      length_ -= split;
    }
    shift();
    if (--model.until_update == 0) model.update();
  }
  void symbol(SymbolModel& model, std::uint32_t value) {
    const std::uint32_t unit = length_ >> symbol_shift, from = model.shares[value] * unit;
    // The last symbol takes what rounding leaves over.
    length_ = value + 1 == model.shares.size() ? length_ - from : model.shares[value + 1] * unit - from;
    forward(from);
    shift();
    ++model.counts[value];
    if (--model.until_update == 0) model.update();
  }
  /// The lowest `count` bits as they are.
  void plain(int count, std::uint32_t value) {
    if (count > 19) {
      plainPart(16, value & 0xffff);
      value >>= 16;
      count -= 16;
    }
    plainPart(count, value);
  }
  std::vector<unsigned char> finish() {
    const bool long_end = length_ > 2 * least_length;
    forward(long_end ? least_length : least_length >> 1);
    length_ = long_end ? least_length >> 1 : least_length >> 9;
    shift();
    bytes_.insert(bytes_.end(), long_end ? 3 : 2, 0);  // the decoder reads four bytes ahead
    return std::move(bytes_);
  }

 private:
  void plainPart(int count, std::uint32_t value) {
    length_ >>= count;
    forward(value * length_);
    shift();
  }
  void forward(std::uint32_t by) {
    const std::uint32_t before = base_;
    base_ += by;
    if (base_ >= before) return;
    for (std::size_t i = bytes_.size(); i-- > 0;)
      if (++bytes_[i] != 0) return;  // the carry goes on through bytes of 255
  }
  void shift() {
    while (length_ < least_length) {
      bytes_.push_back(static_cast<unsigned char>(base_ >> 24));
      base_ <<= 8;
      length_ <<= 8;
    }
  }
  std::vector<unsigned char> bytes_;
  std::uint32_t base_ = 0, length_ = most_length;
};

/// A number by its difference to a predicted one: first how many bits that takes, then its high bits, then the rest.
class IntegerCompressor {
 public:
  void compress(ArithmeticEncoder& out, std::uint32_t predicted, std::uint32_t real, std::size_t context) {
    auto c = static_cast<std::int32_t>(real - predicted);
    // The smallest k with c in −(2^k − 1) … 2^k.
    std::uint32_t rest = c <= 0 ? 0u - static_cast<std::uint32_t>(c) : static_cast<std::uint32_t>(c) - 1;
    std::uint32_t k = 0;
    for (; rest != 0; rest >>= 1) ++k;
    out.symbol(widths_[context], k);
    if (k == 0) return out.bit(one_, static_cast<std::uint32_t>(c));
    if (k == 32) return;
    const std::uint32_t value = static_cast<std::uint32_t>(c) + (c < 0 ? (1u << k) - 1 : most_length);
    if (k <= high_bits) return out.symbol(values_[k - 1], value);
    const std::uint32_t low = k - high_bits;
    out.symbol(values_[k - 1], value >> low);
    out.plain(static_cast<int>(low), value & ((1u << low) - 1));
  }

 private:
  static constexpr std::uint32_t high_bits = 8;
  static std::vector<SymbolModel> models() {
    std::vector<SymbolModel> made;
    for (std::uint32_t k = 1; k <= 32; ++k) made.emplace_back(1u << std::min(k, high_bits));
    return made;
  }
  std::array<SymbolModel, 2> widths_{SymbolModel(33), SymbolModel(33)};
  BitModel one_;
  std::vector<SymbolModel> values_ = models();
};

}  // namespace

std::vector<unsigned char> chunkTable(std::span<const ChunkSize> chunks) {
  std::vector<unsigned char> table(8);
  const auto count = static_cast<std::uint32_t>(chunks.size());
  std::memcpy(table.data() + 4, &count, sizeof count);
  if (chunks.empty()) return table;
  ArithmeticEncoder out;
  IntegerCompressor integers;
  ChunkSize before;
  for (const ChunkSize& chunk : chunks) {
    integers.compress(out, before.points, chunk.points, 0);
    integers.compress(out, before.bytes, chunk.bytes, 1);
    before = chunk;
  }
  const std::vector<unsigned char> coded = out.finish();
  table.insert(table.end(), coded.begin(), coded.end());
  return table;
}

}  // namespace hashimichi::points
