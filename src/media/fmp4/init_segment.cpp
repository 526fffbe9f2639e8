#include "media/fmp4/init_segment.hpp"

#include <array>
#include <cassert>

#include "media/byte_writer.hpp"
#include "media/fmp4/box.hpp"

namespace geili::media::fmp4 {
namespace {

// Section 6.2.2 of ISO/IEC 14496-12: the picture is shown as it is.
void write_unity_matrix(ByteWriter& out) {
  for (const std::uint32_t value : {0x10000U, 0U, 0U, 0U, 0x10000U, 0U, 0U, 0U, 0x40000000U}) {
    out.u32(value);
  }
}

void write_file_type(ByteWriter& out) {
  const Box box(out, "ftyp");
  out.text("iso6");
  out.u32(0);
  out.text("iso6cmfcmp41");
}

void write_movie_header(ByteWriter& out) {
  const Box box(out, "mvhd", 0, 0);
  out.u32(0);  // creation and modification: a live stream has no such time
  out.u32(0);
  out.u32(kVideoTimescale);
  out.u32(0);        // duration: that of the fragments
  out.u32(0x10000);  // rate 1.0
  out.u16(0x100);    // volume 1.0
  out.zeros(10);
  write_unity_matrix(out);
  out.zeros(24);
  out.u32(kAudioTrackId + 1);  // next_track_ID
}

void write_track_header(ByteWriter& out, std::uint32_t id, const CodecConfig& config) {
  constexpr std::uint32_t kEnabledInMovieAndPreview = 7;
  const Box box(out, "tkhd", 0, kEnabledInMovieAndPreview);
  out.u32(0);
  out.u32(0);
  out.u32(id);
  out.u32(0);
  out.u32(0);  // duration
  out.zeros(8);
  out.u16(0);                                       // layer
  out.u16(0);                                       // alternate_group
  out.u16(config.codec == Codec::aac ? 0x100 : 0);  // volume
  out.u16(0);
  write_unity_matrix(out);
  out.u32(std::uint64_t{config.width} << 16);
  out.u32(std::uint64_t{config.height} << 16);
}

void write_avc_entry(ByteWriter& out, const CodecConfig& config) {
  const Box entry(out, "avc1");
  out.zeros(6);
  out.u16(1);  // data_reference_index
  out.zeros(16);
  out.u16(config.width);
  out.u16(config.height);
  out.u32(0x480000);  // 72 dpi
  out.u32(0x480000);
  out.u32(0);
  out.u16(1);     // frame_count
  out.zeros(32);  // compressorname
  out.u16(0x18);  // depth
  out.u16(0xFFFF);
  const Box record(out, "avcC");
  out.bytes(config.record);
}

// ES_Descriptor (ISO/IEC 14496-1 section 7.2.6.5); all lengths are below 128 and take one byte.
void write_elementary_stream(ByteWriter& out, ByteView specific) {
  const Box box(out, "esds", 0, 0);
  assert(specific.size() <= 64);
  out.u8(3);  // ES_DescrTag
  out.u8(23 + specific.size());
  out.u16(kAudioTrackId);
  out.u8(0);
  out.u8(4);  // DecoderConfigDescrTag
  out.u8(15 + specific.size());
  out.u8(0x40);  // MPEG-4 audio
  out.u8(0x15);  // audio stream
  out.u24(0);    // bufferSizeDB
  out.u32(0);    // maxBitrate
  out.u32(0);    // avgBitrate
  out.u8(5);     // DecSpecificInfoTag
  out.u8(specific.size());
  out.bytes(specific);
  out.u8(6);  // SLConfigDescrTag
  out.u8(1);
  out.u8(2);  // as in MP4 files
}

void write_aac_entry(ByteWriter& out, const CodecConfig& config) {
  const Box entry(out, "mp4a");
  out.zeros(6);
  out.u16(1);  // data_reference_index
  out.zeros(8);
  out.u16(config.channels);
  out.u16(16);  // sample size
  out.u32(0);
  // 16.16, which rates above 65,535 do not fit; players then read the configuration.
  out.u32(config.sample_rate_hz <= 0xFFFF ? std::uint64_t{config.sample_rate_hz} << 16 : 0);
  write_elementary_stream(out, config.record);
}

void write_sample_table(ByteWriter& out, const CodecConfig& config) {
  const Box table(out, "stbl");
  {
    const Box box(out, "stsd", 0, 0);
    out.u32(1);
    if (config.codec == Codec::h264)
      write_avc_entry(out, config);
    else
      write_aac_entry(out, config);
  }
  for (const char* empty : {"stts", "stsc"}) {
    const Box box(out, empty, 0, 0);
    out.u32(0);
  }
  {
    const Box box(out, "stsz", 0, 0);
    out.u32(0);
    out.u32(0);
  }
  const Box box(out, "stco", 0, 0);
  out.u32(0);
}

void write_media_information(ByteWriter& out, const CodecConfig& config) {
  const Box information(out, "minf");
  if (config.codec == Codec::h264) {
    const Box box(out, "vmhd", 0, 1);
    out.zeros(8);
  } else {
    const Box box(out, "smhd", 0, 0);
    out.zeros(4);
  }
  {
    const Box data(out, "dinf");
    const Box reference(out, "dref", 0, 0);
    out.u32(1);
    const Box url(out, "url ", 0, 1);  // in this file
  }
  write_sample_table(out, config);
}

void write_track(ByteWriter& out, std::uint32_t id, const CodecConfig& config) {
  const bool is_video = config.codec == Codec::h264;
  const Box track(out, "trak");
  write_track_header(out, id, config);
  const Box media(out, "mdia");
  {
    const Box box(out, "mdhd", 0, 0);
    out.u32(0);
    out.u32(0);
    out.u32(is_video ? kVideoTimescale : config.sample_rate_hz);
    out.u32(0);
    out.u16(0x55C4);  // "und"
    out.u16(0);
  }
  {
    const Box box(out, "hdlr", 0, 0);
    out.u32(0);
    out.text(is_video ? "vide" : "soun");
    out.zeros(12);
    out.text(is_video ? "video" : "sound");
    out.u8(0);
  }
  write_media_information(out, config);
}

void write_track_extends(ByteWriter& out, std::uint32_t id) {
  const Box box(out, "trex", 0, 0);
  out.u32(id);
  out.u32(1);  // default_sample_description_index
  out.u32(0);
  out.u32(0);
  out.u32(0);
}

}  // namespace

Result<void> check_codec(const CodecConfig& config) {
  if (config.codec == Codec::h264 || config.codec == Codec::aac) return {};
  return fail(ErrorKind::unsupported_media, "codec-not-in-mp4",
              "This codec has to be transcoded for HLS and recordings.");
}

std::string write_init_segment(const CodecConfig* video, const CodecConfig* audio) {
  assert(video != nullptr || audio != nullptr);
  assert(video == nullptr || check_codec(*video));
  assert(audio == nullptr || check_codec(*audio));
  ByteWriter out;
  write_file_type(out);
  {
    const Box movie(out, "moov");
    write_movie_header(out);
    if (video != nullptr) write_track(out, kVideoTrackId, *video);
    if (audio != nullptr) write_track(out, kAudioTrackId, *audio);
    const Box extends(out, "mvex");
    if (video != nullptr) write_track_extends(out, kVideoTrackId);
    if (audio != nullptr) write_track_extends(out, kAudioTrackId);
  }
  return std::move(out).take();
}

}  // namespace geili::media::fmp4
