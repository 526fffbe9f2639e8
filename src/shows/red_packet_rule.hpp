#pragma once
// How the amount of a red packet is split into its envelopes: pure, and the same again from the
// same seed, so that the log shows that nobody has chosen.

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"

namespace geili::shows {

inline constexpr std::size_t kPacketSeedBytes = 32;

enum class PacketSplit : std::uint8_t { even, lucky };

// At least so much is in each envelope of a lucky packet: a tenth of an even share, and one minor
// unit.
std::int64_t envelope_min_minor(std::int64_t total_minor, std::int64_t envelopes);

// What is in each envelope, in the order in which they are opened; the sum is `total_minor`, and
// none is less than one minor unit. `envelopes` is from 1 to `total_minor`.
//
// Even: total / envelopes each, and one more in the first total mod envelopes of them. Lucky: each
// has the least, and what remains is cut at envelopes - 1 places, of which each is as likely as any
// other: place t is the first 64 bits of SHA-256 over seed and t, modulo the rest plus one, where
// the last partial run below 2^64 is passed over; t counts on from 1.
std::vector<std::int64_t> split_packet(PacketSplit split, std::int64_t total_minor,
                                       std::int64_t envelopes, ByteView seed);

}  // namespace geili::shows
