#pragma once
// The face of SRT ingest: what is set, and what is told. Secure Reliable Transport carries MPEG-TS
// over UDP and sends lost packets again, as far as the latency leaves time for it.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace geili::media {

struct SrtSettings {
  bool enabled = true;
  std::string address = "127.0.0.1";  // "::" takes IPv4 too
  std::uint16_t port = 0;             // UDP; 0: the kernel chooses
  std::string passphrase;             // kSrtPassphraseBytesMin to Max; empty: no encryption
  // What a picture is held back for, so that its lost packets can come again. A publisher may ask
  // for more, not for less. A packet that is lost is asked for about once in each round trip; at
  // 200 ms there and back, and every tenth packet lost in either direction, eight of them fail once
  // in some hours.
  unsigned latency_ms = 1'600;
  std::size_t connections_max = 164;  // a further one is refused
  std::size_t publishers_max = 100;   // likewise: "publishers-max"
  // Of one network, whose key the gate does not know yet or has refused: the oldest gives way.
  std::size_t strangers_per_household_max = 16;
  unsigned authorise_timeout_ms = 5'000;
  unsigned publisher_silence_ms = 2'000;  // then its publication pauses
  unsigned silence_timeout_ms = 10'000;   // then the connection is closed
};

inline constexpr std::size_t kSrtPassphraseBytesMin = 10;
inline constexpr std::size_t kSrtPassphraseBytesMax = 79;

// Of all connections, as they were some tenths of a second ago.
struct SrtFigures {
  std::size_t connections = 0;
  std::uint64_t received_bytes = 0;
  std::uint64_t received_packets = 0;
  std::uint64_t lost_packets = 0;       // missing at first
  std::uint64_t recovered_packets = 0;  // of these: sent again in time
  std::uint64_t dropped_packets = 0;    // of these: not in time
  std::uint64_t damaged_units = 0;      // pictures and sounds that were given up for it
  std::uint64_t refused = 0;            // connections, for wrong keys, limits and garbage
};

// How one publisher's packets arrive.
struct LinkStats {
  std::uint64_t received_packets = 0;
  std::uint64_t lost_packets = 0;  // on the way, whether they came again or not
  std::int64_t round_trip_us = 0;
};

}  // namespace geili::media
