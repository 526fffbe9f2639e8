#include "media/rtcp/transport_feedback.hpp"

#include <algorithm>
#include <cassert>
#include <span>

#include "media/byte_reader.hpp"

namespace geili::media::rtcp {
namespace {

enum Symbol : std::uint8_t { kMissing = 0, kSmall = 1, kLarge = 2, kReserved = 3 };

constexpr std::size_t kRunMax = 0x1FFF;     // 13 bits
constexpr std::size_t kOneBitSymbols = 14;  // in a status vector chunk
constexpr std::size_t kTwoBitSymbols = 7;
constexpr unsigned kVector = 0x8000;
constexpr unsigned kTwoBit = 0x4000;

Symbol symbol_of(const std::optional<std::int16_t>& delta) {
  if (!delta) return kMissing;
  return *delta >= 0 && *delta <= 0xFF ? kSmall : kLarge;
}

void read_chunk(unsigned chunk, std::size_t count, std::vector<Symbol>& symbols) {
  const auto push = [&](unsigned symbol) {
    if (symbols.size() < count) symbols.push_back(static_cast<Symbol>(symbol));
  };
  if ((chunk & kVector) == 0) {
    const std::size_t run = std::min<std::size_t>(chunk & kRunMax, count - symbols.size());
    symbols.insert(symbols.end(), run, static_cast<Symbol>(chunk >> 13 & 3U));
  } else if ((chunk & kTwoBit) == 0) {
    for (int shift = 13; shift >= 0; --shift) push(chunk >> shift & 1U);
  } else {
    for (int shift = 12; shift >= 0; shift -= 2) push(chunk >> shift & 3U);
  }
}

// Writes one chunk and returns how many symbols it took.
std::size_t write_chunk(ByteWriter& out, std::span<const Symbol> symbols) {
  const Symbol first = symbols.front();
  const auto run_end = std::ranges::find_if(symbols, [&](Symbol s) { return s != first; });
  const auto run = std::min(static_cast<std::size_t>(run_end - symbols.begin()), kRunMax);
  const auto next = symbols.first(std::min(symbols.size(), kOneBitSymbols));
  const bool one_bit = std::ranges::find(next, kLarge) == next.end();
  const std::size_t vector_symbols =
      std::min(symbols.size(), one_bit ? kOneBitSymbols : kTwoBitSymbols);
  if (run >= vector_symbols) {
    out.u16(static_cast<unsigned>(first) << 13 | run);
    return run;
  }
  unsigned chunk = one_bit ? kVector : kVector | kTwoBit;
  int shift = one_bit ? 13 : 12;
  for (const Symbol symbol : symbols.first(vector_symbols)) {
    chunk |= static_cast<unsigned>(symbol) << shift;
    shift -= one_bit ? 1 : 2;
  }
  out.u16(chunk);
  return vector_symbols;
}

std::unexpected<Error> truncated() {
  return fail(ErrorKind::invalid, "twcc-truncated", "Transport feedback ends early.");
}

}  // namespace

Result<TransportFeedback> parse_transport_feedback(ByteView body) {
  ByteReader in(body);
  TransportFeedback feedback;
  feedback.base_sequence = in.u16();
  const std::size_t count = in.u16();
  feedback.reference_time = in.i24();
  feedback.count = in.u8();
  if (!in.ok()) return truncated();
  if (count == 0) return fail(ErrorKind::invalid, "twcc-empty", "Transport feedback on nothing.");
  if (count > kStatusesMax) {
    return fail(ErrorKind::invalid, "twcc-limit", "Transport feedback on too many packets.");
  }
  std::vector<Symbol> symbols;
  symbols.reserve(count);
  while (symbols.size() < count && in.ok()) read_chunk(in.u16(), count, symbols);
  feedback.deltas.reserve(count);
  for (const Symbol symbol : symbols) {
    switch (symbol) {
      case kMissing:
        feedback.deltas.emplace_back();
        break;
      case kSmall:
        feedback.deltas.emplace_back(static_cast<std::int16_t>(in.u8()));
        break;
      case kLarge:
        feedback.deltas.emplace_back(static_cast<std::int16_t>(in.u16()));
        break;
      case kReserved:
        return fail(ErrorKind::invalid, "twcc-value", "Transport feedback has an unknown symbol.");
    }
  }
  if (!in.ok()) return truncated();
  return feedback;
}

void write_transport_feedback(ByteWriter& out, const TransportFeedback& feedback) {
  assert(!feedback.deltas.empty() && feedback.deltas.size() <= kStatusesMax);
  out.u16(feedback.base_sequence);
  out.u16(feedback.deltas.size());
  out.u24(static_cast<std::uint32_t>(feedback.reference_time));
  out.u8(feedback.count);
  std::vector<Symbol> symbols;
  symbols.reserve(feedback.deltas.size());
  for (const auto& delta : feedback.deltas) symbols.push_back(symbol_of(delta));
  std::span<const Symbol> rest = symbols;
  while (!rest.empty()) rest = rest.subspan(write_chunk(out, rest));
  for (const auto& delta : feedback.deltas) {
    if (symbol_of(delta) == kSmall) out.u8(static_cast<std::uint8_t>(*delta));
    if (symbol_of(delta) == kLarge) out.u16(static_cast<std::uint16_t>(*delta));
  }
}

}  // namespace geili::media::rtcp
