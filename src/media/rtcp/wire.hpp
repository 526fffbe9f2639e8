#pragma once
// Numbers of the RTCP registries that reading and writing share.

#include <cstdint>

namespace geili::media::rtcp {

inline constexpr unsigned kVersion = 2;
inline constexpr unsigned kPaddingBit = 0x20;

enum PacketType : std::uint8_t {
  kSenderReport = 200,
  kReceiverReport = 201,
  kSourceDescription = 202,
  kBye = 203,
  kTransportLayerFeedback = 205,
  kPayloadFeedback = 206,
};

// Of kTransportLayerFeedback.
inline constexpr unsigned kGenericNack = 1;
inline constexpr unsigned kTransportWide = 15;
// Of kPayloadFeedback.
inline constexpr unsigned kPictureLoss = 1;
inline constexpr unsigned kFullIntra = 4;
inline constexpr unsigned kApplicationLayer = 15;

inline constexpr unsigned kCnameItem = 1;
inline constexpr unsigned kNackMaskBits = 16;
inline constexpr std::uint32_t kRembName = 0x52454D42;  // "REMB"
inline constexpr unsigned kRembMantissaBits = 18;
inline constexpr std::uint32_t kRembMantissaMax = (1U << kRembMantissaBits) - 1;

}  // namespace geili::media::rtcp
