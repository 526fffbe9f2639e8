#include "media/h264/avcc.hpp"

#include <cassert>

#include "media/byte_reader.hpp"
#include "media/byte_writer.hpp"
#include "media/h264/nal.hpp"
#include "media/h264/sps.hpp"

namespace geili::media::h264 {
namespace {

constexpr std::size_t kSpsBytesMin = 4;  // header, profile, constraints, level

Result<std::vector<Bytes>> read_sets(ByteReader& in, unsigned count, NalType type) {
  std::vector<Bytes> sets;
  for (unsigned i = 0; i < count; ++i) {
    const ByteView set = in.bytes(in.u16());
    if (!in.ok())
      return fail(ErrorKind::invalid, "avcc-truncated", "The decoder record ends early.");
    const std::size_t least = type == NalType::sps ? kSpsBytesMin : 2;
    if (set.size() < least || set.size() > kParameterSetBytesMax || type_of(set) != type) {
      return fail(ErrorKind::invalid, "avcc-value",
                  "The decoder record holds a wrong parameter set.");
    }
    sets.emplace_back(set.begin(), set.end());
  }
  return sets;
}

bool has_chroma_fields(std::byte profile) {
  const auto idc = std::to_integer<unsigned>(profile);
  return idc == 100 || idc == 110 || idc == 122 || idc == 144;
}

}  // namespace

Result<DecoderConfig> parse_avcc(ByteView record) {
  ByteReader in(record);
  const unsigned version = in.u8();
  in.bytes(3);  // profile, compatibility and level stand in the SPS as well
  const unsigned length_bytes = (in.u8() & 3U) + 1;
  const unsigned sps_count = in.u8() & 0x1FU;
  if (!in.ok()) return fail(ErrorKind::invalid, "avcc-truncated", "The decoder record ends early.");
  if (version != 1) {
    return fail(ErrorKind::invalid, "avcc-version", "The decoder record has an unknown version.");
  }
  if (length_bytes == 3) {
    return fail(ErrorKind::invalid, "avcc-value", "NAL lengths of three bytes do not exist.");
  }
  auto sps = read_sets(in, sps_count, NalType::sps);
  if (!sps) return fail_as(sps);
  auto pps = read_sets(in, in.u8(), NalType::pps);
  if (!pps) return fail_as(pps);
  if (sps->empty() || pps->empty()) {
    return fail(ErrorKind::invalid, "avcc-empty", "The decoder record lacks parameter sets.");
  }
  return DecoderConfig{length_bytes, std::move(*sps), std::move(*pps)};
}

Bytes write_avcc(const DecoderConfig& config) {
  assert(!config.sps.empty() && config.sps[0].size() >= kSpsBytesMin);
  const Bytes& sps = config.sps[0];
  ByteWriter out;
  out.u8(1);
  out.bytes(ByteView(sps).subspan(1, 3));
  out.u8(0xFC | 3);  // 4-byte lengths
  out.u8(0xE0 | config.sps.size());
  for (const Bytes& set : config.sps) {
    out.u16(set.size());
    out.bytes(set);
  }
  out.u8(config.pps.size());
  for (const Bytes& set : config.pps) {
    out.u16(set.size());
    out.bytes(set);
  }
  if (has_chroma_fields(sps[1])) {
    out.u8(0xFC | 1);  // 4:2:0, the only format taken
    out.u8(0xF8);      // 8 bits of luma
    out.u8(0xF8);      // 8 bits of chroma
    out.u8(0);         // no SPS extension
  }
  const ByteView written = as_bytes(out.view());
  return Bytes(written.begin(), written.end());
}

Result<CodecConfig> describe(const DecoderConfig& config) {
  auto sps = parse_sps(config.sps.front());
  if (!sps) return fail_as(sps);
  if (sps->chroma_format != 1 || sps->bit_depth != 8) {
    return fail(ErrorKind::unsupported_media, "video-format",
                "Browsers play H.264 with 4:2:0 colour and 8 bits only; choose it in the encoder.");
  }
  CodecConfig described;
  described.codec = Codec::h264;
  described.record = write_avcc(config);
  described.rfc6381 = sps->rfc6381();
  described.width = sps->width;
  described.height = sps->height;
  described.reorders = sps->reorder_known && sps->reorder_frames > 0;
  return described;
}

}  // namespace geili::media::h264
