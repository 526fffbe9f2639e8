#include "media/flv/flv_writer.hpp"

#include <cassert>
#include <cstdint>
#include <utility>
#include <vector>

#include "media/byte_writer.hpp"
#include "media/flv/amf0.hpp"

namespace geili::media::flv {
namespace {

constexpr unsigned kAvc = 7;
constexpr unsigned kAac = 10;
constexpr unsigned kKeyFrame = 0x10;
constexpr unsigned kInterFrame = 0x20;
// AAC is always said to be 44 kHz, 16 bits, stereo: its own configuration tells what it is.
constexpr unsigned kAacFlags = kAac << 4U | 0x0F;
enum PacketType : std::uint8_t { kConfig = 0, kFrame = 1 };

constexpr std::int64_t kUsPerMs = 1'000;

std::int64_t rounded_ms(std::int64_t us) {
  return (us + (us < 0 ? -kUsPerMs : kUsPerMs) / 2) / kUsPerMs;
}

}  // namespace

std::string config_tag(const CodecConfig& config) {
  assert(config.codec == Codec::h264 || config.codec == Codec::aac);
  ByteWriter out;
  if (config.codec == Codec::h264) {
    out.u8(kKeyFrame | kAvc);
    out.u8(kConfig);
    out.u24(0);
  } else {
    out.u8(kAacFlags);
    out.u8(kConfig);
  }
  out.bytes(config.record);
  return std::move(out).take();
}

std::string unit_tag(const Unit& unit) {
  ByteWriter out;
  out.reserve(unit.payload->size() + 5);
  if (unit.track == Track::video) {
    out.u8((unit.keyframe ? kKeyFrame : kInterFrame) | kAvc);
    out.u8(kFrame);
    out.u24(static_cast<std::uint64_t>(rounded_ms(unit.pts_us - unit.dts_us)) & 0xFFFFFFU);
  } else {
    out.u8(kAacFlags);
    out.u8(kFrame);
  }
  out.bytes(*unit.payload);
  return std::move(out).take();
}

std::string metadata(const CodecConfig* video, const CodecConfig* audio) {
  using amf0::Value;
  amf0::Object known;
  const auto add = [&known](const char* name, double value) {
    known.push_back({name, Value{value}});
  };
  if (video != nullptr) {
    add("width", video->width);
    add("height", video->height);
    add("videocodecid", kAvc);
  }
  if (audio != nullptr) {
    add("audiosamplerate", audio->sample_rate_hz);
    add("audiosamplesize", 16);
    known.push_back({"stereo", Value{audio->channels > 1}});
    add("audiocodecid", kAac);
  }
  known.push_back({"encoder", Value{std::string("Geili")}});
  return amf0::encode({Value{std::string("@setDataFrame")}, Value{std::string("onMetaData")},
                       Value{std::move(known)}});
}

}  // namespace geili::media::flv
