#pragma once
// RTCP (RFC 3550 section 6) with the feedback of RFC 4585, RFC 5104, transport-wide congestion
// control and REMB. Everything is bounded by the datagram it comes in.

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/rtcp/transport_feedback.hpp"

namespace geili::media::rtcp {

struct ReportBlock {
  std::uint32_t ssrc = 0;          // the source that is reported on
  std::uint8_t fraction_lost = 0;  // in 1/256
  std::int32_t lost = 0;           // 24 bits, signed
  std::uint32_t highest_sequence = 0;
  std::uint32_t jitter = 0;
  std::uint32_t last_sr = 0;         // the middle of the NTP time of the last sender report, or 0
  std::uint32_t delay_since_sr = 0;  // in 1/65,536 s
  friend bool operator==(const ReportBlock&, const ReportBlock&) = default;
};

struct SenderReport {
  std::uint32_t ssrc = 0;
  std::uint64_t ntp = 0;  // 32.32 fixed point seconds since 1900
  std::uint32_t timestamp = 0;
  std::uint32_t packets = 0;
  std::uint32_t octets = 0;  // of payload
  std::vector<ReportBlock> reports;
  friend bool operator==(const SenderReport&, const SenderReport&) = default;
};

struct ReceiverReport {
  std::uint32_t ssrc = 0;
  std::vector<ReportBlock> reports;
  friend bool operator==(const ReceiverReport&, const ReceiverReport&) = default;
};

struct SourceName {
  std::uint32_t ssrc = 0;
  std::string cname;  // at most 255 bytes; other items are passed over
  friend bool operator==(const SourceName&, const SourceName&) = default;
};
struct SourceDescription {
  std::vector<SourceName> names;
  friend bool operator==(const SourceDescription&, const SourceDescription&) = default;
};

struct Bye {
  std::vector<std::uint32_t> ssrcs;
  friend bool operator==(const Bye&, const Bye&) = default;
};

struct Nack {
  std::uint32_t sender_ssrc = 0;
  std::uint32_t media_ssrc = 0;
  std::vector<std::uint16_t> sequences;  // to be sent again
  friend bool operator==(const Nack&, const Nack&) = default;
};

struct PictureLossIndication {
  std::uint32_t sender_ssrc = 0;
  std::uint32_t media_ssrc = 0;
  friend bool operator==(const PictureLossIndication&, const PictureLossIndication&) = default;
};

// RFC 5104 section 4.3.1.
struct FullIntraRequest {
  struct Entry {
    std::uint32_t ssrc = 0;
    std::uint8_t number = 0;  // a repeated one asks for the same picture
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  std::uint32_t sender_ssrc = 0;
  std::vector<Entry> entries;
  friend bool operator==(const FullIntraRequest&, const FullIntraRequest&) = default;
};

// draft-alvestrand-rmcat-remb-03: the most that the receiver estimates it can get.
struct ReceiverEstimate {
  std::uint32_t sender_ssrc = 0;
  std::uint64_t bitrate_bps = 0;  // sent with 18 significant bits, rounded down
  std::vector<std::uint32_t> ssrcs;
  friend bool operator==(const ReceiverEstimate&, const ReceiverEstimate&) = default;
};

using Packet =
    std::variant<SenderReport, ReceiverReport, SourceDescription, Bye, Nack, PictureLossIndication,
                 FullIntraRequest, ReceiverEstimate, TransportFeedback>;

inline constexpr std::size_t kPacketsMax = 64;  // of one compound packet
inline constexpr std::size_t kBlocksMax = 31;   // of what is counted in five bits
inline constexpr std::size_t kNackSequencesMax = 2'048;

// Of a decrypted datagram, compound or of reduced size (RFC 5506). Unknown packets are passed over.
// Errors (invalid): "rtcp-truncated", "rtcp-version", "rtcp-padding", "rtcp-limit" (more than the
// limits above), "rtcp-value" (a field that contradicts another), and those of
// parse_transport_feedback.
Result<std::vector<Packet>> parse(ByteView datagram);

// One behind the other, in the order given. The lists keep to the limits above.
Bytes write(const std::vector<Packet>& packets);

}  // namespace geili::media::rtcp
